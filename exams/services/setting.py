"""Blueprints and sittings before the papers are frozen."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from exams.models import Blueprint, BlueprintLine, Sitting
from lianbing.kit import audit
from lianbing.people.models import Post, Unit
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, QuestionBank


class BlueprintInUse(Exception):
    """Papers have been frozen from this blueprint: it says what they were made from and stays as it is."""


class AlreadyFrozen(Exception):
    """The papers of this sitting are frozen: only time and release may still move."""


@dataclass(frozen=True)
class LineDraft:
    """A line as somebody wrote it. `knowledge_point` None = any."""

    knowledge_point: KnowledgePoint | None
    kind: str
    count: int
    marks: Decimal


def save_blueprint(
    *,
    title: str,
    bank: QuestionBank,
    lines: Sequence[LineDraft],
    by: Actor,
    at: datetime.datetime,
    blueprint: Blueprint | None = None,
    is_rehearsal: bool = False,
) -> Blueprint:
    """Create a blueprint, or replace title, bank and lines of `blueprint`. Raises BlueprintInUse.

    A blueprint the bank cannot satisfy yet may be saved; freezing papers from it is refused.
    """
    with transaction.atomic():
        if blueprint is None:
            blueprint = Blueprint.objects.create(
                title=title, bank=bank, created_at=at, is_rehearsal=is_rehearsal
            )
        else:
            if blueprint.sittings.exclude(papers_frozen_at=None).exists():
                raise BlueprintInUse
            blueprint.title, blueprint.bank = title, bank
            blueprint.save(update_fields=["title", "bank"])
            blueprint.lines.all().delete()
        BlueprintLine.objects.bulk_create(
            [
                BlueprintLine(
                    blueprint=blueprint,
                    position=position,
                    knowledge_point=line.knowledge_point,
                    kind=line.kind,
                    count=line.count,
                    marks=line.marks,
                )
                for position, line in enumerate(lines)
            ]
        )
        audit.record(
            stream="exams", action="blueprint_saved", by=by, at=at, subject=blueprint, lines=len(lines)
        )
    return blueprint


SITTING_FIELDS = (
    "title",
    "blueprint",
    "unit",
    "opens_at",
    "closes_at",
    "duration_minutes",
    "pass_mark",
    "grace_seconds",
    "instructions",
    "is_qualification",
    "shows_review",
    "categories",
)


def save_sitting(
    *,
    values: dict[str, Any],
    units: Iterable[Unit],
    posts: Iterable[Post],
    by: Actor,
    at: datetime.datetime,
    sitting: Sitting | None = None,
    is_rehearsal: bool = False,
) -> Sitting:
    """Create a sitting, or change `sitting` while its papers are not frozen. Raises AlreadyFrozen.

    `values` holds the fields of SITTING_FIELDS; unknown names are an error of the caller.
    """
    assert set(values) <= set(SITTING_FIELDS), set(values) - set(SITTING_FIELDS)
    with transaction.atomic():
        if sitting is None:
            sitting = Sitting(created_at=at, is_rehearsal=is_rehearsal)
            action = "sitting_created"
        else:
            sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
            action = "sitting_changed"
            if sitting.papers_frozen_at:
                raise AlreadyFrozen
        for name, value in values.items():
            setattr(sitting, name, value)
        sitting.save()
        sitting.units.set(units)
        sitting.posts.set(posts)
        audit.record(stream="exams", action=action, by=by, at=at, subject=sitting)
    return sitting
