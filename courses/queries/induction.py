"""Who has not finished the induction (R16): they may not be posted."""

import datetime
from collections.abc import Collection

from courses.queries.assignments import done, in_force, sources
from courses.queries.audience import persons
from courses.rules.assignments import unfinished as left_to_do


def unfinished(officer_pks: Collection[int], on: datetime.date) -> set[int]:
    """Those of these officers who still have something compulsory of an induction path to do on `on`.

    Worked out from the facts, not from the tasks: somebody enlisted this very second is among them. Whoever no
    induction path is meant for has nothing to finish. At most eight statements.
    """
    asked = list(officer_pks)
    given = sources(in_force().filter(induction=True)) if asked else []
    if not given:
        return set()
    facts, people = done(given, asked), persons(on, asked)
    return {pk for pk in asked if left_to_do(given, people.get(pk), facts.get(pk, {}))}
