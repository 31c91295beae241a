"""Reading results: what staff see, what certificates hear, what a candidate is shown after release."""

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from exams.models import Attempt, Candidate, MarkRecord, Sitting
from exams.queries.sittings import verdict_for
from exams.rules import scoring
from exams.rules.access import Verdict
from exams.rules.timing import effective_deadline

LONG = ("marks", "parts", "sections", "by")


@dataclass(frozen=True)
class Outcome:
    """What came of one candidate. `state`: passed, failed, absent or waiting (a written answer is not marked yet).

    Score and full marks are None unless everything is marked.
    """

    officer_id: int
    unit_id: int
    attempt_id: int | None
    state: str
    score: Decimal | None
    full_marks: Decimal | None
    candidate: Candidate


def latest_marks(sitting: Sitting) -> dict[int, MarkRecord]:
    """The mark record that counts for each attempt of a sitting, by attempt id, without the marks of items."""
    records = MarkRecord.objects.filter(attempt__candidate__sitting=sitting).defer(*LONG)
    return {record.attempt_id: record for record in records.order_by("attempt_id", "number")}


def outcome_word(record: MarkRecord | None, sitting: Sitting) -> str:
    """What came of an attempt: passed, failed, absent where nothing was marked, waiting for a marker."""
    if record is None:
        return "absent"
    if record.waiting:
        return "waiting"
    return "passed" if scoring.passed(record.score, sitting.pass_mark) else "failed"


def outcomes(sitting: Sitting) -> list[Outcome]:
    """What came of every candidate, by unit and staff number. An open attempt counts as absent until marked."""
    marked = latest_marks(sitting)
    found = []
    candidates = sitting.candidates.select_related("attempt", "unit").order_by("unit__path", "staff_number")
    for candidate in candidates:
        attempt: Attempt | None = getattr(candidate, "attempt", None)
        record = marked.get(attempt.pk) if attempt else None
        found.append(
            Outcome(
                officer_id=candidate.officer_id,
                unit_id=candidate.unit_id,
                attempt_id=attempt.pk if attempt else None,
                state=outcome_word(record, sitting),
                score=record.score if record and not record.waiting else None,
                full_marks=record.full_marks if record else None,
                candidate=candidate,
            )
        )
    return found


def released_outcomes(sitting: Sitting) -> list[Outcome]:
    """The outcomes of a sitting whose results are released; [] before."""
    return outcomes(sitting) if sitting.released_at else []


@dataclass(frozen=True)
class Spread:
    """The figures of a sitting: how many are where, the mean (two places), and ten bands of scores."""

    invited: int
    passed: int
    failed: int
    absent: int
    waiting: int
    mean: Decimal | None
    bands: list[tuple[int, int, int]]


def spread(found: list[Outcome]) -> Spread:
    """The figures of these outcomes. `bands` are (from per cent, to per cent, how many)."""
    counted = Counter(one.state for one in found)
    scores = [(one.score, one.full_marks) for one in found if one.score is not None and one.full_marks]
    places = Counter(min(int(score * 10 / full), 9) for score, full in scores)
    mean = (
        (sum((s for s, _ in scores), Decimal(0)) / len(scores)).quantize(Decimal("0.01")) if scores else None
    )
    return Spread(
        invited=len(found),
        passed=counted["passed"],
        failed=counted["failed"],
        absent=counted["absent"],
        waiting=counted["waiting"],
        mean=mean,
        bands=[(n * 10, n * 10 + 10, places[n]) for n in range(10)],
    )


@dataclass(frozen=True)
class Due:
    """One exam of a person: may they start or go on, until when would they write, what came of it."""

    candidate: Candidate
    sitting: Sitting
    verdict: Verdict
    deadline: datetime.datetime
    record: MarkRecord | None
    outcome: str


def due_of(candidate: Candidate, at: datetime.datetime, record: MarkRecord | None = None) -> Due:
    """One exam of an invited person. Load `sitting` and `attempt` with the candidate."""
    sitting = candidate.sitting
    attempt: Attempt | None = getattr(candidate, "attempt", None)
    deadline = (
        attempt.deadline
        if attempt
        else effective_deadline(
            started_at=max(at, sitting.opens_at),
            duration_minutes=sitting.duration_minutes,
            closes_at=sitting.closes_at,
            extra_seconds=candidate.extra_seconds,
        )
    )
    outcome = outcome_word(record, sitting) if sitting.released_at else ""
    return Due(candidate, sitting, verdict_for(candidate, at), deadline, record, outcome)


def exams_of(officer_id: int | None, at: datetime.datetime) -> list[Due]:
    """Every exam a person is or was invited to, newest first. Two statements. No score before release."""
    candidates = list(
        Candidate.objects.filter(officer_id=officer_id or 0, sitting__papers_frozen_at__isnull=False)
        .select_related("sitting", "attempt")
        .order_by("-sitting__opens_at")
    )
    records = MarkRecord.objects.filter(
        attempt__candidate__in=candidates, attempt__candidate__sitting__released_at__isnull=False
    ).defer(*LONG)
    latest = {record.attempt_id: record for record in records.order_by("attempt_id", "number")}
    return [
        due_of(one, at, latest.get(one.attempt.pk) if getattr(one, "attempt", None) else None)
        for one in candidates
    ]
