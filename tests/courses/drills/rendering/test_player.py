"""Every kind a machine marks is asked, answered in a plain form, and explained."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from courses.drills.forms.answers import response_of
from courses.drills.queries.player import shown_versions
from courses.drills.rendering import player
from courses.drills.rules import grading
from lianbing.people.rules import SYSTEM
from question_bank import kinds as bank_kinds
from question_bank import services
from question_bank.rules.draft import Draft
from tests.factories import drills, kinds
from tests.factories.drills import NOON
from tests.factories.question_bank import CLASSIFIED, MOMENT, BankFactory

pytestmark = pytest.mark.django_db
MARKED = (
    "single_choice",
    "multiple_choice",
    "indefinite_choice",
    "true_false",
    "fill_blank",
    "ordering",
    "case_analysis",
)


def version_of(name):
    """A published version of a kind."""
    one = kinds.of(name)
    body = one.kind.normal(one.content, one.key)
    body.pop("kind")
    draft = Draft(one.kind.name, body, explanation="见条文。", **CLASSIFIED)
    made = services.create_question(bank=BankFactory(), draft=draft, by=SYSTEM, at=MOMENT)
    services.publish(question=made, by=SYSTEM, at=MOMENT)
    made.refresh_from_db()
    return made.published_version


def form_of(name, key):
    """What a form sends when a piece of this name is answered rightly."""
    if "order" in key:
        return {f"{name}-{step}": [str(place)] for place, step in enumerate(key["order"], start=1)}
    if "blanks" in key:
        return {f"{name}-{blank}": [words[-1]] for blank, words in key["blanks"].items()}
    return {name: key["options"]}


def sent(fields):
    """Those fields as a request carries them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def right_form(version):
    """The whole form of a question, answered rightly."""
    name = f"q{version.pk}"
    if version.kind != "case_analysis":
        return form_of(name, version.key)
    parts = version.key["parts"]
    return {
        field: values for one, key in parts.items() for field, values in form_of(f"{name}-{one}", key).items()
    }


@pytest.mark.parametrize("name", MARKED)
def test_the_right_answer_in_a_plain_form_is_right(name):
    version = version_of(name)
    raw = response_of(version, sent(right_form(version)))
    response = bank_kinds.get(version.kind).parse(raw, version.content)
    assert grading.share(version.kind, version.content, version.key, response) == 1


@pytest.mark.parametrize("name", MARKED)
def test_every_field_of_the_form_stands_on_the_page(name):
    version = version_of(name)
    shown = "".join(
        render_to_string(piece.template, {"question": piece.question}) for piece in player.pieces_of(version)
    )
    for field in right_form(version):
        assert f'name="{field}"' in shown


@pytest.mark.parametrize("name", MARKED)
def test_the_asked_pieces_say_nothing_of_what_is_right(name):
    version = version_of(name)
    told = str([piece.question for piece in player.pieces_of(version)])
    assert "KEY-" not in told
    assert "'right'" not in told


@pytest.mark.parametrize("name", MARKED)
def test_an_empty_form_is_no_answer(name):
    version = version_of(name)
    assert response_of(version, sent({})) == []


@pytest.mark.parametrize(
    "places", [["1", "1", "2", "3"], ["1", "x", "2", "3"], ["", "1", "2", "3"], ["²"] * 4]
)
def test_steps_without_places_of_their_own_are_no_answer(places):
    version = version_of("ordering")
    steps = [one["id"] for one in version.content["options"]]
    fields = {f"q{version.pk}-{step}": [place] for step, place in zip(steps, places, strict=True)}
    assert response_of(version, sent(fields)) == []


@pytest.mark.parametrize("name", MARKED)
def test_the_explanation_shows_what_is_right_by_the_kinds_own_template(name):
    version = version_of(name)
    made = drills.drill_set(drills.learner(), [version.question])
    (shown,) = shown_versions(made, NOON)
    card = player.card(shown, 1)
    text = render_to_string("drills/player/_feedback.html", {"card": card})
    assert "见条文。" in text
    assert "《云汐市测试条例》第一条" in text
    assert set(player.key_of(shown)) == ({""} if name != "case_analysis" else set(version.key["parts"]))
