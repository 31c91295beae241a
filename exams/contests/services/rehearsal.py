"""Trying a room out before the match: what a pad measures, and presses on trial. Nothing official comes of it."""

import datetime
from dataclasses import dataclass

from exams.contests import ports
from exams.contests.models import Match, PadCheck, Seat
from exams.contests.permissions.pads import can_lay_seats
from exams.contests.queries import rehearsal
from exams.contests.rendering.fitness_words import words
from exams.contests.rules import buzzer, fitness
from lianbing.people.rules import Actor


class NoTrial(Exception):
    """There is no press on trial now: the match is being played, or the person does not run it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the server measured of a pad (ms, None = not yet), and what its page says of the phone (None = not tried)."""

    minimum_ms: float | None = None
    median_ms: float | None = None
    jitter_ms: float | None = None
    awake: bool | None = None
    sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a pad, with what keeps it from the stage and what is to be looked at, in words."""

    verdict: fitness.Fitness
    unfit: list[str]
    notes: list[str]


def record(*, seat: int, heard: Heard, at: datetime.datetime) -> Checked:
    """Keep what is known of a pad now and say whether it is fit. A seat that has gone is absent."""
    holder = Seat.objects.filter(pk=seat, withdrawn_at=None).select_related("match__contest").first()
    if holder is None:
        return _said(fitness.judge(None, 0), None, 0)
    measured = {
        "minimum_ms": heard.minimum_ms,
        "median_ms": heard.median_ms,
        "jitter_ms": heard.jitter_ms,
        "awake": heard.awake,
        "sound": heard.sound,
        "checked_at": at,
    }
    kept, _made = PadCheck.objects.update_or_create(seat=holder, defaults=measured)
    cap = rehearsal.rules_of(holder.match).cap_ms
    return _said(fitness.judge(rehearsal.measured(kept, at), cap), kept, cap)


def _said(verdict: fitness.Fitness, check: PadCheck | None, cap: int) -> Checked:
    return Checked(verdict, words(verdict.unfit, check, cap), words(verdict.notes, check, cap))


def open_trial(*, match: Match, by: Actor, at: datetime.datetime) -> int:
    """Open a press on trial on every pad that is being tried out; its number. Raises NoTrial.

    Only while the match waits: in a running one nobody shall take it for the real thing.
    """
    if match.phase != Match.Phase.WAITING or not can_lay_seats(by, match.contest):
        raise NoTrial
    number = int(at.timestamp() * 1000)
    ports.open_trial(match.uid, number)
    return number


def pressed(
    *, seat: int, trial: int, received_ms: float, minimum_ms: float | None, at: datetime.datetime
) -> float | None:
    """Keep the first press of a pad in a round on trial; what the rule takes off (ms).

    None, and nothing kept, when it had pressed in this round, or is no pad (any more).
    """
    holder = Seat.objects.filter(pk=seat, withdrawn_at=None).select_related("match__contest").first()
    if holder is None:
        return None
    correction = buzzer.correction_ms(minimum_ms, rehearsal.rules_of(holder.match).cap_ms)
    PadCheck.objects.get_or_create(seat=holder, defaults={"checked_at": at})
    fresh = PadCheck.objects.filter(seat=holder, trial__lt=trial)
    kept = fresh.update(trial=trial, trial_ms=received_ms, trial_correction_ms=correction, checked_at=at)
    return correction if kept == 1 else None
