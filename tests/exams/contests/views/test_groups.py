"""Heat, draw and final over HTTP, and the lists an organiser works with."""

import pytest
from django.urls import reverse

from exams.contests.models import Contest
from exams.contests.panels import contests as panels
from exams.contests.rules.grouping import fingerprint
from lianbing.people.rules import Role
from tests.factories import contests, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(client):
    bureau = people.unit("市局")
    client.force_login(people.staff(Role.TRAINER, unit=bureau))
    made = contests.contest(unit=bureau, state="announced")
    for _team in range(4):
        contests.team(made)
    return made


def _post(client, name, contest, data=None):
    return client.post(reverse(f"contests:{name}", args=[contest.uid]), data or {}, follow=True)


def _commit(client, contest, count=2):
    teams = list(contest.teams.values_list("pk", flat=True))
    return _post(client, "groups_commit", contest, {"teams": teams, "count": count})


def test_a_draw_goes_from_the_list_to_the_matches(client, contest):
    _commit(client, contest)
    contest.refresh_from_db()
    page = client.get(reverse("contests:contest", args=[contest.uid])).content.decode()
    assert contest.grouping_commitment in page
    assert contest.grouping_seed not in page
    _post(client, "groups_draw", contest)
    page = client.get(reverse("contests:contest", args=[contest.uid])).content.decode()
    assert contest.grouping_seed in page
    assert fingerprint(contest.grouping_seed) in page
    _post(client, "stage", contest)
    assert [one.entries.count() for one in contest.matches.all()] == [2, 2]


@pytest.mark.parametrize("data", [{}, {"teams": ["x"], "count": 2}, {"teams": ["999999"], "count": 0}])
def test_a_list_that_makes_no_sense_is_not_fixed(client, contest, data):
    assert _post(client, "groups_commit", contest, data).status_code == 200
    assert Contest.objects.get(pk=contest.pk).grouping_commitment == ""


def test_too_many_groups_are_refused_in_words(client, contest):
    assert "alert-bad" in _commit(client, contest, count=3).content.decode()


@pytest.mark.parametrize("asked", ["by=nonsense", "best=-1&places=x", "by=mean&best=99999999999&places=0"])
def test_whatever_is_asked_of_the_heat_the_page_opens(client, contest, asked):
    assert client.get(reverse("contests:groups", args=[contest.uid]) + f"?{asked}").status_code == 200


@pytest.mark.parametrize("name", ["teams", "staff", "contest", "groups"])
def test_lists_ask_as_many_statements_for_three_teams_as_for_one(
    client, contest, name, django_assert_max_num_queries
):
    address = reverse(f"contests:{name}", args=[contest.uid])
    contest.teams.exclude(pk=contest.teams.first().pk).delete()
    for count in (1, 3):
        while contest.teams.count() < count:
            contests.team(contest, f"{contest.teams.count()}号队")
            contests.staff(contest, "judge")
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_a_faulty_list_shows_row_and_column(client, contest):
    page = _post(client, "teams_import", contest, {"text": "队伍\t工号\n甲队\t没有这个号\n"}).content.decode()
    assert "row-errors" in page
    assert "工号" in page
    assert contest.teams.count() == 4


def test_a_list_without_anything_is_refused(client, contest):
    assert _post(client, "teams_import", contest, {}).status_code == 200
    assert contest.teams.count() == 4


def test_the_front_page_tells_of_coming_and_running_contests(contest):
    officer = people.officer()
    player = contest.teams.first().players.first()
    player.officer = officer
    player.save()
    actor = people.actor(officer.user)
    assert panels.coming_contests(actor, contests.NOON).context["mine"] == {contest.pk}
    assert panels.running_contest(actor, contests.NOON) is None
    match = contests.match(contest, teams=2)
    type(match).objects.filter(pk=match.pk).update(phase="running", started_at=contests.NOON)
    assert [one.pk for one in panels.running_contest(actor, contests.NOON).context["matches"]] == [match.pk]
