"""Stars and scores worked out by hand on paper, against the system.

Each case is one person: what was found, line by line, and what comes out at every step. The sums are written
beside the cases; nothing here was computed by the code under test.
"""

from decimal import Decimal as D

import pytest

from certificates.ratings.rules import presets
from certificates.ratings.rules.scoring import Part, score
from certificates.ratings.rules.stars import Previous
from certificates.ratings.rules.words import PeriodKind, WhyStar

DAY = "2026-10-15"
MONTH, QUARTER, YEAR = PeriodKind.MONTHLY, PeriodKind.QUARTERLY, PeriodKind.ANNUAL


def _values(found):
    return {
        code: [(D(number), DAY, place) for place, number in enumerate(numbers)]
        for code, numbers in found.items()
    }


def _month(code, found):
    preset = presets.preset(code)
    indicators = {(one.code, one.version): one for one in preset.indicators}
    return score(preset.scheme, indicators, _values(found), kind=MONTH)


STAR_MONTHS = [
    (
        # exams (92 + 85) / 2 = 88.50 -> 88.50 / 100 × 30 = 26.55; hours 2 + 1.5 = 3.50 / 5 × 20 = 14.00
        # drills 91.25 / 100 × 20 = 18.25; case files 95 / 100 × 20 = 19.00; conduct 88 / 100 × 10 = 8.80
        # 26.55 + 14.00 + 18.25 + 19.00 + 8.80 = 86.60; one honour + 2.00 = 88.60
        "an honour is added",
        {"exam_mean": ["92", "85"], "hours_month": ["2", "1.5"], "drill_mastery": ["91.25"],
         "case_quality": ["95"], "conduct": ["88"], "honour_bonus": ["1"]},
        ["26.55", "14.00", "18.25", "19.00", "8.80", "0.00", "2.00", "0.00", "0.00", "0.00"],
        "88.60", "良好", "",
    ),
    (
        # hours 7 of 5: held at 20.00; the other lines full: 30 + 20 + 20 + 20 + 10 = 100.00
        # three honours 3 × 2 = 6, at most 4; contest 5, at most 3: 107 -> held at 100.00
        "nothing goes above the ceiling",
        {"exam_mean": ["100"], "hours_month": ["7"], "drill_mastery": ["100"], "case_quality": ["100"],
         "conduct": ["100"], "honour_bonus": ["1", "1", "1"], "contest_bonus": ["5"]},
        ["30.00", "20.00", "20.00", "20.00", "10.00", "3.00", "4.00", "0.00", "0.00", "0.00"],
        "100.00", "优秀", "",
    ),
    (
        # no exam, no case file: 50 of 100 points left out. hours 5/5 × 20 = 20.00; drills 66.67/100 × 20 = 13.334 -> 13.33
        # conduct 80/100 × 10 = 8.00; 41.33 / 50 × 100 = 82.66
        "lines without entries are left out and the rest scaled up",
        {"hours_month": ["5"], "drill_mastery": ["66.67"], "conduct": ["80"]},
        ["0.00", "20.00", "13.33", "0.00", "8.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
        "82.66", "良好", "",
    ),
    (
        # exams (70 + 75 + 80.5) / 3 = 75.1666… -> 75.17 × 30 / 100 = 22.551 -> 22.55; hours 0 -> 0.00
        # drills 59.99 × 20 / 100 = 11.998 -> 12.00; case files 81.5 × 20 / 100 = 16.30; conduct 90 -> 9.00 : 59.85
        # findings 2.5 + 1 = 3.50 off; one yellow card 5 off : 59.85 - 8.50 = 51.35
        "findings and a yellow card are taken off",
        {"exam_mean": ["70", "75", "80.5"], "drill_mastery": ["59.99"], "case_quality": ["81.5"],
         "conduct": ["90"], "finding_deduction": ["2.5", "1"], "yellow_card": ["1"]},
        ["22.55", "0.00", "12.00", "16.30", "9.00", "0.00", "0.00", "-3.50", "-5.00", "0.00"],
        "51.35", "不合格", "",
    ),
    (
        # exams 96 -> 28.80; hours 5 -> 20.00; drills 98 -> 19.60; case files 97 -> 19.40; conduct 95 -> 9.50 : 97.30
        # a sanction is a veto: the score stays, the grade is 合格 at most
        "a sanction holds the grade down",
        {"exam_mean": ["96"], "hours_month": ["5"], "drill_mastery": ["98"], "case_quality": ["97"],
         "conduct": ["95"], "sanction_veto": ["1"]},
        ["28.80", "20.00", "19.60", "19.40", "9.50", "0.00", "0.00", "0.00", "0.00", "0.00"],
        "97.30", "合格", "sanction_veto",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("found", "points", "total", "grade", "veto"), [one[1:] for one in STAR_MONTHS],
                         ids=[one[0] for one in STAR_MONTHS])  # fmt: skip
def test_a_month_of_the_star_scheme_as_worked_out_by_hand(found, points, total, grade, veto):
    outcome = _month("star", found)
    assert [str(line.points) for line in outcome.lines] == points
    assert (str(outcome.score), outcome.grade, outcome.vetoed_by) == (total, grade, veto)
    assert outcome.star.star is None  # a month gives no stars


# The quarter is the mean of its months; stars at 95, 90, 80, 70, 60; one step up at once, one down after two.
STAR_QUARTERS = [
    # (88.60 + 100 + 82.66) / 3 = 90.42 -> earns 4; a first star is 3 at most
    (["88.60", "100", "82.66"], [], "90.42", 4, 3, WhyStar.FIRST),
    # two months only: (88.60 + 82.66) / 2 = 85.63 -> 3, as before
    (["88.60", "82.66"], [(3, 4)], "85.63", 3, 3, WhyStar.KEPT),
    # (100 + 97.30 + 88.60) / 3 = 95.30 -> earns 5, from 3: one step
    (["100", "97.30", "88.60"], [(3, 3)], "95.30", 5, 4, WhyStar.PROMOTED),
    # (51.35 + 82.66 + 88.60) / 3 = 74.2033… -> 74.20 earns 2, from 4: first time below, it waits
    (["51.35", "82.66", "88.60"], [(4, 4)], "74.20", 2, 4, WhyStar.WAITS_DOWN),
    # again (74.20), after a quarter that earned 3: both below 4, one step
    (["51.35", "82.66", "88.60"], [(4, 4), (4, 3)], "74.20", 2, 3, WhyStar.DEMOTED),
    # a quarter without a result breaks the row: it waits anew
    (["51.35", "82.66", "88.60"], [(4, 3), None], "74.20", 2, 4, WhyStar.WAITS_DOWN),
    # (80 + 80 + 79.99) / 3 = 79.99666… -> 80.00 : three stars, exactly
    (["80", "80", "79.99"], [(2, 2)], "80.00", 3, 3, WhyStar.PROMOTED),
    # (80 + 80 + 79.98) / 3 = 79.9933… -> 79.99 : two
    (["80", "80", "79.98"], [(2, 2)], "79.99", 2, 2, WhyStar.KEPT),
]


@pytest.mark.parametrize(("months", "before", "total", "earned", "star", "why"), STAR_QUARTERS)
def test_a_quarters_star_as_worked_out_by_hand(months, before, total, earned, star, why):
    preset = presets.preset("star")
    indicators = {(one.code, one.version): one for one in preset.indicators}
    parts = [Part(place, MONTH, D(one)) for place, one in enumerate(months)]
    previous = [None if one is None else Previous(*one) for one in before]
    outcome = score(preset.scheme, indicators, {}, previous, kind=QUARTER, parts=parts)
    assert str(outcome.score) == total
    assert outcome.star[:3] == (star, earned, why)


def test_a_year_is_its_quarters_and_its_first_half():
    """Quarters (90.42 + 85.63 + 95.30 + 74.20) / 4 = 86.3875 -> 86.39; 86.39 × 80 + 88.03 × 20 = 8671.80 / 100."""
    preset = presets.preset("star")
    indicators = {(one.code, one.version): one for one in preset.indicators}
    quarters = [
        Part(place, QUARTER, D(one)) for place, one in enumerate(["90.42", "85.63", "95.30", "74.20"])
    ]
    parts = [*quarters, Part(9, PeriodKind.MIDYEAR, D("88.03"))]
    outcome = score(preset.scheme, indicators, {}, (), kind=YEAR, parts=parts)
    assert (str(outcome.score), outcome.grade, outcome.star.star) == ("86.72", "良好", 3)


def test_a_veto_takes_the_star_at_once():
    preset = presets.preset("star")
    indicators = {(one.code, one.version): one for one in preset.indicators}
    parts = [Part(1, MONTH, D("97.30"))]
    values = _values({"sanction_veto": ["1"]})
    outcome = score(preset.scheme, indicators, values, [Previous(5, 5)], kind=QUARTER, parts=parts)
    assert (str(outcome.score), outcome.grade) == ("97.30", "合格")
    assert outcome.star == (0, 5, WhyStar.VETOED, (5, 0))


def test_auxiliaries_begin_with_a_hundred_and_lose_points():
    """100 - 3 late × 0.5 - 1 meeting × 2 - 1 uniform × 0.5 + 1 excellent post × 5 = 101 -> held at 100."""
    found = {"late_or_early": ["1", "1", "1"], "absent_activity": ["1"], "uniform": ["1"]}
    assert str(_month("auxiliary", found).score) == "96.00"
    assert str(_month("auxiliary", {**found, "excellent_post": ["1"]}).score) == "100.00"


def test_half_of_a_civil_servants_year_is_the_mean_of_the_months():
    """conduct 90 × 50 % = 45.00; exams 80 × 20 % = 16.00; hours 51 / 60 × 30 = 25.50 : 86.50

    Months (91 + 84 + 88) / 3 = 87.67; (87.67 × 50 + 86.50 × 50) / 100 = 87.085 -> 87.09
    """
    preset = presets.preset("civil_servant")
    indicators = {(one.code, one.version): one for one in preset.indicators}
    values = _values({"conduct": ["90"], "exam_mean": ["80"], "hours_year": ["51"]})
    parts = [Part(place, MONTH, D(one)) for place, one in enumerate(["91", "84", "88"])]
    outcome = score(preset.scheme, indicators, values, kind=YEAR, parts=parts)
    assert (str(outcome.own), str(outcome.score), outcome.grade) == ("86.50", "87.09", "称职")


def test_who_has_no_entries_at_all_is_not_assessed():
    preset = presets.preset("road_administration")
    indicators = {(one.code, one.version): one for one in preset.indicators}
    assert score(preset.scheme, indicators, {}, kind=PeriodKind.MIDYEAR, parts=()) is None
