"""Which learning tasks a person should have: from what is published, where they serve, what they have already.

Pure: the same input gives the same tasks, so that working it out again changes nothing.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from courses.rules.audience import Audience, Person, matches

WEEK = datetime.timedelta(days=7)
"""Whoever comes into the audience of a reading list late has a week of their own."""


@dataclass(frozen=True)
class Thing:
    """One item: its key (a course is the same key everywhere), its row, days after joining, elective or not."""

    key: str
    item: int
    due_days: int = 30
    elective: bool = False


@dataclass(frozen=True)
class Source:
    """A published path or list. With `due_on` one day holds for all; without, each thing has its days."""

    pk: int
    audience: Audience
    things: tuple[Thing, ...]
    published_on: datetime.date
    due_on: datetime.date | None = None
    induction: bool = False


@dataclass(frozen=True)
class Wanted:
    """A task as it should be."""

    key: str
    item: int
    due_on: datetime.date
    compulsory: bool
    sources: tuple[int, ...]


def due(source: Source, thing: Thing, assigned_on: datetime.date) -> datetime.date:
    """The last day for a thing somebody was given on a day."""
    if source.due_on is None:
        return assigned_on + datetime.timedelta(days=thing.due_days)
    late = assigned_on > source.published_on
    return max(source.due_on, assigned_on + WEEK) if late else source.due_on


def wanted(
    sources: Iterable[Source],
    person: Person | None,
    assigned: Mapping[str, datetime.date],
    today: datetime.date,
) -> dict[str, Wanted]:
    """The tasks of a person by key; none for somebody who serves nowhere.

    `assigned`: on which day they were given what they have. A thing wanted by several sources is one task: due
    on the earliest day, compulsory when any says so; an elective day never presses a compulsory one.
    """
    found: dict[str, Wanted] = {}
    if person is None:
        return found
    for source in sources:
        if matches(source.audience, person):
            for thing in source.things:
                day = due(source, thing, assigned.get(thing.key, today))
                new = Wanted(thing.key, thing.item, day, not thing.elective, (source.pk,))
                known = found.get(thing.key)
                found[thing.key] = _joined(known, new) if known else new
    return found


def _joined(first: Wanted, second: Wanted) -> Wanted:
    pressing = [one for one in (first, second) if one.compulsory] or [first, second]
    lead = min(pressing, key=lambda one: (one.due_on, one.item))
    sources = tuple(sorted({*first.sources, *second.sources}))
    return Wanted(lead.key, lead.item, lead.due_on, lead.compulsory, sources)


def unfinished(sources: Iterable[Source], person: Person | None, done: Iterable[str]) -> set[str]:
    """The keys of the compulsory things of induction that a person still has to do (R16)."""
    if person is None:
        return set()
    keys = {
        thing.key
        for source in sources
        if source.induction and matches(source.audience, person)
        for thing in source.things
        if not thing.elective
    }
    return keys - set(done)
