"""Question kinds: one file each behind the contract in `base.py`."""

from question_bank.kinds import case_analysis, plain
from question_bank.kinds.base import BadNormal, BadResponse, Kind, Outcome, Problem, Shown, Written

__all__ = ["BadNormal", "BadResponse", "Kind", "Outcome", "Problem", "Shown", "Written", "get", "names"]

_KINDS: dict[str, Kind] = {**plain.KINDS, case_analysis.kind.name: case_analysis.kind}


def get(name: str) -> Kind:
    """The kind of this name. Raises KeyError for a name nobody knows."""
    return _KINDS[name]


def names() -> list[str]:
    """The names of all kinds, in the order in which a paper asks them."""
    return list(_KINDS)
