"""Schemes: drafts, presets, adoption."""

import datetime
from decimal import Decimal

import pytest

from certificates.ratings.models import IndicatorVersion, Scheme, SchemeVersion
from certificates.ratings.queries.schemes import scheme_of, version_for
from certificates.ratings.rules import presets
from certificates.ratings.rules import schemes as rules
from certificates.ratings.services import schemes
from tests.factories import ratings

pytestmark = pytest.mark.django_db
JANUARY = datetime.date(2026, 1, 1)


def from_preset(code, at, title="方案"):
    return schemes.from_preset(preset=presets.preset(code), title=title, by=ratings.HR, at=at)


def adopt(version, at, starts_on=JANUARY):
    return schemes.adopt(version=version, starts_on=starts_on, by=ratings.HR, at=at)


@pytest.mark.parametrize("code", [one.code for one in presets.PRESETS])
def test_every_preset_can_be_adopted_as_it_is(code, at):
    version = from_preset(code, at)
    assert schemes.problems_of(version) == []
    assert adopt(version, at).adopted_at == at


def test_adoption_freezes_the_indicators_it_names_and_no_others(at):
    version = from_preset("star", at)
    from_preset("unit_target", at)
    adopt(version, at)
    frozen = set(IndicatorVersion.objects.filter(frozen_at=at).values_list("indicator__code", flat=True))
    assert frozen == {line.code for line in scheme_of(version).lines}


def test_two_presets_share_the_indicators_they_both_name(at):
    from_preset("star", at)
    from_preset("civil_servant", at)
    assert IndicatorVersion.objects.filter(indicator__code="exam_mean").count() == 1


def test_an_unsound_draft_is_kept_but_not_adopted_and_freezes_nothing(at):
    ratings.indicator("score")
    IndicatorVersion.objects.all()
    draft = schemes.create(
        title="半成品",
        scheme=rules.Scheme(lines=(rules.Line("score", 1, Decimal(60)),), bands=presets.BANDS["90_80_60"]),
        by=ratings.HR,
        at=at,
    )
    with pytest.raises(schemes.SchemeRefused) as refused:
        adopt(draft, at)
    assert [problem.code for problem in refused.value.problems] == ["total"]
    draft.refresh_from_db()
    assert draft.adopted_at is None


def test_a_version_is_adopted_once(at):
    version = adopt(from_preset("star", at), at)
    with pytest.raises(schemes.SchemeRefused):
        adopt(version, at)


def test_changing_an_adopted_scheme_begins_a_draft_beside_it(at):
    version = adopt(from_preset("star", at), at)
    changed = rules.Scheme(**{**scheme_of(version).__dict__, "min_size": 3})
    draft = schemes.save_draft(scheme=version.scheme, title="新题名", rules_=changed, by=ratings.HR, at=at)
    assert (draft.number, draft.adopted_at) == (2, None)
    assert Scheme.objects.get().title == "新题名"
    again = schemes.save_draft(scheme=version.scheme, title="新题名", rules_=changed, by=ratings.HR, at=at)
    assert again.pk == draft.pk


def test_a_period_takes_the_version_of_its_first_day(at):
    first = adopt(from_preset("star", at), at)
    draft = schemes.save_draft(
        scheme=first.scheme, title="方案", rules_=scheme_of(first), by=ratings.HR, at=at
    )
    adopt(draft, at, datetime.date(2026, 7, 1))
    days = [datetime.date(2026, 6, 1), datetime.date(2026, 7, 1)]
    assert [version_for(first.scheme, day).number for day in days] == [1, 2]
    assert version_for(first.scheme, datetime.date(2025, 12, 31)) is None


def test_a_newer_version_does_not_start_before_an_older_one(at):
    first = adopt(from_preset("star", at), at, datetime.date(2026, 7, 1))
    draft = schemes.save_draft(
        scheme=first.scheme, title="方案", rules_=scheme_of(first), by=ratings.HR, at=at
    )
    with pytest.raises(schemes.SchemeRefused, match=r"2026-07-01"):
        adopt(draft, at, JANUARY)


def test_a_draft_can_be_thrown_away_and_takes_a_scheme_without_other_versions_along(at):
    schemes.discard(version=from_preset("star", at), by=ratings.HR, at=at)
    assert not Scheme.objects.exists()


def test_what_is_adopted_is_not_thrown_away(at):
    version = adopt(from_preset("star", at), at)
    with pytest.raises(schemes.SchemeRefused):
        schemes.discard(version=version, by=ratings.HR, at=at)
    assert SchemeVersion.objects.count() == 1
