"""Joining a law to the one it continues under a new name, and parting them again, by hand and on record."""

import datetime

from django.db import IntegrityError, transaction

from lianbing.kit import audit
from lianbing.library import queries
from lianbing.library.models import Law
from lianbing.library.services import effective
from lianbing.people.rules import Actor


class JoinRefused(Exception):
    """The two laws cannot be joined. `code`: same, joined, taken, circle, younger or changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def join_laws(*, law: Law, continues: Law, by: Actor, at: datetime.datetime) -> None:
    """Say that `law` goes on from `continues`. Both keep their addresses.

    Raises JoinRefused: a law continues one other at most and is continued by one, in no circle, and the
    older name comes first.
    """
    try:
        with transaction.atomic():
            _join(law, continues)
            effective.settle(law=law.pk, at=at)
            audit.record(
                stream="library", action="join_laws", by=by, at=at, subject=law, continues=str(continues)
            )
    except IntegrityError:
        raise JoinRefused("taken") from None


def _join(law: Law, older: Law) -> None:
    if law.pk == older.pk:
        raise JoinRefused("same")
    list(Law.objects.select_for_update().filter(pk__in=[law.pk, older.pk]).order_by("pk"))
    lines = queries.lines_of([law, older])
    if any(one.pk == law.pk for one in lines[older.pk].laws):
        raise JoinRefused("circle")
    first, second = (_first_day(lines[one.pk]) for one in (older, law))
    if first and second and second < first:
        raise JoinRefused("younger")
    if Law.objects.filter(pk=law.pk, continues=None).update(continues=older) != 1:
        raise JoinRefused("joined")


def _first_day(line: queries.LawLine) -> datetime.date | None:
    return min((day for edition in line.editions if (day := edition.holds_from)), default=None)


@transaction.atomic
def part_laws(*, law: Law, by: Actor, at: datetime.datetime) -> None:
    """Say that `law` stands on its own. Raises JoinRefused("changed") when it does already."""
    older = Law.objects.filter(continued_by=law.pk).first()
    if older is None or Law.objects.filter(pk=law.pk, continues=older).update(continues=None) != 1:
        raise JoinRefused("changed")
    for pk in (law.pk, older.pk):
        effective.settle(law=pk, at=at)
    audit.record(stream="library", action="part_laws", by=by, at=at, subject=law, continues=str(older))
