"""Who is to read what, who has, and who has not by the day."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianbing.library.models import CheckTry, Circulation, LibraryDocument, Reader
from lianbing.library.permissions import FOLLOWERS
from lianbing.people.models import Appointment
from lianbing.people.queries import appointments_in, unit_names
from lianbing.people.rules import Actor


def audience(
    unit_paths: list[str], posts: Collection[int], categories: Collection[str], on: datetime.date
) -> QuerySet[Appointment]:
    """Whom a circulation reaches on a day: serving in these units with everything below, posts, categories."""
    found = appointments_in(unit_paths, on).filter(officer__user__is_rehearsal=False)
    if posts:
        found = found.filter(post__in=posts)
    if categories:
        found = found.filter(officer__category__in=categories)
    return found


def audience_of(circulation: Circulation, on: datetime.date) -> QuerySet[Appointment]:
    """Whom this circulation reaches on a day."""
    paths = [unit.path for unit in circulation.units.all()]
    posts = [post.pk for post in circulation.posts.all()]
    return audience(paths, posts, circulation.categories, on)


def still_open(on: datetime.date) -> Q:
    """The condition on Circulation that it is still to be read: not stopped, the document not repealed."""
    ends = Q(document__effective_to=None) | Q(document__effective_to__gt=on)
    return Q(stopped_at=None) & ends


def _serving(actor: Actor, on: datetime.date) -> QuerySet[Appointment]:
    """The people a staff member looks after: serving today in the units of their grants."""
    return appointments_in(actor.scopes(*FOLLOWERS), on)


def circulations_for(actor: Actor, on: datetime.date) -> QuerySet[Circulation]:
    """Circulations that reach somebody this person looks after, or that they made; newest first."""
    people = _serving(actor, on).order_by().values("officer")
    reached = Reader.objects.filter(circulation=OuterRef("pk"), officer__in=people)
    found = Circulation.objects.filter(Exists(reached) | Q(by_user=actor.user_id, by_user__isnull=False))
    return found.select_related("document").defer("document__body")


@dataclass(frozen=True)
class Tally:
    """How many are to read, have read, and have not though their day is past."""

    total: int = 0
    read: int = 0
    late: int = 0

    @property
    def waiting(self) -> int:
        """Who has not read, late or not."""
        return self.total - self.read


def tallies(circulations: Iterable[Circulation], actor: Actor, on: datetime.date) -> dict[int, Tally]:
    """For each circulation the numbers among the people this person looks after. One statement."""
    people = _serving(actor, on).order_by().values("officer")
    rows = Reader.objects.filter(circulation__in=list(circulations), officer__in=people).order_by()
    counted = rows.values_list("circulation").annotate(
        total=Count("pk"),
        read=Count("receipt"),
        late=Count("pk", filter=Q(receipt=None, due_on__lt=on)),
    )
    return {pk: Tally(total, read, late) for pk, total, read, late in counted}


def circulation_named(uid: uuid.UUID, actor: Actor, on: datetime.date) -> Circulation | None:
    """One circulation that this person may follow, or None."""
    return circulations_for(actor, on).filter(uid=uid).prefetch_related("units", "posts").first()


@dataclass(frozen=True)
class Row:
    """One reader where they serve today."""

    unit_path: str
    unit: str
    staff_number: str
    name: str
    post: str
    due_on: datetime.date
    joined: bool
    read_at: datetime.datetime | None
    tries: int
    late: bool


def rows_of(circulation: Circulation, actor: Actor, on: datetime.date) -> list[Row]:
    """Every reader this person looks after, by unit and staff number. Four statements.

    Somebody who was transferred stands under the unit of today; who has left the bureau is not among them.
    """
    readers = {
        reader.officer_id: reader
        for reader in circulation.readers.select_related("receipt").annotate(count=Count("tries"))
    }
    found = [one for one in _serving(actor, on) if one.officer_id in readers]
    names = unit_names({one.unit.path for one in found})
    return [_row(one, readers[one.officer_id], names[one.unit.path], on) for one in found]


def _row(appointment: Appointment, reader: Reader, unit: str, on: datetime.date) -> Row:
    receipt = getattr(reader, "receipt", None)
    return Row(
        appointment.unit.path,
        unit,
        appointment.officer.staff_number,
        appointment.officer.name,
        appointment.post.name,
        reader.due_on,
        reader.joined,
        receipt.at if receipt else None,
        getattr(reader, "count", 0),
        receipt is None and reader.due_on < on,
    )


def by_unit(rows: Sequence[Row]) -> list[tuple[str, Tally]]:
    """The numbers of each unit, in the order of the tree."""
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.unit_path, row.unit].append(row)
    return [
        (unit, Tally(len(some), sum(r.read_at is not None for r in some), sum(r.late for r in some)))
        for (_path, unit), some in sorted(grouped.items())
    ]


def to_read(officer_id: int | None, on: datetime.date) -> QuerySet[Reader]:
    """What somebody still has to read, what is due first standing first."""
    open_ones = Circulation.objects.filter(still_open(on))
    found = Reader.objects.filter(officer=officer_id, receipt=None, circulation__in=open_ones)
    return found.select_related("circulation").order_by("due_on", "pk")


def has_read(officer_id: int | None) -> QuerySet[Reader]:
    """What somebody has confirmed, newest first."""
    found = Reader.objects.filter(officer=officer_id, receipt__isnull=False)
    return found.select_related("circulation", "receipt").order_by("-receipt__at")


def reader_of(uid: uuid.UUID, officer_id: int | None) -> Reader | None:
    """Somebody's own place in a circulation, or None when it was not given to them."""
    found = Reader.objects.filter(circulation__uid=uid, officer=officer_id, officer__isnull=False)
    related = ("circulation__document", "circulation__revision", "receipt", "officer")
    return found.select_related(*related).first()


def has_passed(reader: Reader) -> bool:
    """Whether one of the tries was enough."""
    return reader.tries.filter(passed=True).exists()


def last_try(reader: Reader) -> CheckTry | None:
    """The newest try at the short check."""
    return reader.tries.first()


def open_circulations_of(document: LibraryDocument, on: datetime.date) -> QuerySet[Circulation]:
    """Circulations of a document that people still have to read, newest first."""
    return document.circulations.filter(still_open(on))
