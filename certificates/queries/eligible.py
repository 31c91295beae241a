"""HR's list: who may apply, who still needs what, who is barred, who holds a certificate already.

Everybody of one's units is judged in a constant number of statements; what is chosen is chosen afterwards.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from certificates.models import Proposal, QualifyingRules
from certificates.queries import enforcement_rules
from certificates.queries.duty import people_with_duty, with_state
from certificates.queries.eligibility import in_force, verdicts
from certificates.rules.qualifying import Verdict
from certificates.state.enforcement import State
from courses.queries.audience import among
from lianbing.people.models import Officer
from lianbing.people.queries import appointments_in, day_of

HOLDS, READY, LACKS, BARRED = "holds", "ready", "lacks", "barred"
STANDINGS = (HOLDS, READY, LACKS, BARRED)
# Who holds a certificate, in force or not just now: eligibility is asked of those who would apply.
HOLDING = frozenset({State.ACTIVE, State.DUE_FOR_REVIEW, State.SUSPENDED, State.LOST, State.WITHDRAWN})


@dataclass(frozen=True)
class Filter:
    """What HR asked. `unit_paths` must already lie within the reader's scopes; the rest is optional.

    `category` "" means enforcement officers; "all" means everybody. `lacking` names a part that is missing.
    """

    unit_paths: tuple[str, ...]
    standing: str = ""
    lacking: str = ""
    category: str = ""
    post_id: int | None = None
    search: str = ""


@dataclass(frozen=True)
class Line:
    """One person of the list."""

    officer: Officer
    unit: str
    post: str
    verdict: Verdict
    state: State
    certificate_uid: uuid.UUID | None
    standing: str


@dataclass(frozen=True)
class Lines:
    """What was asked for, the counts of everybody under the other filters, and the rules they are judged by."""

    shown: list[Line] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    rules: QualifyingRules | None = None


def people(asked: Filter, on: datetime.date) -> QuerySet[Any]:
    """The appointments in force of everybody asked for, before anybody is judged."""
    found: QuerySet[Any] = appointments_in(list(asked.unit_paths), on).filter(
        officer__user__is_rehearsal=False
    )
    if asked.category != "all":
        found = found.filter(officer__category=asked.category or Officer.Category.OFFICER.value)
    if asked.post_id:
        found = found.filter(post_id=asked.post_id)
    if asked.search:
        found = found.filter(
            Q(officer__name__icontains=asked.search)
            | Q(officer__staff_number__icontains=asked.search)
            | Q(officer__badge_number__icontains=asked.search)
        )
    return found


def one(officer_id: int, on: datetime.date) -> Any:
    """A person with what `duty.people_with_duty` adds and `proposal_uid`, `proposed` where one waits; or None.

    Two statements.
    """
    waiting = Proposal.objects.filter(officer=OuterRef("pk"), state=Proposal.State.OPEN)
    found = Officer.objects.filter(pk=officer_id, merged_into=None).annotate(
        proposal_uid=Subquery(waiting.values("uid")[:1]), proposed=Subquery(waiting.values("proposed")[:1])
    )
    return people_with_duty(found, on, enforcement_rules.in_force()).first()


def lines(asked: Filter, at: datetime.datetime) -> Lines:
    """Everybody asked for, judged by the rules in force. At most ten statements, however many there are.

    Without rules there is nothing to judge by: then nobody is listed.
    """
    day = day_of(at)
    rules = in_force(day)
    if rules is None:
        return Lines()
    rows = list(people(asked, day))
    held = _holdings([row.officer_id for row in rows], day)
    barred = {pk: row.blocked_until for pk, row in held.items() if row.blocked_until}
    judged = verdicts([row.officer for row in rows], rules.rule, day, barred)
    found = [_line(row, judged[row.officer_id], held.get(row.officer_id)) for row in rows]
    counts = Counter(line.standing for line in found)
    counts["people"] = len(found)
    for line in found:
        if line.standing == LACKS:
            counts.update(part.part.value for part in line.verdict.missing)
    return Lines([line for line in found if _asked(line, asked)], counts, rules)


def _holdings(officers: Collection[int], day: datetime.date) -> dict[int, Any]:
    """What these people hold, with `standing` (a State), their own record's first. Two statements.

    Read on its own: a subquery for every row of the list would look through the register for each of them.
    """
    wanted = set(officers)
    rows = with_state(day, enforcement_rules.in_force()).filter(
        among("officer", wanted) | among("officer__merged_into", wanted)
    )
    found: dict[int, Any] = {}
    for row in rows.annotate(kept=Coalesce("officer__merged_into", "officer")).order_by("pk"):
        if row.kept in wanted and (row.kept not in found or row.officer_id == row.kept):
            found[row.kept] = row
    return found


def _line(row: Any, verdict: Verdict, held: Any) -> Line:
    state = State(held.standing) if held else State.NOT_APPLIED
    return Line(
        officer=row.officer,
        unit=row.unit.name,
        post=row.post.name,
        verdict=verdict,
        state=state,
        certificate_uid=held.uid if held else None,
        standing=standing_of(verdict, state),
    )


def standing_of(verdict: Verdict, state: State) -> str:
    """Where somebody belongs: barred by law, holding one, ready to apply, or lacking something."""
    if verdict.barred:
        return BARRED
    if state in HOLDING:
        return HOLDS
    return READY if verdict.eligible else LACKS


def _asked(line: Line, asked: Filter) -> bool:
    if asked.standing in STANDINGS and line.standing != asked.standing:
        return False
    missing = {part.part.value for part in line.verdict.missing}
    return not asked.lacking or (asked.lacking in missing and line.standing != HOLDS)
