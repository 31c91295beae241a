"""Who may do what during a match: which events are a service's own, and whom a judge may not judge."""

from exams.contests.models import ContestStaff
from lianbing.people.ports import Rule, signed_in
from lianbing.people.rules import Actor

ROUTES: dict[str, Rule] = {
    "contests:result_pdf": signed_in(scope="unit"),
    "contests:record_pdf": signed_in(scope="own"),
}
SERVICE_KINDS = frozenset({"pressed", "early", "closed"})
JUDGING = frozenset({"ruled", "scored", "fouled", "overridden"})
STAFF = frozenset(ContestStaff.Role.values)


def own_unit(actor: Actor, kind: str, unit_path: str) -> bool:
    """Whether this would be judging the team of one's own unit (domain.md 2.2: judges may not judge their own unit).

    Own is the unit one serves in: the team's own or one below it. Who serves above both teams judges both; guests
    belong to no unit of the bureau.
    """
    return kind in JUDGING and bool(unit_path) and actor.unit_path.startswith(unit_path)
