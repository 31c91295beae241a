"""The list of contests, the page of one, and its way from a draft to its end."""

import pytest
from django.urls import reverse

from exams.contests.models import Contest
from lianbing.people.rules import Role
from tests.factories import contests, exams, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return people.unit("市局")


@pytest.fixture
def trainer(client, bureau):
    user = people.staff(Role.TRAINER, unit=bureau)
    client.force_login(user)
    return user


def _page(client, name, *args, status=200):
    response = client.get(reverse(f"contests:{name}", args=args))
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def test_a_draft_is_seen_by_its_organisers_alone(client, trainer, bureau):
    made = contests.contest(unit=bureau, title="秘密草稿")
    assert "秘密草稿" in _page(client, "home")
    client.force_login(people.officer(bureau).user)
    assert "秘密草稿" not in _page(client, "home")
    _page(client, "contest", made.uid, status=404)


def test_everybody_reads_the_rules_of_an_announced_contest_in_words(client, bureau):
    made = contests.contest(unit=bureau, state="announced")
    client.force_login(people.officer(bureau).user)
    page = _page(client, "contest", made.uid)
    assert "抢答题" in page
    assert "风险题" in page
    assert reverse("contests:rules", args=[made.uid]) not in page


def test_a_trainer_of_another_unit_does_not_set_it_up(client, bureau):
    made = contests.contest(unit=people.unit("一大队", bureau), state="announced")
    client.force_login(people.staff(Role.TRAINER, unit=people.unit("二大队", bureau)))
    for name in ("edit", "rules", "teams", "staff", "groups"):
        _page(client, name, made.uid, status=404)


def test_a_new_contest_begins_with_a_preset(client, trainer, bureau):
    assert "省级决赛规则" in _page(client, "new")
    data = {"title": "迎新赛", "unit": bureau.pk, "kind": "knowledge", "starts_at": "2026-12-01T14:00"}
    answer = client.post(reverse("contests:new_from", args=["bureau"]), data)
    made = Contest.objects.get(title="迎新赛")
    assert answer.url == reverse("contests:contest", args=[made.uid])
    assert [one["kind"] for one in made.rulebook["rounds"]] == ["compulsory", "team", "buzzer", "risk"]
    assert made.state == "draft"


def test_an_unknown_preset_is_not_found(client, trainer):
    _page(client, "new_from", "nonsense", status=404)


def test_a_contest_is_announced_taken_back_and_closed(client, trainer, bureau):
    made = contests.contest(unit=bureau)
    for act, state in (
        ("announce", "announced"),
        ("take_back", "draft"),
        ("announce", "announced"),
        ("end", "ended"),
    ):
        client.post(reverse(f"contests:{act}", args=[made.uid]))
        made.refresh_from_db()
        assert made.state == state
    answer = client.post(reverse("contests:take_back", args=[made.uid]), follow=True)
    assert Contest.objects.get(pk=made.pk).state == "ended"
    assert answer.status_code == 200


def test_a_draft_is_thrown_away_with_all_that_hangs_on_it(client, trainer, bureau):
    made = contests.contest(unit=bureau)
    contests.match(made, teams=2, items=[exams.question()])
    assert _page(client, "discard", made.uid)
    client.post(reverse("contests:discard", args=[made.uid]))
    assert not Contest.objects.filter(pk=made.pk).exists()


def test_the_pages_of_setting_up_open(client, trainer, bureau):
    made = contests.contest(unit=bureau)
    match = contests.match(made, teams=2, items=[exams.question()])
    team = made.teams.first()
    for name in ("contest", "edit", "rules", "staff", "teams", "team_new", "teams_import", "groups"):
        _page(client, name, made.uid)
    for name in ("final", "match_new", "results"):
        _page(client, name, made.uid)
    _page(client, "team", made.uid, team.pk)
    _page(client, "match", match.uid)
    _page(client, "items", match.uid)


@pytest.mark.parametrize("state", ["draft", "announced"])
def test_the_list_asks_as_many_statements_for_three_as_for_one(
    client, trainer, bureau, state, django_assert_max_num_queries
):
    for count in (1, 3):
        while Contest.objects.count() < count:
            contests.match(contests.contest(unit=bureau, state=state), teams=2)
        with django_assert_max_num_queries(15):
            _page(client, "home")


def test_who_plays_does_not_see_the_questions(client, bureau):
    made = contests.contest(unit=bureau)
    officer = people.officer(bureau)
    people.grant(officer.user, Role.TRAINER, unit=bureau)
    team = contests.team(made)
    team.players.filter(position=0).update(officer=officer)
    match = contests.match(made, teams=[team, contests.team(made)], items=[exams.question()])
    client.force_login(officer.user)
    assert client.get(reverse("contests:items", args=[match.uid])).status_code == 302
    assert reverse("contests:items", args=[match.uid]) not in _page(client, "contest", made.uid)
