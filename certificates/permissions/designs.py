"""Routes of designs, grants, renewals and prints of training certificates."""

from certificates.permissions.training import READERS
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

_HR = only(Role.HR, scope="unit")
_BUREAU = only(Role.HR, scope="all")

ROUTES: dict[str, Rule] = {
    "certificates:design_list": only(*READERS, scope="unit"),
    "certificates:design_new": _BUREAU,
    "certificates:design_edit": _BUREAU,
    "certificates:design_picture": only(*READERS, scope="unit"),
    "certificates:completions": _HR,
    "certificates:grant_for": _HR,
    "certificates:grant_by_hand": _HR,
    "certificates:renew": _HR,
    "certificates:prints": _HR,
}


def granting_scopes(actor: Actor) -> list[str]:
    """The unit paths for whose people one may grant certificates."""
    return actor.scopes(Role.HR)


def may_grant_in(actor: Actor, unit_path: str) -> bool:
    """Grant what a class of this unit is worth: HR over it."""
    return actor.covers(unit_path, Role.HR)
