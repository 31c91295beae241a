"""What the rehearsal keeps of a pad, and the order of a press on trial."""

import datetime

import pytest

from exams.contests import ports
from exams.contests.models import MatchEvent, PadCheck, PadPress
from exams.contests.queries import rehearsal
from exams.contests.services import rehearsal as trying
from exams.contests.services.rehearsal import Heard
from lianbing.people.queries import actor_for
from tests.factories import contests

pytestmark = pytest.mark.django_db
NOON = contests.NOON
SECOND = datetime.timedelta(seconds=1)
NEAR = Heard(minimum_ms=18, median_ms=22, jitter_ms=4, awake=True, sound=True)


@pytest.fixture
def match():
    made = contests.match(teams=3)
    for entry in made.entries.all():
        contests.seat(made, "team", team=entry.team)
    return made


def pads(match):
    return list(match.seats.filter(role="team").order_by("team__position"))


def test_a_pad_is_measured_anew_and_kept_once(match):
    pad = pads(match)[0]
    trying.record(seat=pad.pk, heard=Heard(minimum_ms=400, median_ms=420, jitter_ms=9), at=NOON)
    told = trying.record(seat=pad.pk, heard=NEAR, at=NOON + SECOND)
    assert told.verdict.fit
    assert PadCheck.objects.get().minimum_ms == 18


def test_a_pad_too_far_away_is_told_why_with_its_figures(match):
    told = trying.record(
        seat=pads(match)[0].pk, heard=Heard(minimum_ms=401, median_ms=420, jitter_ms=9), at=NOON
    )
    assert not told.verdict.fit
    assert "401" in told.unfit[0]
    assert "150" in told.unfit[0]


def test_a_withdrawn_seat_is_absent_and_nothing_is_kept(match):
    pad = pads(match)[0]
    match.seats.filter(pk=pad.pk).update(withdrawn_at=NOON)
    assert trying.record(seat=pad.pk, heard=NEAR, at=NOON).verdict.unfit == ("absent",)
    assert trying.pressed(seat=pad.pk, trial=5, received_ms=300, minimum_ms=10, at=NOON) is None
    assert not PadCheck.objects.exists()


def test_presses_on_trial_are_ordered_by_the_rule_and_write_nothing_official(match):
    near, far, late = pads(match)
    trying.pressed(seat=near.pk, trial=5, received_ms=320, minimum_ms=10, at=NOON)
    trying.pressed(seat=far.pk, trial=5, received_ms=400, minimum_ms=120, at=NOON)
    trying.pressed(seat=late.pk, trial=4, received_ms=1, minimum_ms=1, at=NOON)
    found = rehearsal.trial(rehearsal.pads(match, NOON), match)
    assert [(one.seat.pk, one.ms) for one in found] == [(far.pk, 280), (near.pk, 310)]
    assert not PadPress.objects.exists()
    assert not MatchEvent.objects.exists()


def test_the_first_press_of_a_round_on_trial_counts(match):
    pad = pads(match)[0]
    assert trying.pressed(seat=pad.pk, trial=5, received_ms=320, minimum_ms=10, at=NOON) == 10
    assert trying.pressed(seat=pad.pk, trial=5, received_ms=50, minimum_ms=10, at=NOON) is None
    assert PadCheck.objects.get().trial_ms == 320


def test_a_round_on_trial_is_opened_by_who_runs_the_match_before_it_begins(match):
    host = actor_for(contests.staff(match.contest, "host"), NOON.date())
    judge = actor_for(contests.staff(match.contest, "judge"), NOON.date())
    heard = []
    ports.trial_opener(told := lambda uid, number: heard.append((uid, number)))
    try:
        number = trying.open_trial(match=match, by=host, at=NOON)
        with pytest.raises(trying.NoTrial):
            trying.open_trial(match=match, by=judge, at=NOON)
        match.phase = "running"
        with pytest.raises(trying.NoTrial):
            trying.open_trial(match=match, by=host, at=NOON)
    finally:
        ports.forget_trials(told)
    assert heard == [(match.uid, number)]


def test_a_pad_that_fell_silent_is_absent_again(match):
    trying.record(seat=pads(match)[0].pk, heard=NEAR, at=NOON)
    verdicts = [[row.verdict.fit for row in rehearsal.pads(match, NOON + wait * SECOND)] for wait in (30, 31)]
    assert verdicts == [[True, False, False], [False, False, False]]
