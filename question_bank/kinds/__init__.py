"""Question kinds: one file each behind the contract in `base.py`."""

from question_bank.kinds import multiple_choice, single_choice, true_false
from question_bank.kinds.base import BadNormal, BadResponse, Kind, Outcome, Problem, Shown, Written

__all__ = ["BadNormal", "BadResponse", "Kind", "Outcome", "Problem", "Shown", "Written", "get", "names"]

_KINDS: dict[str, Kind] = {
    module.kind.name: module.kind for module in (single_choice, multiple_choice, true_false)
}


def get(name: str) -> Kind:
    """The kind of this name. Raises KeyError for a name nobody knows."""
    return _KINDS[name]


def names() -> list[str]:
    """The names of all kinds, in the order in which a paper asks them."""
    return list(_KINDS)
