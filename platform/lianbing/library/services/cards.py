"""Writing cards and approving them: drafts by the legal section and trainers, approval by a second person."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianbing.kit import audit, bigrams, outbox
from lianbing.library import permissions
from lianbing.library.models import (
    Card,
    CardArticle,
    CardCitation,
    CardFlag,
    CardPost,
    CardVersion,
)
from lianbing.library.rules.cards import TEXTS, WORDS, CardText, Fault, basis_lines, code_fault, examine
from lianbing.library.services.card_articles import note_articles
from lianbing.library.services.cards_index import forget_card, index_card
from lianbing.people.models import Post
from lianbing.people.rules import Actor

STREAM = "library"
PLAIN = tuple(name for name in TEXTS if not name.endswith("_basis"))


class CardRefused(Exception):
    """The words of a card cannot stand. `faults` says everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__([fault.code for fault in faults])
        self.faults = list(faults)


class CardMoved(Exception):
    """Somebody else changed, approved or discarded the draft meanwhile."""


class SecondPersonNeeded(Exception):
    """`code`: role (not of the legal section), author (wrote it), unresolved (citations nobody looked at)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def faults_of(code: str, text: CardText) -> list[Fault]:
    """Everything that keeps a card from standing. One statement, for the posts."""
    found = [fault for fault in examine(text) if fault.refused]
    if problem := code_fault(code):
        found.insert(0, Fault("code", problem))
    known = set(Post.objects.filter(name__in=text.posts).values_list("name", flat=True))
    found += [Fault("posts", "post", name) for name in text.posts if name not in known]
    if text.procedure not in CardVersion.Procedure.values:
        found.append(Fault("procedure", "procedure", text.procedure))
    return found


@transaction.atomic
def save_draft(
    *,
    code: str,
    text: CardText,
    reason: str = "",
    seen: int = 0,
    by: Actor,
    at: datetime.datetime,
) -> CardVersion:
    """Keep the words of a card as its draft: a new card, a new version, or the draft that is there.

    `seen`: the saves of the draft that was shown, 0 where none was. Raises CardRefused, or CardMoved when the
    draft is another by now or lies with the legal section.
    """
    if faults := faults_of(code, text):
        raise CardRefused(faults)
    try:
        with transaction.atomic():
            version = _draft(code, seen, by, at)
    except IntegrityError:
        raise CardMoved from None
    plain = {name: getattr(text, name) for name in PLAIN}
    writers = sorted({*version.writers, *([by.user_id] if by.user_id else [])})
    changed = CardVersion.objects.filter(pk=version.pk, approved_at=None, edits=seen or 1)
    done = changed.update(
        **plain,
        reason=reason[:200],
        author_name=by.name[:50],
        writers=writers,
        returned="",
        edits=(seen or 0) + 1,
    )
    if done != 1:
        raise CardMoved
    version.refresh_from_db()
    _store_rest(version, text, at)
    _touch(version, Card.State.DRAFT, at)
    audit.record(
        stream=STREAM, action="write_card", by=by, at=at, subject=version.card, version=version.number
    )
    return version


def _draft(code: str, seen: int, by: Actor, at: datetime.datetime) -> CardVersion:
    """The draft to be written, made where there is none. Raises CardMoved."""
    card, _new = Card.objects.get_or_create(code=code, defaults={"created_at": at, "changed_at": at})
    card = Card.objects.select_for_update().get(pk=card.pk)
    newest = card.versions.order_by("-number").first()
    if newest is not None and newest.is_draft:
        if not seen or card.state == Card.State.IN_REVIEW:
            raise CardMoved
        return newest
    if seen:
        raise CardMoved
    number = newest.number + 1 if newest else 1
    return CardVersion.objects.create(
        card=card, number=number, created_at=at, author_name=by.name[:50], edits=1
    )


def _store_rest(version: CardVersion, text: CardText, at: datetime.datetime) -> None:
    """Posts and citations of a draft, anew."""
    version.posts.all().delete()
    version.citations.all().delete()
    posts = Post.objects.filter(name__in=text.posts)
    CardPost.objects.bulk_create(CardPost(version=version, post=post) for post in posts)
    lines = [(CardCitation.Basis.VIOLATION, line) for line in basis_lines(text.violation_basis)]
    lines += [(CardCitation.Basis.PENALTY, line) for line in basis_lines(text.penalty_basis)]
    CardCitation.objects.bulk_create(
        CardCitation(version=version, basis=basis, position=place, text=line)
        for place, (basis, line) in enumerate(lines)
    )
    note_articles(citations=list(version.citations.all()), on=timezone.localtime(at).date(), at=at)


def _touch(version: CardVersion, state: str, at: datetime.datetime) -> None:
    card = version.card
    card.latest, card.state, card.changed_at = version, Card.State(state), at
    card.save(update_fields=["latest", "state", "changed_at"])


@transaction.atomic
def submit(*, version: CardVersion, by: Actor, at: datetime.datetime) -> None:
    """Give a draft to the legal section. Raises CardMoved when it is no draft any more."""
    moved = Card.objects.filter(pk=version.card_id, state=Card.State.DRAFT, latest=version)
    if moved.update(state=Card.State.IN_REVIEW, changed_at=at) != 1:
        raise CardMoved
    audit.record(
        stream=STREAM, action="submit_card", by=by, at=at, subject=version.card, version=version.number
    )


@transaction.atomic
def take_back(*, version: CardVersion, by: Actor, at: datetime.datetime) -> None:
    """Take a card back from the legal section to write on. Raises CardMoved when it does not lie there."""
    _leave_review(version, Card.State.DRAFT, at)
    audit.record(
        stream=STREAM, action="take_back_card", by=by, at=at, subject=version.card, version=version.number
    )


@transaction.atomic
def send_back(*, version: CardVersion, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Send a card back to who wrote it. Raises SecondPersonNeeded, CardMoved."""
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    _leave_review(version, Card.State.DRAFT, at)
    CardVersion.objects.filter(pk=version.pk, approved_at=None).update(returned=reason[:300])
    audit.record(stream=STREAM, action="send_back_card", by=by, at=at, subject=version.card, reason=reason)


