"""Which schemes are refused; the presets stand."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from certificates.ratings.rules import reading, schemes
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.presets import BANDS, PRESETS, STARS
from certificates.ratings.rules.problems import BadSpec
from certificates.ratings.rules.schemes import Line, Movement, Scheme, Veto
from certificates.ratings.rules.words import Kind, PeriodKind, Source

QUALITY = Indicator("quality", title="案卷质量", source=Source.CASE_QUALITY)
COUNT = Indicator("count", title="办案数量", source=Source.CASE_COUNT)
BONUS = Indicator("bonus", title="办案数量加分", source=Source.CASE_COUNT, kind=Kind.BONUS, cap=D(5))
HOURS = Indicator("hours", title="学时", source=Source.HOURS)
UNITS = Indicator("units", title="覆盖率", source=Source.UNIT_COVERAGE)
FINES = Indicator("fines", title="罚没收入")
KNOWN = {(one.code, 1): one for one in (QUALITY, COUNT, BONUS, HOURS, UNITS, FINES)}
SOUND = Scheme(
    lines=(Line("hours", 1, D(100)),), bands=BANDS["90_80_60"], stars=STARS, star_kinds=tuple(PeriodKind)
)


def _codes(**fields):
    return {problem.code for problem in schemes.check(replace(SOUND, **fields), KNOWN)}


@pytest.mark.parametrize("preset", PRESETS, ids=[one.code for one in PRESETS])
def test_every_preset_is_sound_and_survives_being_stored(preset):
    indicators = {(one.code, one.version): one for one in preset.indicators}
    assert schemes.check(preset.scheme, indicators) == []
    assert reading.scheme(preset.scheme.subject, reading.scheme_spec(preset.scheme)) == preset.scheme
    for one in preset.indicators:
        assert reading.indicator(one.code, 1, reading.indicator_spec(one)) == one


def test_a_sound_scheme_has_no_problem():
    assert _codes() == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"lines": ()}, "no_lines"),
        ({"lines": (Line("hours", 1, D(50)), Line("hours", 1, D(50)))}, "twice"),
        ({"lines": (Line("gone", 1, D(100)),)}, "unknown"),
        ({"lines": (Line("hours", 1, D(0)),)}, "not_positive"),
        ({"lines": (Line("hours", 1, D(90)),)}, "total"),
        ({"lines": (Line("units", 1, D(100)),)}, "for_units_only"),
        ({"lines": (Line("fines", 1, D(100)),)}, "fine_income"),
        ({"base": D(10)}, "total"),
        ({"floor": D(100)}, "not_above_floor"),
        ({"bands": ()}, "none"),
        ({"bands": ((D(60), "合格"), (D(80), "良好"))}, "not_falling"),
        ({"bands": ((D(60), "合格"),)}, "gap_below"),
        ({"bands": ((D(101), "优秀"), (D(0), "不合格"))}, "out_of_reach"),
        ({"bands": ((D(60), "合格"), (D(0), "合格"))}, "names"),
        ({"veto": Veto(grade_at_most="好")}, "unknown_grade"),
        ({"stars": ((D(90), 6), (D(0), 0))}, "star_range"),
        ({"stars": ((D(90), 1), (D(0), 2))}, "not_falling"),
        ({"star_kinds": ()}, "none"),
        ({"movement": Movement(up_after=0)}, "periods"),
        ({"roll_up": {"monthly_check": {"quarterly_assessment": D(1)}}}, "not_inside"),
        ({"roll_up": {"weekly": {"own": D(1)}}}, "unknown"),
        ({"roll_up": {"annual_appraisal": {}}}, "weights"),
    ],
)
def test_what_makes_no_sense_is_named(fields, code):
    assert code in _codes(**fields)


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        ((("count", 100),), True),
        ((("count", 51), ("quality", 49)), True),
        ((("count", 50), ("quality", 50)), False),
        ((("quality", 100), ("bonus", 1)), False),
        ((("hours", 100), ("bonus", 1)), True),
        ((("hours", 96), ("quality", 4), ("bonus", 1)), True),
    ],
)
def test_numbers_of_cases_stand_only_beside_their_quality(lines, refused):
    made = tuple(Line(code, 1, D(weight)) for code, weight in lines)
    assert ("counts_beside_quality" in _codes(lines=made)) is refused


@pytest.mark.parametrize(
    ("spec", "where", "code"),
    [
        ([], "", "object"),
        ({"what": 1}, "what", "unknown_key"),
        ({"base": 1.5}, "base", "number"),
        ({"base": "1.005"}, "base", "number"),
        ({"base": "NaN"}, "base", "number"),
        ({"base": True}, "base", "number"),
        ({"base": "1e9"}, "base", "number"),
        ({"lines": "x"}, "lines", "list"),
        ({"lines": [{"code": 5}]}, "lines.0.code", "text"),
        ({"stars": [["90"]]}, "stars.0", "step"),
        ({"star_kinds": ["weekly"]}, "star_kinds.0", "choice"),
        ({"min_size": -1}, "min_size", "count"),
        ({"veto": {"star_at_most": 9}}, "veto.star_at_most", "star_range"),
        ({"roll_up": {"annual_appraisal": 5}}, "roll_up.annual_appraisal", "object"),
    ],
)
def test_a_document_that_is_no_scheme_is_refused_where_it_is_wrong(spec, where, code):
    with pytest.raises(BadSpec) as refused:
        reading.scheme("officer", spec)
    assert (refused.value.problem.field, refused.value.problem.code) == (where, code)
