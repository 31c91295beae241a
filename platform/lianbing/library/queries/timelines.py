"""Laws in time: which edition holds on a day, across the names a law has had."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lianbing.kit.models import AuditRecord
from lianbing.library.models import Law, LawEdition
from lianbing.library.queries.laws import STANDING
from lianbing.library.rules import validity
from lianbing.library.rules.validity import Clash, Gap, Moment, Span, Timeline, Validity

JOINABLE = 20
# What the acts are about that change which article a citation means.
CHANGED_BY = ("library.law", "library.lawedition", "library.repeal")
TEXTS = ("source_text", "headings", "preamble", "history", "doubts")


def span_of(edition: LawEdition) -> Span:
    """The dates of an edition, for the rules."""
    return Span(
        edition.pk,
        edition.effective_on,
        edition.effective_to,
        edition.published_on,
        edition.pk or 0,
    )


def timeline_of(editions: Iterable[LawEdition]) -> Timeline:
    """The time line of these editions of one law. Withdrawn ones never count."""
    return validity.timeline(
        span_of(edition) for edition in editions if edition.status != LawEdition.Status.WITHDRAWN
    )


def in_force(editions: Sequence[LawEdition], on: datetime.date) -> LawEdition | None:
    """Of these editions of one law, the one that holds on a day; None before, in a gap, after a repeal."""
    holder = timeline_of(editions).holder(on)
    return next((edition for edition in editions if edition.pk == holder), None)


# Every law that continues another or is continued, and for each its chain, oldest first (primary keys).
Joined = tuple[dict[int, Law], dict[int, list[int]]]


@dataclass
class LawLine:
    """A law under all its names: `laws` and `editions` oldest first, the withdrawn ones left out.

    `joined` is what was read of the laws that are joined, for who asks for more lines on the same page.
    """

    laws: list[Law]
    editions: list[LawEdition]
    joined: Joined | None = field(default=None, repr=False)
    timeline: Timeline = field(init=False)

    def __post_init__(self) -> None:
        self.timeline = timeline_of(self.editions)
        self._by_pk: dict[Hashable, LawEdition] = {edition.pk: edition for edition in self.editions}
        self.editions = [self._by_pk[period.span.key] for period in self.timeline.periods]

    def on(self, day: datetime.date) -> LawEdition | None:
        """The edition that holds on a day."""
        return self._of(self.timeline.holder(day))

    def before(self, day: datetime.date) -> LawEdition | None:
        """The last edition that had begun by a day."""
        return self._of(self.timeline.before(day))

    def after(self, day: datetime.date) -> LawEdition | None:
        """The first edition that begins after a day."""
        return self._of(self.timeline.after(day))

    def moment(self, day: datetime.date) -> Moment:
        """How the law stands on a day."""
        return self.timeline.moment(day)

    def validity(self, day: datetime.date) -> dict[int, Validity]:
        """How every edition stands on a day, by primary key."""
        return self.timeline.validity(day)  # type: ignore[return-value]  # the keys are primary keys

    def beside(self, edition: LawEdition) -> tuple[LawEdition | None, LawEdition | None]:
        """The editions before and after one."""
        place = next(number for number, other in enumerate(self.editions) if other.pk == edition.pk)
        later = self.editions[place + 1] if place + 1 < len(self.editions) else None
        return (self.editions[place - 1] if place else None), later

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.timeline.gaps

    def about(self, clash: Clash) -> list[LawEdition]:
        """The editions a contradiction is about."""
        return [self._by_pk[key] for key in clash.keys]

    def _of(self, key: Hashable | None) -> LawEdition | None:
        return self._by_pk.get(key) if key is not None else None


def line_of(law: Law) -> LawLine:
    """A law under all its names with its standing editions, without their texts. Two statements."""
    return lines_of([law])[law.pk]


def with_stamp(editions: QuerySet[LawEdition]) -> QuerySet[LawEdition]:
    """The editions with `stamp`: a number that is another one whenever something about laws went on record.

    What was worked out from the library as a whole (the links of a text) may be kept under it.
    """
    acts = AuditRecord.objects.filter(stream="library", subject_type__in=CHANGED_BY).order_by("-pk")
    return editions.annotate(stamp=Coalesce(Subquery(acts.values("pk")[:1]), Value(0)))


def edition_on(law: Law, on: datetime.date) -> LawEdition | None:
    """The edition that holds on a day, perhaps under another name of the law."""
    return line_of(law).on(on)


def lines_of(laws: Collection[Law], joined: Joined | None = None) -> dict[int, LawLine]:
    """The lines of many laws by the law's primary key, in two statements whatever their number; one with `joined`."""
    joined = _joined() if joined is None else joined
    chains = joined[1]
    known = joined[0] | {law.pk: law for law in laws}
    wanted = {pk for law in laws for pk in chains.get(law.pk, [law.pk])}
    editions: defaultdict[int, list[LawEdition]] = defaultdict(list)
    for edition in LawEdition.objects.filter(STANDING, law__in=wanted).defer(*TEXTS).order_by("pk"):
        edition.law = known[edition.law_id]
        editions[edition.law_id].append(edition)
    made: dict[int, LawLine] = {}
    for law in laws:
        chain = chains.get(law.pk, [law.pk])
        of_chain = [edition for pk in chain for edition in editions[pk]]
        made[law.pk] = LawLine([known[pk] for pk in chain], of_chain, joined)
    return made


def out_of_force(on: datetime.date) -> set[int]:
    """The laws (primary keys) of which no edition under this name holds on a day. Three statements.

    Looked at closely are only the few that may be: something of theirs ends, is to come or goes on elsewhere.
    """
    suspect = Q(effective_to__lte=on) | Q(effective_on__gt=on) | Q(published_on__gt=on)
    wanted = Q(pk__in=LawEdition.objects.filter(STANDING & suspect).values("law")) | Q(
        continued_by__isnull=False
    )
    found = lines_of(Law.objects.filter(wanted).order_by())
    return {pk for pk, line in found.items() if (edition := line.on(on)) is None or edition.law_id != pk}


def _joined() -> Joined:
    """One statement: a bureau joins a few dozen laws at most, so that all of them are read at once."""
    known: dict[int, Law] = {}
    before: dict[int, int] = {}
    for law in Law.objects.exclude(continues=None).select_related("continues").order_by():
        assert law.continues is not None
        before[law.pk] = law.continues.pk
        known[law.continues.pk] = known.get(law.continues.pk, law.continues)
        known[law.pk] = law
    after = {old: new for new, old in before.items()}
    return known, {pk: _chain(pk, before, after) for pk in known}


def _chain(pk: int, before: dict[int, int], after: dict[int, int]) -> list[int]:
    chain = [pk]
    while (older := before.get(chain[0])) is not None and older not in chain:
        chain.insert(0, older)
    while (newer := after.get(chain[-1])) is not None and newer not in chain:
        chain.append(newer)
    return chain


def joinable(law: Law, search: str) -> list[Law]:
    """Laws with these words in their title that `law` might continue: no other law does so already."""
    found = Law.objects.filter(continued_by=None).exclude(pk__in=[one.pk for one in line_of(law).laws])
    for word in search.split():
        found = found.filter(title__icontains=word)
    standing = LawEdition.objects.filter(STANDING, law=OuterRef("pk"))
    return list(found.filter(Exists(standing)).order_by("title", "subtitle")[:JOINABLE])
