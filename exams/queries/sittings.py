"""Reading sittings: their state, who may start, who is where on the live board."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exams import state
from exams.models import Attempt, Candidate, Sitting
from exams.permissions import watched_paths
from exams.rules.access import Verdict, verdict
from exams.state import SittingState
from lianbing.people.rules import Actor, Role


def state_of(sitting: Sitting, at: datetime.datetime) -> SittingState:
    """Where a sitting stands at `at`."""
    return state.sitting_state(
        frozen_at=sitting.papers_frozen_at,
        opens_at=sitting.opens_at,
        closes_at=sitting.closes_at,
        closed_early_at=sitting.closed_early_at,
        released_at=sitting.released_at,
        at=at,
    )


def verdict_for(candidate: Candidate, at: datetime.datetime, *, has_paper: bool = True) -> Verdict:
    """What an invited person may do now. Load `sitting` and `attempt` with the candidate."""
    sitting = candidate.sitting
    attempt = getattr(candidate, "attempt", None)
    return verdict(
        sitting_state=state_of(sitting, at),
        is_qualification=sitting.is_qualification,
        category=candidate.category,
        has_paper=has_paper,
        attempt_state=attempt.state if attempt else None,
        closes_at=sitting.closes_at,
        extra_seconds=0 if sitting.closed_early_at else candidate.extra_seconds,
        at=at,
    )


def _below(field: str, paths: list[str]) -> Q:
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(**{f"{field}__startswith": path})
    return inside


def visible_sittings(actor: Actor) -> QuerySet[Sitting]:
    """The sittings somebody may set or watch, newest first, with numbers of candidates and attempts.

    Exam administrators see those of their units; invigilators those whose papers are frozen and whose
    organising unit or candidates are theirs. Rehearsals are not among them.
    """
    watching = actor.scopes(Role.INVIGILATOR)
    own_people = Candidate.objects.filter(_below("unit__path", watching), sitting=OuterRef("pk"))
    sees = _below("unit__path", actor.scopes(Role.EXAM_ADMINISTRATOR)) | Q(papers_frozen_at__isnull=False) & (
        _below("unit__path", watching) | Exists(own_people)
    )
    return (
        Sitting.objects.filter(sees, is_rehearsal=False)
        .select_related("blueprint", "unit")
        .annotate(
            invited=Count("candidates", distinct=True),
            started=Count("candidates__attempt", distinct=True),
            submitted=Count(
                "candidates__attempt",
                filter=Q(candidates__attempt__state=state.SUBMITTED),
                distinct=True,
            ),
        )
        .order_by("-opens_at", "-pk")
    )


def candidates_watched(actor: Actor, sitting: Sitting) -> QuerySet[Candidate]:
    """The candidates of a sitting one may watch, with their attempts, by unit and staff number."""
    return (
        Candidate.objects.filter(_below("unit__path", watched_paths(actor, sitting)), sitting=sitting)
        .select_related("attempt", "unit", "sitting")
        .order_by("unit__path", "staff_number")
    )


@dataclass(frozen=True)
class BoardRow:
    """One candidate on the live board. Ages and times in seconds; None = does not apply."""

    candidate: Candidate
    state: str
    answered: int
    saved_ago: int | None
    remaining: int | None
    extra_minutes: int


def _row(candidate: Candidate, at: datetime.datetime) -> BoardRow:
    attempt: Attempt | None = getattr(candidate, "attempt", None)
    writing = attempt is not None and attempt.state == state.OPEN
    saved = attempt.last_saved_at if attempt else None
    return BoardRow(
        candidate=candidate,
        state=attempt.state if attempt else "not_started",
        answered=len(attempt.answers) if attempt else 0,
        saved_ago=int((at - saved).total_seconds()) if saved and writing else None,
        remaining=max(0, int((attempt.deadline - at).total_seconds())) if attempt and writing else None,
        extra_minutes=candidate.extra_seconds // 60,
    )


@dataclass(frozen=True)
class Board:
    """A sitting at a moment: everybody one may watch, and how many are where."""

    rows: list[BoardRow]
    not_started: int
    writing: int
    submitted: int

    def only(self, wanted: str) -> list[BoardRow]:
        """The rows in one state, or all of them for a state nobody knows."""
        known = {"not_started", state.OPEN, state.SUBMITTED}
        return [row for row in self.rows if row.state == wanted] if wanted in known else self.rows


def board(actor: Actor, sitting: Sitting, at: datetime.datetime) -> Board:
    """The live board. What a browser has not sent yet is unknown here; the last save tells its age."""
    rows = [_row(candidate, at) for candidate in candidates_watched(actor, sitting)]
    counts = dict.fromkeys(("not_started", state.OPEN, state.SUBMITTED), 0)
    for row in rows:
        counts[row.state] += 1
    return Board(rows, counts["not_started"], counts[state.OPEN], counts[state.SUBMITTED])
