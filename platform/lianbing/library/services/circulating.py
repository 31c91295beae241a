"""Giving a document to people to read, and what they answer (docs/decisions/0019)."""

import datetime
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianbing.kit import audit, outbox
from lianbing.library import ports
from lianbing.library.models import CheckTry, Circulation, LibraryDocument, Reader, Receipt
from lianbing.library.permissions import FOLLOWERS
from lianbing.library.queries import documents as reading
from lianbing.library.queries import receipts as readers
from lianbing.library.rules.documents import (
    JOINING_DAYS,
    MOST_QUESTIONS,
    Standing,
    due_for_joiner,
    passed,
)
from lianbing.people.models import Post, Unit
from lianbing.people.rules import SYSTEM, Actor

HOLDING = frozenset({Standing.IN_FORCE, Standing.PENDING})
BATCH = 500


class CannotCirculate(Exception):
    """Nothing was saved. `code`: not_published, holds_no_more, outside (a unit that is not theirs), past (the
    day), nobody (in the audience), questions (too many, or not to be asked), stopped."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CannotConfirm(Exception):
    """Nothing was saved. `code`: closed, check_first, not_theirs, blank (a question without an answer)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Wish:
    """To whom, until when, with which questions. `uid` tells the same form sent twice."""

    uid: uuid.UUID
    units: Sequence[Unit]
    due_on: datetime.date
    posts: Sequence[Post] = ()
    categories: Sequence[str] = ()
    note: str = ""
    questions: Sequence[str] = ()
    pass_at: int = 0


@transaction.atomic
def circulate(*, document: LibraryDocument, wish: Wish, by: Actor, at: datetime.datetime) -> Circulation:
    """Give the published text of a document to an audience. The same wish twice is one circulation.

    Raises CannotCirculate.
    """
    today = timezone.localtime(at).date()
    _guard(document, wish, by, today)
    paths = [unit.path for unit in wish.units]
    posts = [post.pk for post in wish.posts]
    people = [one.officer_id for one in readers.audience(paths, posts, wish.categories, today)]
    if not people:
        raise CannotCirculate("nobody")
    try:
        with transaction.atomic():
            made = Circulation.objects.create(
                uid=wish.uid,
                document=document,
                revision=document.live_revision,
                title=document.title,
                note=wish.note,
                categories=list(wish.categories),
                due_on=wish.due_on,
                questions=list(wish.questions),
                pass_at=min(wish.pass_at or len(wish.questions), len(wish.questions)),
                by_name=by.name[:50],
                by_user=by.user_id,
                at=at,
            )
    except IntegrityError:
        return Circulation.objects.get(uid=wish.uid)
    made.units.set(wish.units)
    made.posts.set(wish.posts)
    _add(made, people, at, joined=False)
    audit.record(
        stream="library",
        action="circulate",
        by=by,
        at=at,
        subject=made,
        revision=made.revision_id,
        readers=len(people),
        due_on=wish.due_on.isoformat(),
        questions=len(wish.questions),
    )
    return made


def _guard(document: LibraryDocument, wish: Wish, by: Actor, today: datetime.date) -> None:
    if not document.live or document.live_revision_id is None:
        raise CannotCirculate("not_published")
    if reading.standing_of(document, today) not in HOLDING:
        raise CannotCirculate("holds_no_more")
    if not all(by == SYSTEM or by.covers(unit.path, *FOLLOWERS) for unit in wish.units):
        raise CannotCirculate("outside")
    if wish.due_on < today:
        raise CannotCirculate("past")
    source = ports.check_source()
    known = len(source.named(wish.questions)) if source and wish.questions else 0
    if len(wish.questions) > MOST_QUESTIONS or known != len(wish.questions):
        raise CannotCirculate("questions")


def _add(circulation: Circulation, officers: Collection[int], at: datetime.datetime, *, joined: bool) -> None:
    day = timezone.localtime(at).date()
    due = due_for_joiner(circulation.due_on, day) if joined else circulation.due_on
    rows = [
        Reader(circulation=circulation, officer_id=pk, due_on=due, joined=joined, added_at=at)
        for pk in officers
    ]
    Reader.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def add_joiners(*, at: datetime.datetime) -> int:
    """Add those who came into the audience of an open circulation since. Returns how many.

    They have a week of their own. What was due more than 90 days ago takes nobody in any more.
    """
    today = timezone.localtime(at).date()
    recent = Circulation.objects.filter(
        readers.still_open(today), due_on__gte=today - datetime.timedelta(days=JOINING_DAYS)
    )
    added = 0
    for circulation in recent.prefetch_related("units", "posts").order_by("pk"):
        known = set(circulation.readers.values_list("officer", flat=True))
        found = readers.audience_of(circulation, today).values_list("officer", flat=True)
        new = [pk for pk in found if pk not in known]
        if new:
            _add(circulation, new, at, joined=True)
            added += len(new)
    return added


@transaction.atomic
def stop(*, circulation: Circulation, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Nobody need read it any more; receipts stay. Raises CannotCirculate("stopped")."""
    stopped = Circulation.objects.filter(pk=circulation.pk, stopped_at=None).update(
        stopped_at=at, stopped_because=reason[:300]
    )
    if stopped != 1:
        raise CannotCirculate("stopped")
    audit.record(
        stream="library", action="stop_circulation", by=by, at=at, subject=circulation, reason=reason
    )


def _open(reader: Reader, by: Actor, at: datetime.datetime) -> None:
    if by.officer_id is None or reader.officer_id != by.officer_id:
        raise CannotConfirm("not_theirs")
    fresh = Circulation.objects.select_related("document").get(pk=reader.circulation_id)
    if fresh.is_closed(timezone.localtime(at).date()):
        raise CannotConfirm("closed")


def asked(reader: Reader) -> list[str]:
    """The keys of the questions of its check that may still be asked."""
    source = ports.check_source()
    keys = reader.circulation.questions
    return [one.key for one in source.named(keys)] if source and keys else []


@transaction.atomic
def confirm(*, reader: Reader, by: Actor, at: datetime.datetime) -> Receipt:
    """Somebody says that they have read it. Saying it again changes nothing. Raises CannotConfirm."""
    known = Receipt.objects.filter(reader=reader).first()
    if known is not None:
        return known
    _open(reader, by, at)
    if asked(reader) and not readers.has_passed(reader):
        raise CannotConfirm("check_first")
    revision = reader.circulation.revision_id
    try:
        with transaction.atomic():
            made = Receipt.objects.create(reader=reader, revision_id=revision, name=by.name[:50], at=at)
    except IntegrityError:
        return Receipt.objects.get(reader=reader)
    audit.record(stream="library", action="confirm_reading", by=by, at=at, subject=reader.circulation)
    told = {"officer": reader.officer_id, "document": reader.circulation.document_id}
    outbox.publish("document_read", told, at=at)
    return made


@transaction.atomic
def try_check(*, reader: Reader, sent: Mapping[str, list[str]], by: Actor, at: datetime.datetime) -> CheckTry:
    """Mark what was sent and keep it. Every try is kept; the first that is enough counts for good.

    Raises CannotConfirm: closed, not_theirs, blank.
    """
    _open(reader, by, at)
    source, keys = ports.check_source(), asked(reader)
    if source is None or not keys:
        raise CannotConfirm("closed")
    found = source.mark(keys, sent)
    if found.blank:
        raise CannotConfirm("blank")
    return CheckTry.objects.create(
        reader=reader,
        answers=dict(found.answers),
        right=found.right,
        asked=found.asked,
        passed=passed(found.right, found.asked, reader.circulation.pass_at),
        at=at,
    )
