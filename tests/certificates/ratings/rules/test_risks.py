"""Which risks come first."""

from decimal import Decimal

import pytest

from certificates.ratings.rules.risks import GRAVE, MILD, SERIOUS, RiskKind, UnitFigures, worst


def only(**figures):
    return [(risk.kind, risk.level) for risk in worst([UnitFigures("a", **figures)])]


@pytest.mark.parametrize(
    ("without", "level"), [(1, MILD), (2, MILD), (3, SERIOUS), (4, SERIOUS), (5, GRAVE), (20, GRAVE)]
)
def test_more_than_a_tenth_unqualified_is_serious_and_more_than_a_fifth_grave(without, level):
    assert only(posted=20, without=without) == [(RiskKind.WITHOUT, level)]


@pytest.mark.parametrize(
    ("rate", "found"),
    [("59.9", [SERIOUS]), ("60", [MILD]), ("79.9", [MILD]), ("80", []), (None, [])],
)
def test_a_low_pass_rate_counts_and_a_missing_one_does_not(rate, found):
    levels = only(pass_rate=None if rate is None else Decimal(rate), sat=10)
    assert [level for _kind, level in levels] == found


def test_a_quiet_unit_has_no_risk():
    assert only(posted=20, pass_rate=Decimal(100), coverage=Decimal(60), staff=30) == []


def test_the_gravest_come_first_then_the_most_people_then_what_endangers_enforcement():
    units = [
        UnitFigures("a", review=9, coverage=Decimal(10), staff=9),
        UnitFigures("b", posted=10, without=2, ending=2),
        UnitFigures("c", posted=10, without=3),
    ]
    found = [(risk.key, risk.kind) for risk in worst(units, most=5)]
    assert found == [
        ("c", RiskKind.WITHOUT),
        ("b", RiskKind.WITHOUT),
        ("b", RiskKind.ENDING),
        ("a", RiskKind.REVIEW),
        ("a", RiskKind.COVERAGE),
    ]
    assert len(worst(units)) == 3
