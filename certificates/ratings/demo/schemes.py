"""The schemes of the demo bureau: the presets, with quarters of their own and lines left out that have no entries."""

import dataclasses
from decimal import Decimal
from typing import Any

from certificates.ratings.rules import presets
from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.schemes import Line, Movement
from certificates.ratings.rules.words import Missing, PeriodKind, ScaleKind


def _left_out(one: Indicator, **changes: Any) -> Indicator:
    return dataclasses.replace(one, missing=Missing.SKIP, **changes)


HOURS = _left_out(
    presets.HOURS_MONTH,
    code="hours_quarter",
    title="季度培训学时",
    scale=Scale(ScaleKind.TARGET, target=Decimal(15)),
    description="当季学时，每季十五学时即全年六十学时的四分之一。",
)
DRILL = _left_out(presets.DRILL)
OTHERS = (
    presets.CONTEST,
    presets.HONOUR,
    presets.FINDING,
    presets.YELLOW_CARD,
    presets.SANCTION,
)
WEIGHTS = {
    "exam_mean": 20,
    "hours_quarter": 5,
    "drill_mastery": 5,
    "case_quality": 35,
    "conduct": 35,
    **{one.code: 1 for one in OTHERS},
}
STARS = dataclasses.replace(
    presets.STAR,
    indicators=(presets.EXAM, HOURS, DRILL, presets.CASE_QUALITY, presets.CONDUCT, *OTHERS),
    scheme=dataclasses.replace(
        presets.STAR.scheme,
        lines=tuple(Line(code, 1, Decimal(weight)) for code, weight in WEIGHTS.items()),
        movement=Movement(up_after=1, down_after=2, most_up=1, most_down=1, first_at_most=3),
        roll_up={PeriodKind.ANNUAL: {PeriodKind.QUARTERLY: Decimal(100)}},
    ),
)
SQUADS = dataclasses.replace(
    presets.UNIT, indicators=tuple(_left_out(one) for one in presets.UNIT.indicators)
)
