"""What is known of the pads of a match before it begins: which are fit, and who pressed first on trial."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exams.contests import rounds
from exams.contests.models import Match, PadCheck, Seat
from exams.contests.queries import seats
from exams.contests.rules import buzzer, fitness
from exams.contests.rules.buzzer import BuzzerRules
from exams.contests.rules.rulebook import BadRulebook


@dataclass(frozen=True, slots=True)
class Row:
    """A pad on the host's list: its seat, what was measured (None = never heard of) and the verdict."""

    seat: Seat
    check: PadCheck | None
    verdict: fitness.Fitness


@dataclass(frozen=True, slots=True)
class Tried:
    """A press on trial in its order: corrected milliseconds after the opening, and the parts they come from.

    `tied`: it lies within the tie window of the first one.
    """

    seat: Seat
    place: int
    ms: float
    received_ms: float
    correction_ms: float
    tied: bool


def rules_of(match: Match) -> BuzzerRules:
    """The buzzer rules of a match; the usual ones while its rulebook is not finished. Expects its contest loaded."""
    try:
        return rounds.parse(match.rulebook or match.contest.rulebook).buzzer
    except BadRulebook:
        return BuzzerRules()


def measured(check: PadCheck, at: datetime.datetime) -> fitness.Measured:
    """A check-up as the rule reads it at `at`."""
    return fitness.Measured(
        minimum_ms=check.minimum_ms,
        median_ms=check.median_ms,
        jitter_ms=check.jitter_ms,
        awake=check.awake,
        sound=check.sound,
        pressed=check.trial > 0,
        silent_seconds=(at - check.checked_at).total_seconds(),
    )


def pads(match: Match, at: datetime.datetime) -> list[Row]:
    """The pads of teams and players with their verdicts, in the order of the stage. One statement."""
    cap = rules_of(match).cap_ms
    found = []
    for seat in seats.of_teams(match).filter(withdrawn_at=None).select_related("check_up"):
        check = getattr(seat, "check_up", None)
        verdict = fitness.judge(measured(check, at) if check else None, cap)
        found.append(Row(seat, check, verdict))
    return found


def trial(rows: Sequence[Row], match: Match) -> list[Tried]:
    """The newest round on trial in its order, one place a team; [] before the first. Ties are drawn."""
    newest = max((row.check.trial for row in rows if row.check), default=0)
    by_pad: Mapping[int, Row] = {
        row.seat.pk: row for row in rows if row.check and 0 < newest == row.check.trial
    }
    teams = {
        pk: number for number, pk in enumerate(sorted({row.seat.team_id or 0 for row in by_pad.values()}), 1)
    }
    presses = [
        buzzer.Press(teams[row.seat.team_id or 0], row.check.trial_ms or 0, row.check.trial_correction_ms, pk)
        for pk, row in by_pad.items()
        if row.check
    ]
    rules = rules_of(match)
    drawn = BuzzerRules(rules.cap_ms, rules.tie_window_ms, buzzer.DRAW)
    ranked = buzzer.order(presses, drawn, {}, match.uid.bytes, newest)
    return [
        Tried(
            by_pad[one.player or 0].seat,
            place,
            one.corrected_ms,
            one.received_ms,
            one.correction_ms,
            one.team in ranked.tied,
        )
        for place, one in enumerate(ranked.order, 1)
    ]
