"""Blueprints and sittings before the papers are frozen."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from exams.models import Blueprint, BlueprintLine, BlueprintSection, Sitting
from exams.rules.marks import Section
from exams.rules.sections import Misfit, misfits
from exams.services import drilling
from lianbing.kit import audit
from lianbing.people.models import Post, Unit
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, QuestionBank


class BlueprintInUse(Exception):
    """Papers have been frozen from this blueprint: it says what they were made from and stays as it is."""


class AlreadyFrozen(Exception):
    """The papers of this sitting are frozen: only time and release may still move."""


class RuleDoesNotFit(Exception):
    """The marking rule of a section cannot mark what its lines ask. `place` from 0, `problems` say why."""

    def __init__(self, place: int, problems: list[Misfit]) -> None:
        super().__init__(", ".join(one.code for one in problems))
        self.place = place
        self.problems = problems


@dataclass(frozen=True)
class LineDraft:
    """A line as somebody wrote it. `knowledge_point` None = any."""

    knowledge_point: KnowledgePoint | None
    kind: str
    count: int
    marks: Decimal


@dataclass(frozen=True)
class SectionDraft:
    """A section as somebody wrote it: what stands on the paper, and its lines."""

    section: Section
    lines: Sequence[LineDraft]


def _section_row(blueprint: Blueprint, place: int, section: Section) -> BlueprintSection:
    return BlueprintSection(
        blueprint=blueprint,
        position=place,
        title=section.title,
        instructions=section.instructions,
        rule=section.rule,
        settings=dict(section.settings),
        floor=section.floor,
    )


def _line_rows(
    blueprint: Blueprint, rows: Sequence[BlueprintSection], drafts: Sequence[SectionDraft]
) -> Iterator[BlueprintLine]:
    pairs = [(row, line) for row, draft in zip(rows, drafts, strict=True) for line in draft.lines]
    for position, (row, line) in enumerate(pairs):
        yield BlueprintLine(
            blueprint=blueprint,
            section=row,
            position=position,
            knowledge_point=line.knowledge_point,
            kind=line.kind,
            count=line.count,
            marks=line.marks,
        )


def save_blueprint(
    *,
    title: str,
    bank: QuestionBank,
    sections: Sequence[SectionDraft],
    by: Actor,
    at: datetime.datetime,
    blueprint: Blueprint | None = None,
    reserved_only: bool = False,
    is_rehearsal: bool = False,
) -> Blueprint:
    """Create a blueprint, or replace title, bank and sections of `blueprint`.

    `reserved_only`: papers are drawn from the questions reserved for exams alone.

    Raises BlueprintInUse, and RuleDoesNotFit where a section's rule cannot mark a question of its lines.
    A blueprint the bank cannot satisfy yet may be saved; freezing papers from it is refused.
    """
    for place, draft in enumerate(sections):
        problems = misfits(draft.section, [(line.kind, line.marks) for line in draft.lines])
        if problems:
            raise RuleDoesNotFit(place, problems)
    with transaction.atomic():
        if blueprint is None:
            blueprint = Blueprint.objects.create(
                title=title,
                bank=bank,
                reserved_only=reserved_only,
                created_at=at,
                is_rehearsal=is_rehearsal,
            )
        else:
            if blueprint.sittings.exclude(papers_frozen_at=None).exists():
                raise BlueprintInUse
            blueprint.title, blueprint.bank, blueprint.reserved_only = title, bank, reserved_only
            blueprint.save(update_fields=["title", "bank", "reserved_only"])
            blueprint.lines.all().delete()
            blueprint.sections.all().delete()
        rows = BlueprintSection.objects.bulk_create(
            _section_row(blueprint, place, draft.section) for place, draft in enumerate(sections)
        )
        BlueprintLine.objects.bulk_create(_line_rows(blueprint, rows, sections))
        audit.record(
            stream="exams",
            action="blueprint_saved",
            by=by,
            at=at,
            subject=blueprint,
            lines=sum(len(draft.lines) for draft in sections),
            rules=[draft.section.rule for draft in sections],
            reserved_only=reserved_only,
        )
        drilling.tell_goals_of(blueprint, at=at)
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
        drilling.tell_goal(sitting, at=at)
    return sitting