def _leave_review(version: CardVersion, state: str, at: datetime.datetime) -> None:
    """Exactly one person takes a card out of the review."""
    moved = Card.objects.filter(pk=version.card_id, state=Card.State.IN_REVIEW, latest=version)
    if moved.update(state=state, changed_at=at) != 1:
        raise CardMoved


@transaction.atomic
def approve(
    *, version: CardVersion, seen: int, gaps_seen: bool = False, by: Actor, at: datetime.datetime
) -> CardVersion:
    """Freeze a version and put it in the hands of everybody. `gaps_seen`: the citations that lead nowhere
    were looked at. Raises SecondPersonNeeded, CardMoved."""
    if not permissions.can_keep(by) or by.user_id is None:
        raise SecondPersonNeeded("role")
    version = CardVersion.objects.select_related("card").get(pk=version.pk)
    if by.user_id in version.writers:
        raise SecondPersonNeeded("author")
    _leave_review(version, Card.State.APPROVED, at)
    CardArticle.objects.filter(version=version, version__approved_at=None).delete()
    citations = list(version.citations.all())
    found = note_articles(citations=citations, on=timezone.localtime(at).date(), at=at)
    if found < len(citations) and not gaps_seen:
        raise SecondPersonNeeded("unresolved")
    frozen = CardVersion.objects.filter(pk=version.pk, approved_at=None, edits=seen)
    if frozen.update(approved_at=at, approver=by.user_id, approver_name=by.name[:50]) != 1:
        raise CardMoved
    version.refresh_from_db()
    put_in_use(version=version, by=by, at=at)
    announce(version=version, at=at)
    audit.record(
        stream=STREAM, action="approve_card", by=by, at=at, subject=version.card, version=version.number
    )
    return version


def announce(*, version: CardVersion, at: datetime.datetime) -> None:
    """Tell of an approval: `posts` are keys, none = every post; `first`: the matter is new in the handbook."""
    message = {
        "card": version.card_id,
        "version": version.pk,
        "posts": sorted(version.posts.values_list("post", flat=True)),
        "first": not CardVersion.objects.filter(card=version.card_id, number__lt=version.number).exists(),
    }
    outbox.publish("card_approved", message, at=at)


def put_in_use(*, version: CardVersion, by: Actor, at: datetime.datetime) -> None:
    """Make an approved version the one that is read, inside the caller's transaction."""
    words = "\n".join(str(getattr(version, name)) for name in WORDS)
    search = bigrams.fold(f"{version.card.code}\n{words}")
    Card.objects.filter(pk=version.card_id).update(current=version, search_text=search)
    CardFlag.objects.filter(version__card=version.card_id, closed_at=None).exclude(version=version).update(
        closed_at=at, outcome=CardFlag.Outcome.REVISED, by_name=by.name[:50]
    )
    index_card(version=version)


@transaction.atomic
def discard_draft(*, version: CardVersion, by: Actor, at: datetime.datetime) -> bool:
    """Throw a draft away; what is in use stays. Returns whether the card itself went with it, having no other.

    Raises CardMoved when it lies with the legal section or is approved.
    """
    card = Card.objects.select_for_update().get(pk=version.card_id)
    if card.state != Card.State.DRAFT or card.latest_id != version.pk:
        raise CardMoved
    audit.record(stream=STREAM, action="discard_card", by=by, at=at, subject=card, version=version.number)
    before = card.versions.exclude(approved_at=None).order_by("-number").first()
    state = Card.State.APPROVED if card.current_id else Card.State.WITHDRAWN
    Card.objects.filter(pk=card.pk).update(latest=before, state=state, changed_at=at)
    CardVersion.objects.get(pk=version.pk, approved_at=None).delete()
    if before is None:
        Card.objects.filter(pk=card.pk).delete()
        forget_card(card=card.pk)
    return before is None
