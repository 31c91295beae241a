"""Editors: one for each question kind, behind the contract in `base.py`."""

from question_bank.forms.bodies.base import Editor, Sent
from question_bank.forms.bodies.case_analysis import CaseAnalysis
from question_bank.forms.bodies.choices import Choices
from question_bank.forms.bodies.fill_blank import FillBlank
from question_bank.forms.bodies.ordering import Ordering
from question_bank.forms.bodies.true_false import TrueFalse
from question_bank.forms.bodies.written import Written

__all__ = ["Editor", "Sent", "get", "names"]

_PLAIN: dict[str, Editor] = {
    "single_choice": Choices(one_right=True),
    "multiple_choice": Choices(one_right=False),
    "indefinite_choice": Choices(one_right=False),
    "true_false": TrueFalse(),
    "fill_blank": FillBlank(),
    "ordering": Ordering(),
    "short_answer": Written(limit=300),
    "essay": Written(limit=2000),
}
_EDITORS: dict[str, Editor] = {**_PLAIN, "case_analysis": CaseAnalysis(_PLAIN)}


def get(kind: str) -> Editor:
    """The editor of a kind. Raises KeyError for a kind that cannot be written in a form."""
    return _EDITORS[kind]


def names() -> list[str]:
    """The kinds that can be written in a form."""
    return list(_EDITORS)
