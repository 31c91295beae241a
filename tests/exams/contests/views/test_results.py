"""The result of a match: every point opens the event behind it."""

import re

import pytest
from django.urls import reverse

from exams.contests.models import Match, MatchResult
from exams.contests.queries.standing import results_of
from exams.contests.queries.training_file import contests_on_file
from exams.contests.services.results import TOPIC
from lianbing.kit.models import OutboxMessage
from tests.factories import contests, people

pytestmark = pytest.mark.django_db
ONE_ROUND = {
    "name": "短规则",
    "rounds": [{"kind": "team", "title": "共答题", "items": 0, "settings": {"points": "10"}}],
    "tie_break": None,
}


@pytest.fixture
def stage():
    return contests.stage(ONE_ROUND)


def _play(stage, verdicts=("right", "right", "wrong")):
    """A match of one round, up to its end."""
    stage.move("started")
    stage.move("round_opened", {"round": 0})
    for item, verdict in enumerate(verdicts):
        stage.move("turn_opened", {"item": item, "team": item + 1})
        stage.move("opened")
        stage.move("ruled", {"team": item + 1, "verdict": verdict})
        stage.move("turn_closed")
    stage.move("round_closed")
    stage.move("finished")


def _confirm(stage):
    stage.move("overridden", {"team": 1, "points": "5", "reason": "复核"}, by=stage.chief)
    stage.move("confirmed", by=stage.chief)


def _page(client, stage, name="result", uid=None):
    type(stage.contest).objects.filter(pk=stage.contest.pk).update(state="announced")
    client.force_login(people.UserFactory())
    return client.get(reverse(f"contests:{name}", args=[uid or stage.match.uid])).content.decode()


def test_every_point_leads_to_its_event(client, stage):
    _play(stage)
    _confirm(stage)
    page = _page(client, stage)
    links = set(re.findall(r'href="#(event-\d+)"', page))
    assert len(links) == 3
    assert all(f'id="{one}"' in page for one in links)


def test_until_it_is_confirmed_the_page_says_so(client, stage):
    _play(stage)
    assert "contest-log" in _page(client, stage)
    assert MatchResult.objects.count() == 0
    before = _page(client, stage).count("alert-warn")
    _confirm(stage)
    assert _page(client, stage).count("alert-warn") == before - 1


def test_a_match_that_has_not_started_leads_to_its_contest(client, stage):
    type(stage.contest).objects.filter(pk=stage.contest.pk).update(state="announced")
    client.force_login(people.UserFactory())
    answer = client.get(reverse("contests:result", args=[stage.match.uid]))
    assert answer.url == reverse("contests:contest", args=[stage.contest.uid])


def test_the_result_of_a_draft_is_not_found(client, stage):
    _play(stage)
    client.force_login(people.UserFactory())
    assert client.get(reverse("contests:result", args=[stage.match.uid])).status_code == 404


def test_a_confirmation_writes_the_places_and_tells_who_counts_contests(stage):
    _play(stage)
    _confirm(stage)
    rows = MatchResult.objects.filter(match=stage.match)
    assert [(row.place, row.points) for row in rows] == [(1, 115), (2, 110), (3, 100)]
    told = OutboxMessage.objects.get(topic=TOPIC).payload
    assert [one["points"] for one in told["teams"]] == ["115", "110", "100"]
    assert told["match"] == str(stage.match.uid)


def test_a_contest_stands_in_the_file_of_its_players(stage):
    officer = people.officer()
    player = stage.match.entries.get(seat=2).team.players.get(position=1)
    player.officer = officer
    player.save()
    _play(stage)
    assert results_of(officer) == []
    _confirm(stage)
    found = results_of(officer)[0]
    assert (found.place, found.of, found.points, found.stood, found.leader) == (2, 3, 110, True, False)
    assert [one.kind for one in contests_on_file([officer.pk], None)] == ["contest"]


def test_the_results_of_a_contest_are_listed_in_few_statements(client, stage, django_assert_max_num_queries):
    _play(stage)
    _confirm(stage)
    for _more in range(2):
        other = contests.match(stage.contest, teams=2)
        Match.objects.filter(pk=other.pk).update(started_at=contests.NOON, phase="confirmed")
    _page(client, stage, "results", stage.contest.uid)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("contests:results", args=[stage.contest.uid]))
    assert "钟楼队" in page.content.decode()
