"""Making banks, their rules, and the tree of knowledge points."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, QuestionBank
from question_bank.rules import points

STREAM = "question_bank"
RULES = ("name", "people_needed", "default_pool")


def make_bank(
    *,
    slug: str,
    name: str = "",
    people_needed: int = 1,
    default_pool: str = "drill",
    by: Actor,
    at: datetime.datetime,
) -> QuestionBank:
    """The bank of this slug, made when it is not there."""
    with transaction.atomic():
        bank, made = QuestionBank.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name or slug,
                "people_needed": people_needed,
                "default_pool": default_pool,
                "created_at": at,
            },
        )
        if made:
            audit.record(stream=STREAM, action="bank_made", by=by, at=at, subject=bank)
    return bank


def change_bank(
    *, bank: QuestionBank, name: str, people_needed: int, default_pool: str, by: Actor, at: datetime.datetime
) -> None:
    """Rename a bank or change its rules, on record. What is published stays as it is."""
    with transaction.atomic():
        before = {field: getattr(bank, field) for field in RULES}
        bank.name, bank.people_needed, bank.default_pool = name, people_needed, default_pool
        bank.save(update_fields=RULES)
        audit.record(stream=STREAM, action="bank_changed", by=by, at=at, subject=bank, before=before)


def exempt_points(*, points: Iterable[KnowledgePoint], by: Actor, at: datetime.datetime) -> None:
    """Exactly these knowledge points cite no law by their nature; each change is on record."""
    wanted = {point.pk for point in points}
    with transaction.atomic():
        for point in KnowledgePoint.objects.select_for_update():
            if point.cites_none != (point.pk in wanted):
                point.cites_none = point.pk in wanted
                point.save(update_fields=["cites_none"])
                same = KnowledgePoint.with_merged.filter(merged_into=point)
                same.update(cites_none=point.cites_none)
                action = "citation_not_demanded" if point.cites_none else "citation_demanded"
                audit.record(stream=STREAM, action=action, by=by, at=at, subject=point)


def point_named(name: str) -> KnowledgePoint | None:
    """The knowledge point of this path, made with all above it when it is new; None for no name."""
    path = points.tidy_path(name)
    if not path:
        return None
    found = KnowledgePoint.objects.filter(name=path).first()
    return (
        found
        or [KnowledgePoint.objects.get_or_create(name=one)[0] for one in [*points.ancestors(path), path]][-1]
    )
