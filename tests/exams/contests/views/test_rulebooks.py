"""The rulebook editor: nothing typed is lost on the way, and what is wrong is said where it is."""

import pytest
from django.urls import reverse

from exams.contests import rounds
from exams.contests.forms.rulebook import RulebookEditor
from exams.contests.rules.rulebook import to_json
from lianbing.people.rules import Role
from tests.factories import contests, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(client):
    bureau = people.unit("市局")
    client.force_login(people.staff(Role.TRAINER, unit=bureau))
    return contests.contest(unit=bureau)


def _sent(document):
    """What a browser would send for an editor of this rulebook."""
    editor = RulebookEditor(document)
    data = {"order": editor.order, "tie": editor.tie.kind if editor.tie else ""}
    for form in [editor.head, editor.fouls, *editor.rounds, *([editor.tie] if editor.tie else [])]:
        for field in form:
            value = field.field.prepare_value(field.value())
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                data[field.html_name] = str(value)
    return data


@pytest.mark.parametrize("name", ["bureau", "provincial_final", "heat_and_stage", "classroom"])
def test_every_preset_goes_through_the_forms_unchanged(name):
    whole = to_json(rounds.parse(contests.preset(name)))
    assert to_json(RulebookEditor(whole, _sent(whole)).book()) == whole


def test_saving_keeps_what_was_typed(client, contest):
    data = _sent(contest.rulebook) | {"base_score": "80", "r2-points": "15"}
    answer = client.post(reverse("contests:rules", args=[contest.uid]), data)
    contest.refresh_from_db()
    assert answer.status_code == 302
    assert contest.rulebook["base_score"] == "80"
    assert contest.rulebook["rounds"][2]["settings"]["points"] == "15"


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        ("add:scenario", ["compulsory", "team", "buzzer", "risk", "scenario"]),
        ("remove:1", ["compulsory", "buzzer", "risk"]),
        ("up:1", ["team", "compulsory", "buzzer", "risk"]),
        ("down:0", ["team", "compulsory", "buzzer", "risk"]),
        ("up:0", ["compulsory", "team", "buzzer", "risk"]),
        ("add:sudden_death", ["compulsory", "team", "buzzer", "risk"]),
        ("remove:99", ["compulsory", "team", "buzzer", "risk"]),
    ],
)
def test_a_button_changes_the_order_and_nothing_else(contest, act, kinds):
    editor = RulebookEditor(contest.rulebook, _sent(contest.rulebook) | {"act": act, "name": "改了一半"})
    assert [one.kind for one in editor.rounds] == kinds
    assert editor.book().name == "改了一半"


def test_a_button_saves_nothing(client, contest):
    data = _sent(contest.rulebook) | {"act": "remove:0"}
    answer = client.post(reverse("contests:rules", args=[contest.uid]), data)
    before = contest.rulebook
    contest.refresh_from_db()
    assert answer.status_code == 200
    assert contest.rulebook == before


def test_what_is_wrong_stands_at_its_field(client, contest):
    data = _sent(contest.rulebook) | {"r3-values": "10, 十, 30", "floor": "500"}
    page = client.post(reverse("contests:rules", args=[contest.uid]), data).content.decode()
    assert 'id="id_r3-values_error"' in page
    data = _sent(contest.rulebook) | {"floor": "500"}
    page = client.post(reverse("contests:rules", args=[contest.uid]), data).content.decode()
    assert 'id="id_floor_error"' in page


def test_the_preview_follows_what_is_typed(client, contest):
    data = _sent(contest.rulebook) | {"r0-title": "开场必答"}
    answer = client.post(reverse("contests:rules", args=[contest.uid]), data, headers={"HX-Request": "true"})
    assert "开场必答" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_announced_rules_change_with_a_reason_only(client, contest):
    contest.state = "announced"
    contest.save()
    data = _sent(contest.rulebook) | {"base_score": "50"}
    assert client.post(reverse("contests:rules", args=[contest.uid]), data).status_code == 200
    answer = client.post(reverse("contests:rules", args=[contest.uid]), data | {"reason": "经组委会研究"})
    contest.refresh_from_db()
    assert answer.status_code == 302
    assert contest.rulebook["base_score"] == "50"


@pytest.mark.parametrize(
    "order", ["", "x.y", "0.nonsense", "1.buzzer,1.risk", "0.sudden_death", "٣.buzzer", "," * 999]
)
def test_a_hostile_order_breaks_nothing(client, contest, order):
    data = _sent(contest.rulebook) | {"order": order, "tie": "nonsense", "act": "up:" + "9" * 50}
    assert client.post(reverse("contests:rules", args=[contest.uid]), data).status_code == 200
