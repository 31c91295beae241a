"""Trying a scheme on a past period: who would change, and why."""

from decimal import Decimal

import pytest

from certificates.ratings.models import Indicator, Result, Statement
from certificates.ratings.rules.words import Source
from certificates.ratings.services import preview
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    return people.unit("东城中队")


@pytest.fixture
def period(squad):
    for code in ("exam", "hours"):
        ratings.indicator(code, title=code, kinds=(code,))
    scheme = ratings.scheme(("exam", 100), ("hours", "0.01"), ceiling=Decimal("100.01"))
    made = ratings.period(squad, scheme)
    for name, exam, hours in (("甲", 95, 10), ("乙", 50, 100)):
        officer = people.officer(squad, name=name)
        ratings.fact(officer, exam, kind="exam")
        ratings.fact(officer, hours, kind="hours")
    ratings.published(made)
    return made


def tried(period, *lines, **fields):
    version = ratings.version(*lines, scheme=period.scheme, adopted_at=None, **fields)
    return preview.preview(version=version, period=period, scopes=[""])


def test_who_would_change_and_by_which_lines(period):
    seen = tried(period, ("exam", 40), ("hours", 60))
    change = {one.result.roll.name: one for one in seen.changes}
    assert (change["甲"].score, change["乙"].score) == (Decimal(44), Decimal(80))
    assert (change["乙"].result.grade, change["乙"].grade) == ("不合格", "良好")
    assert change["乙"].reasons[0] == preview.Reason("hours", "0.01", "60")
    assert (seen.rose, seen.fell, seen.differ) == (1, 1, 2)


def test_the_same_rules_change_nobody(period):
    seen = tried(period, ("exam", 100), ("hours", "0.01"), ceiling=Decimal("100.01"))
    assert (seen.same, seen.differ, seen.rose + seen.fell) == (2, 0, 0)


def test_nothing_is_stored(period):
    before = (Statement.objects.count(), Result.objects.count())
    tried(period, ("exam", 40), ("hours", 60))
    assert (Statement.objects.count(), Result.objects.count()) == before


def test_a_source_the_period_never_gathered_is_named(period):
    ratings.indicator("drill", source=Source.DRILL)
    seen = tried(period, ("exam", 40), ("drill", 60))
    assert [str(one) for one in seen.ungathered] == [str(preview.SOURCE_LABELS[Source.DRILL])]


def test_places_are_those_of_the_tried_rules(period):
    seen = tried(period, ("exam", 40), ("hours", 60))
    assert {one.result.roll.name: one.place for one in seen.changes} == {"乙": 1, "甲": 2}


def test_a_scheme_whose_indicator_is_gone_is_not_tried(period):
    assert tried(period, ("vanished", 100)) is None
    assert Indicator.objects.count() == 2


def test_readers_of_one_squad_see_their_own(period, squad):
    other = people.unit("西城中队")
    version = ratings.version(("exam", 100), scheme=period.scheme, adopted_at=None)
    assert preview.preview(version=version, period=period, scopes=[other.path]).changes == []
