"""Reading the books of the posts: whose is whose, who has not confirmed, what changed since."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from lianbing.library.models import Card, CardFlag, CardVersion, HandbookEdition, HandbookReceipt
from lianbing.library.permissions import BOOK_FOLLOWERS
from lianbing.library.queries.receipts import Tally
from lianbing.library.rules.books import DAYS_TO_CONFIRM
from lianbing.people.models import Appointment, Post
from lianbing.people.queries import appointments_in, serving_on, unit_names
from lianbing.people.rules import Actor

HEAVY = ("content", "duties", "laws", "procedures", "discipline", "equipment")
Books = Mapping[int | None, HandbookEdition]


def approved(on: datetime.date) -> QuerySet[HandbookEdition]:
    """Editions that are books on a day, the newest of a post first."""
    found = HandbookEdition.objects.filter(approved_at__isnull=False, dated__lte=on)
    return found.select_related("post").order_by("post", "-number")


def books(on: datetime.date) -> dict[int | None, HandbookEdition]:
    """The book of every post on a day, without its text; under None that of posts without one. One statement."""
    found: dict[int | None, HandbookEdition] = {}
    for edition in approved(on).defer(*HEAVY):
        found.setdefault(edition.post_id, edition)
    return found


def book_of(post: int | None, on: datetime.date) -> HandbookEdition | None:
    """The whole book of a post: its own, else the common one. One statement."""
    found = (
        approved(on).filter(Q(post=post) | Q(post=None)).order_by(F("post").asc(nulls_last=True), "-number")
    )
    return found.first()


def whose(books: Books, post: int | None) -> HandbookEdition | None:
    """Which of these is the book of a post."""
    return books.get(post) or books.get(None)


@dataclass(frozen=True)
class Mine:
    """Somebody's book: where they serve, the edition, their receipt for it, and by when it is due."""

    appointment: Appointment | None
    edition: HandbookEdition | None
    receipt: HandbookReceipt | None
    due_on: datetime.date | None


def mine(officer: int | None, on: datetime.date, *, whole: bool = True) -> Mine:
    """The book somebody has to have on a day, by the post they hold on it. Three statements.

    A change of post is felt with the next look: nothing is kept that would have to be told of it.
    """
    place = Appointment.objects.filter(serving_on(on), officer=officer).select_related("post").first()
    if place is None:
        return Mine(None, None, None, None)
    edition = book_of(place.post_id, on) if whole else whose(books(on), place.post_id)
    if edition is None:
        return Mine(place, None, None, None)
    ids = Q(officer=officer) | Q(officer__merged_into=officer)
    receipt = HandbookReceipt.objects.filter(ids, edition=edition).first()
    return Mine(place, edition, receipt, due_for(edition, place.starts_on))


def due_for(edition: HandbookEdition, since: datetime.date) -> datetime.date:
    """The last day to confirm for somebody who holds the post since a day: a week at least."""
    return max(edition.confirm_by, since + datetime.timedelta(days=DAYS_TO_CONFIRM))


@dataclass(frozen=True)
class Holder:
    """One person with the book they have to have and whether they confirmed it."""

    unit_path: str
    unit: str
    staff_number: str
    name: str
    post: str
    edition: HandbookEdition
    due_on: datetime.date
    read_at: datetime.datetime | None
    late: bool


def _serving(actor: Actor, on: datetime.date) -> QuerySet[Appointment]:
    """The people whose receipts a staff member follows: serving today in the units of their grants."""
    people = appointments_in(actor.scopes(*BOOK_FOLLOWERS), on)
    return people.filter(officer__user__is_rehearsal=False)


def holders(actor: Actor, on: datetime.date, edition: HandbookEdition | None = None) -> list[Holder]:
    """Everybody this person looks after who has a book to confirm, or those of one edition. Four statements."""
    known = books(on)
    people = _serving(actor, on)
    if edition is not None and edition.post_id is not None:
        people = people.filter(post=edition.post_id)
    columns = (
        "officer",
        "post",
        "starts_on",
        "unit__path",
        "officer__staff_number",
        "officer__name",
        "post__name",
    )
    found = [
        (row, book)
        for row in people.values_list(*columns)
        if (book := whose(known, row[1])) is not None and (edition is None or book.pk == edition.pk)
    ]
    read = _receipts({book.pk for _row, book in found})
    names = unit_names({row[3] for row, _book in found})
    made = []
    for (officer, _post, since, path, number, name, post), book in found:
        at, due = read.get((book.pk, officer)), due_for(book, since)
        made.append(
            Holder(path, names[path], number, name, post, book, due, at, late=at is None and due < on)
        )
    return made


