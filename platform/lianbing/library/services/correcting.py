"""Correcting what stands about an edition: who issued it, its number, its dates. Never its words."""

import datetime
import hashlib
from typing import Any

from django.db import transaction

from lianbing.kit import audit
from lianbing.library import queries
from lianbing.library.models import LawEdition
from lianbing.library.rules import validity
from lianbing.library.rules.validity import Clash, Conflict
from lianbing.library.services import effective
from lianbing.library.services.editions import EditionInUse
from lianbing.people.rules import Actor

FACTS = ("issuing_body", "document_number", "published_on", "effective_on", "effective_to", "repealed_by")
REFUSED = (Conflict.SAME_DAY, Conflict.OVERLAP, Conflict.ENDS_BEFORE_IT_BEGINS, Conflict.START_IGNORED)


class ContradictoryDates(Exception):
    """The new dates contradict themselves or another edition's; `clashes` says how, `line` names them."""

    def __init__(self, line: queries.LawLine, clashes: list[Clash]) -> None:
        super().__init__(*[clash.kind for clash in clashes])
        self.line = line
        self.clashes = clashes


def facts_seen(edition: LawEdition) -> str:
    """A mark of what stands about an edition now, to notice that somebody else has changed it since."""
    return hashlib.sha256(repr([str(getattr(edition, name)) for name in FACTS]).encode()).hexdigest()[:32]


@transaction.atomic
def correct_edition(
    *, edition: LawEdition, facts: dict[str, Any], seen: str, reason: str, by: Actor, at: datetime.datetime
) -> bool:
    """Set the `facts` (a value for each of FACTS) of an edition. Its address stays. False: nothing differs.

    `seen` is `facts_seen` of what the person looked at. Raises EditionInUse when that is no longer what
    stands there, ContradictoryDates when the dates do not go together.
    """
    current = LawEdition.objects.select_for_update().filter(queries.STANDING, pk=edition.pk).first()
    if current is None or facts_seen(current) != seen:
        raise EditionInUse
    changes = {
        name: [str(getattr(current, name) or ""), str(facts[name] or "")]
        for name in FACTS
        if (getattr(current, name) or "") != (facts[name] or "")
    }
    if not changes:
        return False
    before = _refused(queries.line_of(current.law))
    LawEdition.objects.filter(pk=current.pk).update(**{name: facts[name] for name in changes})
    line = queries.line_of(current.law)
    clashes = [clash for clash in _refused(line) if clash not in before and current.pk in clash.keys]
    if clashes:
        raise ContradictoryDates(line, clashes)
    effective.settle(law=current.law_id, at=at)
    audit.record(
        stream="library",
        action="correct_edition",
        by=by,
        at=at,
        subject=current,
        reason=reason,
        changes=changes,
    )
    return True


def _refused(line: queries.LawLine) -> list[validity.Clash]:
    return [clash for clash in line.timeline.clashes if clash.kind in REFUSED]
