"""What exams tell drills: which exam lies ahead and what it weighs, and afterwards what was not known."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from courses.drills.services import record_mistakes, set_goal
from exams.models import Blueprint, Candidate, MarkRecord, Paper, Sitting
from exams.queries.setting import audience, lines_of, pools
from exams.rules.access import may_hold_qualification
from lianbing.people.queries import day_of
from question_bank.queries import stock

CHUNK = 500


def tell_goal(sitting: Sitting, *, at: datetime.datetime) -> None:
    """Tell drills of an exam ahead: its day, its blueprint's marks by knowledge point, whom it invites.

    Before the papers are frozen these are whom it would invite today. A rehearsal is no goal.
    """
    if sitting.is_rehearsal or sitting.closes_at <= at:
        return
    set_goal(
        exam=str(sitting.uid),
        title=sitting.title,
        on=day_of(sitting.opens_at),
        weights=_weights(sitting.blueprint, max(at, sitting.opens_at)),
        officers=_invited(sitting, at),
    )


def _invited(sitting: Sitting, at: datetime.datetime) -> set[int]:
    if sitting.papers_frozen_at:
        return set(Candidate.objects.filter(sitting=sitting).values_list("officer_id", flat=True))
    rows = audience(sitting, day_of(at)).order_by().values_list("officer_id", "officer__category")
    return {
        officer
        for officer, category in rows
        if not sitting.is_qualification or may_hold_qualification(category)
    }


def tell_goals_of(blueprint: Blueprint, *, at: datetime.datetime) -> None:
    """Tell drills again of the exams ahead whose blueprint has changed."""
    for sitting in blueprint.sittings.filter(papers_frozen_at=None, closes_at__gt=at):
        tell_goal(sitting, at=at)


def _weights(blueprint: Blueprint, at: datetime.datetime) -> dict[int, float]:
    """Marks by knowledge point. A line that takes any point weighs each by its share of what it may draw."""
    marks: dict[int, float] = defaultdict(float)
    shelf = stock(blueprint.bank, pools(reserved_only=blueprint.reserved_only), at=at)
    for line in lines_of(blueprint):
        if line.knowledge_point_id is not None:
            marks[line.knowledge_point_id] += float(line.total)
            continue
        fitting = {point: count for (point, kind), count in shelf.items() if kind == line.kind and point}
        for point, count in fitting.items():
            marks[point] += float(line.total) * count / sum(fitting.values())
    return {point: round(weight, 4) for point, weight in marks.items()}


def tell_mistakes(sitting: Sitting) -> int:
    """Tell drills what each candidate did not wholly know, once results are released. Returns the new entries."""
    if sitting.released_at is None or sitting.is_rehearsal:
        return 0
    return record_mistakes(wrong=dict(_wrong(sitting)), at=sitting.released_at)


def _wrong(sitting: Sitting) -> Iterator[tuple[int, list[int]]]:
    """(officer, versions with less than full marks) of everybody who sat; by the mark record that counts."""
    records = MarkRecord.objects.filter(attempt__candidate__sitting=sitting).order_by("attempt_id", "number")
    marks = dict(records.values_list("attempt__candidate_id", "marks").iterator(chunk_size=CHUNK))
    papers = Paper.objects.filter(candidate__sitting=sitting)
    rows = papers.values_list("candidate_id", "candidate__officer_id", "items")
    for candidate, officer, items in rows.iterator(chunk_size=CHUNK):
        given = marks.get(candidate)
        if given is not None:
            found = zip(items, given, strict=True)
            yield (
                officer,
                [item[0] for item, mark in found if mark is None or Decimal(mark) < Decimal(item[2])],
            )
