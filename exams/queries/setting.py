"""Reading for those who set exams: blueprints against the bank, the audience of a sitting."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Count, QuerySet

from exams.models import Blueprint, BlueprintLine, Sitting
from exams.rules import assembly
from exams.rules.marks import Section
from lianbing.people.models import Appointment
from lianbing.people.queries import appointments_in
from question_bank import queries as bank_queries
from question_bank.models import Pool


def blueprints() -> QuerySet[Blueprint]:
    """Every blueprint that is not a rehearsal's, newest first, with bank, lines and number of sittings."""
    return (
        Blueprint.objects.filter(is_rehearsal=False)
        .select_related("bank")
        .prefetch_related("lines__section")
        .annotate(sitting_count=Count("sittings", distinct=True))
        .order_by("-created_at", "-pk")
    )


def rule_lines(lines: Iterable[BlueprintLine]) -> list[assembly.Line]:
    """Blueprint lines as the rules take them, in their order. Load `section` with them."""
    return [
        assembly.Line(
            line.knowledge_point_id,
            line.kind,
            line.count,
            line.marks,
            line.section.position if line.section else 0,
        )
        for line in lines
    ]


def with_points_below(lines: Sequence[assembly.Line]) -> list[assembly.Line]:
    """The same lines, each knowing which points lie below its own in the tree. One statement, or none."""
    if all(line.point is None for line in lines):
        return list(lines)
    tree = bank_queries.points_below()
    return [replace(line, below=tree.get(line.point or 0, frozenset())) for line in lines]


def lines_of(blueprint: Blueprint) -> list[BlueprintLine]:
    """The lines of a blueprint in order, with their knowledge points and sections."""
    return list(blueprint.lines.select_related("knowledge_point", "section").order_by("position"))


def sections_in(blueprint: Blueprint) -> list[Section]:
    """The sections of a blueprint in order; one unnamed section for a blueprint older than sections."""
    rows = blueprint.sections.order_by("position")
    return [Section(row.title, row.instructions, row.rule, row.settings, row.floor) for row in rows] or [
        Section()
    ]


def full_marks_of(blueprint: Blueprint) -> Decimal:
    """The marks of a paper made from this blueprint."""
    return assembly.full_marks(rule_lines(blueprint.lines.select_related("section")))


def pools(*, reserved_only: bool) -> frozenset[str]:
    """Which pools an exam's papers are drawn from: never the contest's."""
    return frozenset({Pool.EXAM}) if reserved_only else bank_queries.EXAM_DRAWS


def stock_of(blueprint: Blueprint, at: datetime.datetime | None = None) -> list[assembly.LineStock]:
    """Each line of a blueprint against its bank as it is now, exactly."""
    held = bank_queries.stock(blueprint.bank, pools(reserved_only=blueprint.reserved_only), at=at)
    return assembly.compare(with_points_below(rule_lines(lines_of(blueprint))), held)


def audience(sitting: Sitting, on: datetime.date) -> QuerySet[Appointment]:
    """Whom a sitting invites on a day: serving in its units (with everything below), posts and categories.

    Categories do not yet leave out the auxiliaries a qualification exam must refuse; freezing does.
    """
    found = appointments_in([unit.path for unit in sitting.units.all()], on)
    posts = [post.pk for post in sitting.posts.all()]
    if posts:
        found = found.filter(post__in=posts)
    if sitting.categories:
        found = found.filter(officer__category__in=sitting.categories)
    return found.filter(officer__user__is_rehearsal=sitting.is_rehearsal)
