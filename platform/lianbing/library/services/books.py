"""Making the book of a post: a draft generated from what holds today, approved by a second person, confirmed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from lianbing.kit import audit, outbox
from lianbing.library import permissions
from lianbing.library.models import HandbookEdition, HandbookReceipt
from lianbing.library.queries import books as reading
from lianbing.library.rendering.book_content import Made, generate
from lianbing.library.rules.books import (
    DAYS_TO_CONFIRM,
    PARTS,
    PRESET,
    BookText,
    Difference,
    difference,
    empty_parts,
    examine,
)
from lianbing.library.rules.cards import Fault
from lianbing.people.models import Officer, Post
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "library"


class BookRefused(Exception):
    """The words cannot stand. `faults` says everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.code for fault in faults])
        self.faults = list(faults)


class CannotApprove(Exception):
    """Nothing was changed. `code`: role (not of the legal section), author (wrote it), moved (somebody changed
    it), stale (cards, articles or documents changed since it was generated), empty (a part says nothing)."""

    def __init__(self, code: str, parts: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.parts = code, list(parts)


class BookMoved(Exception):
    """Somebody else changed, approved or discarded the draft meanwhile, or there is one already."""


class NotTheirBook(Exception):
    """It is not the book this person has to have (any more)."""


def text_of(edition: HandbookEdition) -> BookText:
    """What people wrote into an edition."""
    return BookText(**{name: getattr(edition, name) for name in PARTS})


@transaction.atomic
def begin(*, post: Post | None, reason: str = "", by: Actor, at: datetime.datetime) -> HandbookEdition:
    """The draft of the next edition, with the words of the last one. Raises BookMoved where there is one.

    A first edition begins with the words of the common book, or with the preset.
    """
    last = reading.newest_of(post.pk if post else None)
    model = last or reading.newest_of(None)
    text, today = text_of(model) if model else PRESET, day_of(at)
    made = generate(post.pk if post else None, text.laws, today)
    try:
        with transaction.atomic():
            draft = HandbookEdition.objects.create(
                post=post,
                number=last.number + 1 if last else 1,
                content=made.content,
                made_of=made.made_of,
                reason=reason[:200],
                author_name=by.name[:50],
                writers=[by.user_id] if by.user_id else [],
                created_at=at,
                generated_at=at,
                confirm_by=today + datetime.timedelta(days=DAYS_TO_CONFIRM),
                **{name: getattr(text, name) for name in PARTS},
            )
    except IntegrityError:
        raise BookMoved from None
    audit.record(stream=STREAM, action="begin_book", by=by, at=at, subject=draft, number=draft.number)
    return draft


def begin_where_changed(*, by: Actor, at: datetime.datetime) -> int:
    """A draft for every post whose cards changed since its book, or who has cards of its own and no book.

    Posts with a draft are passed over. Returns how many were begun.
    """
    today = day_of(at)
    known, drafts, rows = reading.books(today), reading.drafts(), reading.cards_now()
    begun = 0
    for post in [None, *reading.posts()]:
        pk = post.pk if post else None
        if pk not in drafts and changed_cards(known.get(pk), rows, pk):
            begin(post=post, by=by, at=at)
            begun += 1
    return begun


def changed_cards(
    book: HandbookEdition | None, rows: Sequence[tuple[str, int, frozenset[int]]], post: int | None
) -> int:
    """How many cards came, changed or went since a book; without one, how many are the post's own."""
    now = reading.cards_of(rows, post)
    if book is None:
        own = sum(1 for _code, _version, posts in rows if post in posts)
        return own or (len(now) if post is None else 0)
    return difference({"cards": book.made_of.get("cards", {})}, {"cards": now}).cards.count


@transaction.atomic
def save(
    *,
    draft: HandbookEdition,
    text: BookText,
    reason: str,
    confirm_by: datetime.date,
    seen: int,
    by: Actor,
    at: datetime.datetime,
) -> HandbookEdition:
    """Keep the words of a draft and generate the rest anew. Raises BookRefused, BookMoved."""
    if faults := examine(text):
        raise BookRefused(faults)
    if confirm_by < day_of(at):
        raise BookRefused([Fault("confirm_by", "past")])
    _write(draft, seen, by, at, text, reason=reason[:200], confirm_by=confirm_by)
    draft.refresh_from_db()
    audit.record(stream=STREAM, action="write_book", by=by, at=at, subject=draft, number=draft.number)
    return draft


def _write(
    draft: HandbookEdition, seen: int, by: Actor, at: datetime.datetime, text: BookText, **facts: Any
) -> None:
    made = generate(draft.post_id, text.laws, day_of(at))
    writers = sorted({*draft.writers, *([by.user_id] if by.user_id else [])})
    done = HandbookEdition.objects.filter(pk=draft.pk, approved_at=None, edits=seen).update(
        **{name: getattr(text, name) for name in PARTS},
        **facts,
        content=made.content,
        made_of=made.made_of,
        generated_at=at,
        author_name=by.name[:50],
        writers=writers,
        edits=seen + 1,
    )
    if done != 1:
        raise BookMoved


@transaction.atomic
def refresh(*, draft: HandbookEdition, seen: int, at: datetime.datetime) -> None:
    """Generate the parts of a draft anew without touching the words: whoever does it has not written it.

    Raises BookMoved.
    """
    made = generate(draft.post_id, draft.laws, day_of(at))
    done = HandbookEdition.objects.filter(pk=draft.pk, approved_at=None, edits=seen).update(
        content=made.content, made_of=made.made_of, generated_at=at, edits=seen + 1
    )
    if done != 1:
        raise BookMoved


def since_generated(draft: HandbookEdition, on: datetime.date) -> Difference:
    """What changed in cards, articles and documents since a draft was generated."""
    return difference(draft.made_of, generate(draft.post_id, draft.laws, on).made_of)


def missing(edition: HandbookEdition) -> list[str]:
    """The parts of an edition in which nothing stands."""
    return empty_parts(text_of(edition), edition.content)


@transaction.atomic
def approve(*, draft: HandbookEdition, seen: int, by: Actor, at: datetime.datetime) -> HandbookEdition:
    """Freeze an edition: from today it is the book of its post. Raises CannotApprove."""
    if not permissions.can_keep(by) or by.user_id is None:
        raise CannotApprove("role")
    draft = HandbookEdition.objects.select_related("post").get(pk=draft.pk)
    if by.user_id in draft.writers:
        raise CannotApprove("author")
    if parts := missing(draft):
        raise CannotApprove("empty", parts)
    today = day_of(at)
    if _differs(generate(draft.post_id, draft.laws, today), draft):
        raise CannotApprove("stale")
    frozen = HandbookEdition.objects.filter(pk=draft.pk, approved_at=None, edits=seen)
    due = max(draft.confirm_by, today)
    facts = {"approver": by.user_id, "approver_name": by.name[:50], "confirm_by": due}
    if frozen.update(approved_at=at, dated=today, **facts) != 1:
        raise CannotApprove("moved")
    draft.refresh_from_db()
    outbox.publish("handbook_approved", {"edition": draft.pk, "post": draft.post_id}, at=at)
    audit.record(stream=STREAM, action="approve_book", by=by, at=at, subject=draft, number=draft.number)
    return draft


def _differs(made: Made, draft: HandbookEdition) -> bool:
    return bool(difference(draft.made_of, made.made_of))


@transaction.atomic
def discard(*, draft: HandbookEdition, by: Actor, at: datetime.datetime) -> None:
    """Throw a draft away; the book in use stays. Raises BookMoved when it is none any more."""
    # Without the order of lists, which joins the post: PostgreSQL locks no side of a join that may be missing.
    drafts = HandbookEdition.objects.select_for_update().filter(pk=draft.pk, approved_at=None).order_by()
    found = drafts.first()
    if found is None:
        raise BookMoved
    audit.record(stream=STREAM, action="discard_book", by=by, at=at, subject=found, number=found.number)
    found.delete()


@transaction.atomic
def confirm(*, edition: HandbookEdition, by: Actor, at: datetime.datetime) -> HandbookReceipt:
    """Somebody says that they hold this edition and have read it. Saying it again changes nothing.

    Raises NotTheirBook: it is another's, or a newer one has taken its place.
    """
    held = reading.mine(by.officer_id, day_of(at), whole=False)
    if by.officer_id is None or held.edition is None or held.edition.pk != edition.pk:
        raise NotTheirBook
    if held.receipt is not None:
        return held.receipt
    try:
        with transaction.atomic():
            made = HandbookReceipt.objects.create(
                edition=edition, officer=Officer.objects.get(pk=by.officer_id), name=by.name[:50], at=at
            )
    except IntegrityError:
        return HandbookReceipt.objects.get(edition=edition, officer=by.officer_id)
    audit.record(stream=STREAM, action="confirm_book", by=by, at=at, subject=edition, number=edition.number)
    told = {"officer": by.officer_id, "edition": edition.pk}
    outbox.publish("handbook_confirmed", told, at=at)
    return made
