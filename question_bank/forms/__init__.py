"""Forms of the question bank."""

from question_bank.forms.banks import (
    AnswerForm,
    BankForm,
    BankRuleForm,
    ChangesForm,
    FilterForm,
    PointsForm,
    PoolForm,
    ReasonForm,
    SayForm,
    UploadForm,
)
from question_bank.forms.questions import QuestionForm

__all__ = [
    "AnswerForm",
    "BankForm",
    "BankRuleForm",
    "ChangesForm",
    "FilterForm",
    "PointsForm",
    "PoolForm",
    "QuestionForm",
    "ReasonForm",
    "SayForm",
    "UploadForm",
]
