"""Appending what happens in a match: roles, order, races, what is kept with it."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from exams.contests import ports
from exams.contests.consumers.pad import encode
from exams.contests.models import Match, MatchEvent, MatchItem, MatchResult, MatchStart
from exams.contests.queries import facts, matches, pads
from exams.contests.rendering import view
from exams.contests.services import events
from exams.contests.services.events import ContestRefused
from lianbing.kit.models import AuditRecord
from question_bank.models import Question
from tests.factories import contests as factory
from tests.factories import people
from tests.factories.contests import NOON, SECOND


@pytest.fixture
def stage(db):
    """A match of three teams with a question for each of nine players, its host and its chief referee."""
    return factory.stage()


def test_a_match_starts_and_its_row_follows(stage):
    event = stage.move("started")
    row = Match.objects.get(pk=stage.match.pk)
    assert (event.seq, row.last_seq, row.phase, row.started_at) == (1, 1, "running", NOON)
    assert MatchStart.objects.get(match=row).teams[0]["name"] == "钟楼队"


def test_events_count_without_gaps_and_never_go_back_in_time(stage):
    stage.move("started", at=NOON + SECOND)
    late = stage.move("round_opened", {"round": 0}, at=NOON)
    assert (late.seq, late.at) == (2, NOON + SECOND)


def test_strangers_and_players_do_not_run_a_match(stage):
    stranger = people.actor(people.UserFactory())
    with pytest.raises(ContestRefused) as refused:
        stage.move("started", by=stranger)
    assert refused.value.code == "not_yours"


def test_a_host_does_not_change_scores(stage):
    stage.move("started")
    with pytest.raises(ContestRefused) as refused:
        stage.move("overridden", {"team": 1, "points": "10", "reason": "复核"}, by=stage.host)
    assert refused.value.code == "not_your_role"


def test_what_a_service_does_nobody_sends(stage):
    stage.move("started")
    with pytest.raises(ContestRefused) as refused:
        events.append(match=stage.match, kind="pressed", data={"presses": []}, by=stage.host, at=NOON)
    assert refused.value.code == "not_yours"


def test_a_judge_does_not_judge_the_team_of_the_own_unit(db):
    _bureau, first, second = factory.units()
    stage = factory.stage(units=[first, second, None])
    judge = people.actor(factory.staff(stage.contest, "judge", unit=first))
    stage.move("started")
    foul = {"code": "assisting", "reason": "提示队友"}
    with pytest.raises(ContestRefused) as refused:
        stage.move("fouled", {"team": 1, **foul}, by=judge)
    assert (refused.value.code, "钟楼队" in refused.value.text) == ("own_unit", True)
    assert stage.move("fouled", {"team": 2, **foul}, by=judge).seq == 2


def test_the_rules_refuse_in_words(stage):
    stage.move("started")
    with pytest.raises(ContestRefused) as refused:
        stage.move("turn_opened")
    assert refused.value.code == "no_round"
    assert refused.value.text


def test_who_has_not_seen_the_newest_is_refused(stage):
    stage.move("started")
    with pytest.raises(ContestRefused) as refused:
        stage.move("round_opened", {"round": 0}, seen=0)
    assert refused.value.code == "moved_on"
    assert MatchEvent.objects.count() == 1


def test_fouls_do_not_wait_for_each_other(stage):
    stage.move("started")
    foul = {"team": 1, "code": "assisting", "reason": "提示队友"}
    assert stage.move("fouled", foul, by=stage.chief, seen=0).seq == 2


@pytest.mark.parametrize("data", [{"round": float("nan")}, {"round": "x" * 9000}, {"round": object()}])
def test_data_that_cannot_be_kept_is_refused(stage, data):
    stage.move("started")
    with pytest.raises(ContestRefused) as refused:
        stage.move("round_opened", data)
    assert refused.value.code == "malformed"


def test_decisions_stand_in_the_audit_trail(stage):
    stage.move("started")
    stage.move("overridden", {"team": 1, "points": "-5", "reason": "复核后更正"}, by=stage.chief)
    record = AuditRecord.objects.get(action="match_overridden")
    assert (record.reason, record.details["said_points"], record.details["seq"]) == ("复核后更正", "-5", 2)


def test_an_undone_start_begins_anew_from_what_was_kept(stage):
    stage.move("started")
    stage.move("undone", {"reason": "误点"})
    assert Match.objects.get(pk=stage.match.pk).phase == "waiting"
    assert stage.move("started").seq == 3
    assert matches.load_state(stage.match).phase == "running"


def test_teams_and_questions_freeze_with_the_start(stage):
    stage.move("started")
    with pytest.raises(DatabaseError), transaction.atomic():
        MatchItem.objects.filter(match=stage.match).update(spare=True)


def test_events_cannot_be_rewritten(stage):
    stage.move("started")
    with pytest.raises(DatabaseError), transaction.atomic():
        MatchEvent.objects.update(actor_name="别人")


def test_a_match_that_does_not_fit_is_shown_and_refused_at_the_start(db):
    stage = factory.stage(players=5)
    assert [one.seat for one in matches.load_state(stage.match).teams] == [1, 2, 3]
    with pytest.raises(ContestRefused) as refused:
        stage.move("started")
    assert refused.value.code == "team_size"


def test_unreadable_rules_are_refused_at_the_start(db):
    stage = factory.stage(rulebook={"name": "坏", "rounds": []})
    with pytest.raises(ContestRefused) as refused:
        stage.move("started")
    assert refused.value.code == "bad_rulebook"


def test_a_confirmed_match_leaves_places_and_uses_behind(db):
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.play_team_round(["right", "wrong", "right"])
    stage.move("finished")
    stage.move("confirmed", by=stage.chief)
    places = MatchResult.objects.order_by("team__position").values_list("place", flat=True)
    assert list(places) == [1, 3, 1]
    assert set(Question.objects.values_list("times_used", flat=True)) == {1}


def test_an_announcement_follows_the_commit(stage, monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setattr(ports, "_announcers", [lambda uid, seq: heard.append((uid, seq))])
    with django_capture_on_commit_callbacks(execute=True):
        stage.move("started")
        assert heard == []
    assert heard == [(stage.match.uid, 1)]


@pytest.mark.django_db(transaction=True)
def test_another_process_finds_the_same_state():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.play_team_round(["right", "wrong", "timeout"])
    followed = matches.load_state(stage.match)
    matches.forget()
    assert matches.load_state(stage.match) == followed
    assert followed.seq == Match.objects.get(pk=stage.match.pk).last_seq


@pytest.mark.django_db(transaction=True)
def test_a_followed_match_costs_one_statement(django_assert_num_queries):
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.play_team_round(["right", "wrong", "timeout"])
    matches.load_state(stage.match)
    with django_assert_num_queries(1):
        matches.load_state(stage.match)


def test_what_is_rolled_back_is_not_followed(stage):
    with transaction.atomic():
        stage.move("started")
        assert matches.load_state(stage.match).phase == "running"
        transaction.set_rollback(True)
    assert matches.load_state(stage.match).phase == "waiting"


@pytest.mark.django_db(transaction=True)
def test_a_database_put_back_to_an_earlier_moment_is_believed():
    stage = factory.stage()
    ahead = replace(stage.state, seq=7, phase="running")
    matches.keep(stage.match.uid, ahead)
    assert stage.move("started").seq == 1
    assert stage.state.seq == 1


def test_what_no_screen_and_no_database_takes_is_not_kept(stage):
    stage.move("started")
    event = stage.move("paused", {"reason": " 换话筒\ud83d\x00 ", "more": [{"\x00k": "\udfff"}]})
    assert event.data == {"reason": "换话筒", "more": [{"k": ""}]}
    shown = view.sections(facts.load_facts(stage.match), stage.state, pads.Given())
    assert "换话筒".encode() in encode(shown).encode()


@pytest.mark.parametrize("depth", [600, 5000])
def test_a_move_nested_without_end_is_refused(stage, depth):
    stage.move("started")
    deep = []
    for _ in range(depth):
        deep = [deep]
    with pytest.raises(ContestRefused) as refused:
        stage.move("paused", {"reason": "换话筒", "more": deep})
    assert refused.value.code == "malformed"