def _receipts(editions: Collection[int]) -> dict[tuple[int, int], datetime.datetime]:
    """When who confirmed, by (edition, officer); a record that was merged speaks for the one that stayed."""
    rows = HandbookReceipt.objects.filter(edition__in=editions).values_list(
        "edition", "officer", "officer__merged_into", "at"
    )
    return {(edition, merged or officer): at for edition, officer, merged, at in rows}


def tallies(actor: Actor, on: datetime.date, known: Books) -> dict[int, Tally]:
    """For each of these books the numbers among the people this person looks after. One statement."""
    if not known:
        return {}
    cases = [When(post=post, then=Value(one.pk)) for post, one in known.items() if post is not None]
    common = known.get(None)
    book = Case(*cases, default=Value(common.pk if common else None), output_field=BigIntegerField())
    same = Q(officer=OuterRef("officer")) | Q(officer__merged_into=OuterRef("officer"))
    read = Exists(HandbookReceipt.objects.filter(same, edition=OuterRef("book")))
    overdue = [one.pk for one in known.values() if one.confirm_by < on]
    week = on - datetime.timedelta(days=DAYS_TO_CONFIRM)
    people = _serving(actor, on).order_by().annotate(book=book).annotate(read=read)
    counted = (
        people.exclude(book=None)
        .values_list("book")
        .annotate(
            total=Count("pk"),
            confirmed=Count("pk", filter=Q(read=True)),
            late=Count("pk", filter=Q(read=False, book__in=overdue, starts_on__lt=week)),
        )
    )
    return {pk: Tally(total, confirmed, late) for pk, total, confirmed, late in counted}


def tally(some: Collection[Holder]) -> Tally:
    """How many have a book to confirm, did, and did not though their day is past."""
    return Tally(len(some), sum(one.read_at is not None for one in some), sum(one.late for one in some))


def by_unit(some: Iterable[Holder]) -> list[tuple[str, Tally]]:
    """The numbers of each unit in the order of the tree."""
    grouped: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for one in some:
        grouped[one.unit_path, one.unit].append(one)
    return [(unit, tally(rows)) for (_path, unit), rows in sorted(grouped.items())]


def all_drafts() -> QuerySet[HandbookEdition]:
    """Editions that are not approved yet, at most one a post."""
    return HandbookEdition.objects.filter(approved_at=None)


def drafts() -> dict[int | None, HandbookEdition]:
    """The drafts by post, without their texts."""
    return {edition.post_id: edition for edition in all_drafts().select_related("post").defer(*HEAVY)}


def draft_of(post: int | None) -> HandbookEdition | None:
    """The draft of a post."""
    return HandbookEdition.objects.filter(approved_at=None, post=post).first()


def newest_of(post: int | None) -> HandbookEdition | None:
    """The newest approved edition of a post itself, whole."""
    return HandbookEdition.objects.filter(approved_at__isnull=False, post=post).order_by("-number").first()


def editions_of(post: int | None) -> QuerySet[HandbookEdition]:
    """Every approved edition of a post, the newest first, without the texts."""
    return (
        HandbookEdition.objects.filter(approved_at__isnull=False, post=post).defer(*HEAVY).order_by("-number")
    )


def posts() -> list[Post]:
    """Every post."""
    return list(Post.objects.all())


def cards_now() -> list[tuple[str, int, frozenset[int]]]:
    """(code, version, posts) of every card in use. One statement."""
    rows = CardVersion.objects.filter(card__current=F("pk")).values_list("card__code", "pk", "posts__post")
    found: dict[tuple[str, int], set[int]] = {}
    for code, version, post in rows.order_by("item", "card__code"):
        held = found.setdefault((code, version), set())
        if post:
            held.add(post)
    return [(code, version, frozenset(posts)) for (code, version), posts in found.items()]


def cards_of(rows: Sequence[tuple[str, int, frozenset[int]]], post: int | None) -> dict[str, int]:
    """The cards of a post among them, its own and those for everybody, code -> version."""
    return {code: version for code, version, posts in rows if not posts or post in posts}


def flagged_in(edition: HandbookEdition) -> list[CardVersion]:
    """The cards of a book whose basis changed since: their officers are to be told. One statement."""
    versions = list(edition.made_of.get("cards", {}).values())
    open_ones = CardFlag.objects.filter(closed_at=None, version__in=versions).values("version")
    return list(CardVersion.objects.filter(pk__in=open_ones).select_related("card").order_by("card__code"))


def gone_and_newer(edition: HandbookEdition) -> tuple[list[Card], list[CardVersion]]:
    """The cards of a book that were taken out of use since, and the versions that others have by now. One statement."""
    held: Mapping[str, int] = edition.made_of.get("cards", {})
    found = Card.objects.filter(code__in=list(held)).select_related("current", "latest").order_by("code")
    gone = [card for card in found if card.current is None]
    newer = [card.current for card in found if card.current and card.current_id != held[card.code]]
    return gone, newer
