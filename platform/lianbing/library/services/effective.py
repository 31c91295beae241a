"""Work out what every change of editions does to articles, and tell the apps above when its day has come.

`touch` belongs into the transaction of whatever changes an edition or joins laws; `settle` works the rows out
anew; `announce` runs by the clock and tells of each event once, however long the server was off.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from lianbing.kit import outbox
from lianbing.library import ports
from lianbing.library.models import ArticleChange, Law, LawEdition, LawEvent, Unsettled
from lianbing.library.queries.amendments import articles_of, family_of, spans_of
from lianbing.library.rules import amending
from lianbing.library.rules.amending import Event, Lapse

AT_ONCE = 200
CHUNK = 900
Key = tuple[int, str, datetime.date]


def touch(laws: Iterable[int]) -> None:
    """Note, inside the caller's transaction, that editions of these laws (primary keys) changed."""
    Unsettled.objects.bulk_create([Unsettled(law_id=pk) for pk in sorted(set(laws))], ignore_conflicts=True)


@transaction.atomic
def settle(*, law: int, at: datetime.datetime) -> None:
    """Work out anew the events of a law (its primary key), of those it continues and of those that continue it.

    What was announced stays on record; if it no longer follows from the editions, its articles count as
    good again.
    """
    family = family_of(law)
    list(Law.objects.select_for_update().filter(pk__in=family))
    editions = spans_of(family)
    checked = {edition.pk for edition in editions if edition.status == LawEdition.Status.PUBLISHED}
    spans = [edition.span for edition in editions]
    acting = [span for span in spans if span.key in checked]
    since = {edition.pk: timezone.localtime(edition.imported_at).date() for edition in editions}
    events = _store_events(family, amending.events(acting), since, at)
    _store_changes(events, _lapses(amending.chains(spans, checked)))
    Unsettled.objects.filter(law__in=family).delete()


def _lapses(chains: dict[int, list[Event]]) -> list[Lapse]:
    needed = {edition for edition, chain in chains.items() if chain}
    if not needed:
        return []
    texts = articles_of(needed | {event.edition for chain in chains.values() for event in chain})
    compared: dict[tuple[int, int], dict[int, amending.Match]] = {}

    def match(old: int, new: int) -> dict[int, amending.Match]:
        if (old, new) not in compared:
            compared[old, new] = amending.matched(texts.get(old, []), texts.get(new, []))
        return compared[old, new]

    numbers = {edition: [row[0] for row in texts.get(edition, [])] for edition in chains}
    return amending.lapses(chains, numbers, match)


def _store_events(
    family: Collection[int], wanted: list[Event], since: dict[int, datetime.date], at: datetime.datetime
) -> dict[Key, LawEvent]:
    """The rows of the events, by (edition, kind, day); those that no longer follow are taken away."""
    today = timezone.localtime(at).date()
    here = {_key(row): row for row in LawEvent.objects.filter(edition__law__in=family)}
    kept: dict[Key, LawEvent] = {}
    for event in wanted:
        key = (event.edition, event.kind, event.on)
        row = here.pop(key, None)
        if row is None:
            known = since[event.edition] if event.kind == amending.AMENDED else today
            row = LawEvent(edition_id=event.edition, kind=event.kind, on=event.on, known_on=known)
        if row.announced_at is None and (row.pk is None or row.replaces_id != event.replaces):
            row.replaces_id = event.replaces
            row.save()
        kept[key] = row
    ArticleChange.objects.filter(event__in=[row.pk for row in here.values()]).delete()
    LawEvent.objects.filter(pk__in=[r.pk for r in here.values() if r.announced_at is None]).delete()
    return kept


def _key(row: LawEvent) -> Key:
    return row.edition_id, row.kind, row.on


def _store_changes(events: dict[Key, LawEvent], lapses: list[Lapse]) -> None:
    """Make the stored changes of these events equal to what was worked out, touching only what differs."""
    wanted: dict[int, set[tuple[int, str, int | None]]] = {row.pk: set() for row in events.values()}
    for lapse in lapses:
        row = events[lapse.event.edition, lapse.event.kind, lapse.event.on]
        wanted[row.pk].add((lapse.article, lapse.kind, lapse.successor))
    here: dict[int, set[tuple[int, str, int | None]]] = defaultdict(set)
    stored = ArticleChange.objects.filter(event__in=wanted).order_by()
    for event, article, kind, successor in stored.values_list("event_id", "article_id", "kind", "successor"):
        here[event].add((article, kind, successor))
    differing = [pk for pk in wanted if wanted[pk] != here[pk]]
    ArticleChange.objects.filter(event__in=differing).delete()
    days = {row.pk: row.on for row in events.values()}
    made = [
        ArticleChange(event_id=pk, article_id=article, on=days[pk], kind=kind, successor_id=successor)
        for pk in differing
        for article, kind, successor in sorted(wanted[pk], key=lambda change: change[0])
    ]
    ArticleChange.objects.bulk_create(made, batch_size=500)


def settle_waiting(*, at: datetime.datetime, limit: int = AT_ONCE) -> int:
    """Settle laws whose editions changed, a transaction each. Returns how many laws were worked out."""
    done = 0
    waiting = list(Unsettled.objects.order_by("pk").values_list("law_id", flat=True)[:limit])
    for law in waiting:
        if Unsettled.objects.filter(law=law).exists():  # a relative's turn may have done it
            settle(law=law, at=at)
            done += 1
    return done


def announce(*, at: datetime.datetime) -> int:
    """Tell of every event whose day has come, in the order of the days, each exactly once.

    An event that was past already when its edition came in (history read in bulk) is told of only where
    something rests on an article it changed. Returns how many were told of.
    """
    today = timezone.localtime(at).date()
    due = list(
        LawEvent.objects.filter(announced_at=None, on__lte=today)
        .select_related("edition__law")
        .order_by("on", "pk")[:AT_ONCE]
    )
    if not due:
        return 0
    changed: dict[int, list[int]] = defaultdict(list)
    rows = ArticleChange.objects.filter(event__in=[event.pk for event in due]).order_by("article_id")
    for event_pk, article in rows.values_list("event_id", "article_id"):
        changed[event_pk].append(article)
    asked = sorted({article for articles in changed.values() for article in articles})
    cited = {one.article_pk for one in ports.all_citing(asked)}
    told = 0
    for event in due:
        articles = changed[event.pk]
        tell = event.on >= event.known_on or not cited.isdisjoint(articles)
        told += _announce(event, articles, tell=tell, at=at) and tell
    return told


@transaction.atomic
def _announce(event: LawEvent, articles: list[int], *, tell: bool, at: datetime.datetime) -> bool:
    """Whether it was this call that announced the event."""
    mine = LawEvent.objects.filter(pk=event.pk, announced_at=None).update(announced_at=at, told=tell)
    if mine != 1:
        return False
    if tell:
        payload = {
            "law": event.edition.law.slug,
            "edition": event.edition.slug,
            "event": event.kind,
            "changed": articles,
            "on": event.on.isoformat(),
        }
        outbox.publish("law_amended", payload, at=at)
    return True
