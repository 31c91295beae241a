"""What ratings store: indicators, schemes, periods, facts, statements, results, appeals, and the records behind points."""

from certificates.ratings.models.catalogue import Indicator, IndicatorVersion, Scheme, SchemeVersion
from certificates.ratings.models.extracts import Extract
from certificates.ratings.models.facts import Fact
from certificates.ratings.models.office_templates import OfficeTemplate
from certificates.ratings.models.periods import Gathering, Period, PeriodEvent, Roll, Statement
from certificates.ratings.models.records import ImportedScore, Record, RecordWithdrawal, ScoreSource
from certificates.ratings.models.results import Appeal, AppealEvent, Exclusion, Result

__all__ = [
    "Appeal",
    "AppealEvent",
    "Exclusion",
    "Extract",
    "Fact",
    "Gathering",
    "ImportedScore",
    "Indicator",
    "IndicatorVersion",
    "OfficeTemplate",
    "Period",
    "PeriodEvent",
    "Record",
    "RecordWithdrawal",
    "Result",
    "Roll",
    "Scheme",
    "SchemeVersion",
    "ScoreSource",
    "Statement",
]
