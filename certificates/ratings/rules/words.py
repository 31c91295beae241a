"""The fixed words of ratings: what stands in stored specifications and results. Codes, never texts."""

from enum import StrEnum


class Subject(StrEnum):
    """Who is assessed."""

    OFFICER = "officer"
    UNIT = "unit"


class Source(StrEnum):
    """Where facts come from."""

    EXAM = "exam"
    DRILL = "drill"
    HOURS = "hours"
    CONTEST = "contest"
    HONOUR = "honour"
    SANCTION = "sanction"
    MEASURE = "measure"
    SUPERVISION = "supervision"
    EXTERNAL = "external"
    IMPORTED = "imported"
    CASE_QUALITY = "case_quality"
    CASE_COUNT = "case_count"
    CERTIFICATE = "certificate"
    UNIT_EXAM = "unit_exam"
    UNIT_COVERAGE = "unit_coverage"
    UNIT_MEAN = "unit_mean"
    ROLL_UP = "roll_up"


class Kind(StrEnum):
    """What an indicator does to the score."""

    SCORE = "score"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"


class Combine(StrEnum):
    """How several facts become one value."""

    SUM = "sum"
    MEAN = "mean"
    BEST = "best"
    LAST = "last"
    COUNT = "count"
    SHARE = "share"


class Missing(StrEnum):
    """What a scoring line gives when nothing was found."""

    ZERO = "zero"
    SKIP = "skip"
    FULL = "full"


class Window(StrEnum):
    """Which days count: the period, the calendar year up to its end, or the twelve months up to its end."""

    PERIOD = "period"
    YEAR = "year"
    TWELVE_MONTHS = "twelve_months"


class ScaleKind(StrEnum):
    """How a value becomes points."""

    TARGET = "target"
    RANGE = "range"
    BANDS = "bands"
    EACH = "each"
    DIRECT = "direct"


class PeriodKind(StrEnum):
    """The four cycles, shortest first."""

    MONTHLY = "monthly_check"
    QUARTERLY = "quarterly_assessment"
    MIDYEAR = "midyear_review"
    ANNUAL = "annual_appraisal"


class How(StrEnum):
    """How the points of a line came about."""

    SCALED = "s"
    CAPPED = "c"
    MISSING_ZERO = "z"
    MISSING_SKIPPED = "k"
    MISSING_FULL = "f"
    NOTHING = "n"
    VETO = "v"
    UNUSED = "u"


class WhyStar(StrEnum):
    """Why somebody has the star they have."""

    NONE = "none"
    FIRST = "first"
    KEPT = "kept"
    PROMOTED = "promoted"
    DEMOTED = "demoted"
    WAITS_UP = "waits_up"
    WAITS_DOWN = "waits_down"
    VETOED = "vetoed"
