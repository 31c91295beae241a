"""The field for an audience: what is ticked, what may be ticked, counting without a script."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from courses.forms.audience import AudienceField
from courses.models import DutyRole
from courses.rules.audience import Audience, to_json
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


class AForm(forms.Form):
    audience = AudienceField()


def form(data=None, scopes=("",), **kwargs):
    made = AForm(QueryDict(data) if data is not None else None, **kwargs)
    made.fields["audience"].offer(list(scopes), DAY)
    return made


def test_nothing_ticked_is_everybody():
    said = form("x=1")
    assert said.is_valid()
    assert said.cleaned_data["audience"] == Audience()


def test_what_is_ticked_comes_back_as_an_audience():
    unit, post = people.unit(), people.PostFactory()
    said = form(f"audience-units={unit.path}&audience-posts={post.pk}&audience-joined_after=2026-01-02")
    assert said.is_valid()
    wanted = Audience(units=(unit.path,), posts=(post.pk,), joined_after=datetime.date(2026, 1, 2))
    assert said.cleaned_data["audience"] == wanted


def test_whoever_looks_after_a_part_must_name_units_within_it():
    mine, other = people.unit("一大队"), people.unit("二大队")
    assert form("x=1", scopes=[mine.path]).errors["audience"]
    assert form(f"audience-units={other.path}", scopes=[mine.path]).errors["audience"]
    assert form(f"audience-units={mine.path}", scopes=[mine.path]).is_valid()


@pytest.mark.parametrize(
    "data",
    ["audience-posts=999999", "audience-ranks=x", "audience-joined_after=2026-02-30", "audience-duties=x"],
)
def test_what_does_not_exist_is_refused_with_a_word(data):
    assert form(data).errors["audience"]


def test_counting_refuses_with_the_number_and_keeps_the_ticks():
    unit = people.unit()
    people.officer(unit)
    said = form(f"audience-units={unit.path}&audience-count=1")
    assert "1" in said.errors["audience"][0]
    assert f'value="{unit.path}" checked' in str(said["audience"])


def test_what_is_stored_is_shown_ticked():
    unit = people.unit()
    DutyRole.objects.get_or_create(code="legal_liaison", defaults={"name": "法制员"})
    stored = to_json(Audience(units=(unit.path,), duties=("legal_liaison",)))
    page = str(form(initial={"audience": stored})["audience"])
    assert f'value="{unit.path}" checked' in page
    assert 'value="legal_liaison" checked' in page
    assert "audience-count" in page
