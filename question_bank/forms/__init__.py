"""Forms of the question bank."""

from question_bank.forms.banks import (
    AnswerForm,
    BankForm,
    BankRuleForm,
    ChangesForm,
    MergeForm,
    MoveForm,
    PointsForm,
    PoolForm,
    ReasonForm,
    SayForm,
    UploadForm,
)
from question_bank.forms.bulk import BulkForm
from question_bank.forms.desk import FilterForm
from question_bank.forms.questions import QuestionForm

__all__ = [
    "AnswerForm",
    "BankForm",
    "BankRuleForm",
    "BulkForm",
    "ChangesForm",
    "FilterForm",
    "MergeForm",
    "MoveForm",
    "PointsForm",
    "PoolForm",
    "QuestionForm",
    "ReasonForm",
    "SayForm",
    "UploadForm",
]
