"""The desks of a match are for those who serve at the contest; the big screen for them and its organisers."""

from collections.abc import Collection

from exams.contests.models import Contest, ContestStaff
from exams.contests.permissions.authoring import organises
from lianbing.people.ports import Rule, signed_in
from lianbing.people.rules import Actor

ROUTES: dict[str, Rule] = {
    "contests:host": signed_in(scope="own"),
    "contests:judge": signed_in(scope="own"),
    "contests:screen": signed_in(scope="own"),
}
_JUDGES = {ContestStaff.Role.JUDGE, ContestStaff.Role.CHIEF_REFEREE}


def sits_at_host_desk(roles: Collection[str]) -> bool:
    """Whether somebody with these roles at the contest opens the host's desk."""
    return ContestStaff.Role.HOST in roles


def sits_at_judges_desk(roles: Collection[str]) -> bool:
    """Whether somebody with these roles at the contest opens the judges' desk: a judge or the chief referee."""
    return bool(_JUDGES.intersection(roles))


def puts_up_screen(actor: Actor, contest: Contest, roles: Collection[str]) -> bool:
    """Whether `actor` may put the big screen up: whoever serves at the contest or organises it."""
    return bool(roles) or organises(actor, contest)
