"""Laws in time: which edition holds on a day, across the names a law has had."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from lianbing.library.models import Law, LawEdition
from lianbing.library.queries.laws import STANDING
from lianbing.library.rules import validity
from lianbing.library.rules.validity import Clash, Gap, Moment, Span, Timeline, Validity

JOINABLE = 20
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


def validity_of(editions: Iterable[LawEdition], on: datetime.date) -> dict[int, Validity]:
    """How each of these editions of one law stands on a day, by primary key."""
    return timeline_of(editions).validity(on)  # type: ignore[return-value]  # the keys are primary keys


@dataclass
class LawLine:
    """A law under all its names: `laws` and `editions` oldest first, the withdrawn ones left out."""

    laws: list[Law]
    editions: list[LawEdition]
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


def editions_of(law: Law) -> list[LawEdition]:
    """The standing editions under this name of a law without their texts, newest first."""
    return list(law.editions.filter(STANDING).defer(*TEXTS).order_by("-published_on", "-pk"))


def line_of(law: Law) -> LawLine:
    """A law under all its names with its standing editions, without their texts. Three statements."""
    return lines_of([law])[law.pk]


def edition_on(law: Law, on: datetime.date) -> LawEdition | None:
    """The edition that holds on a day, perhaps under another name of the law."""
    return line_of(law).on(on)


def lines_of(laws: Collection[Law]) -> dict[int, LawLine]:
    """The lines of many laws by the law's primary key, in three statements whatever their number."""
    known = {law.pk: law for law in laws}
    chains = {pk: chain for chain in _chains(known) for pk in chain}
    known |= Law.objects.in_bulk([pk for pk in chains if pk not in known])
    editions: defaultdict[int, list[LawEdition]] = defaultdict(list)
    wanted = LawEdition.objects.filter(STANDING, law__in=known).defer(*TEXTS).order_by("pk")
    for edition in wanted:
        edition.law = known[edition.law_id]
        editions[edition.law_id].append(edition)
    made: dict[int, LawLine] = {}
    for law in laws:
        chain = chains.get(law.pk, [law.pk])
        of_chain = [edition for pk in chain for edition in editions[pk]]
        made[law.pk] = LawLine([known[pk] for pk in chain], of_chain)
    return made


def _chains(laws: Collection[int]) -> list[list[int]]:
    """The joined laws that any of these belongs to, each chain oldest first."""
    before = dict(Law.objects.exclude(continues=None).values_list("pk", "continues_id"))
    after = {old: new for new, old in before.items()}
    found: list[list[int]] = []
    seen: set[int] = set()
    for pk in laws:
        if pk in seen or (pk not in before and pk not in after):
            continue
        chain = [pk]
        while (older := before.get(chain[0])) is not None and older not in chain:
            chain.insert(0, older)
        while (newer := after.get(chain[-1])) is not None and newer not in chain:
            chain.append(newer)
        seen.update(chain)
        found.append(chain)
    return found


def joinable(law: Law, search: str) -> list[Law]:
    """Laws with these words in their title that `law` might continue: no other law does so already."""
    found = Law.objects.filter(continued_by=None).exclude(pk__in=[one.pk for one in line_of(law).laws])
    for word in search.split():
        found = found.filter(title__icontains=word)
    standing = LawEdition.objects.filter(STANDING, law=OuterRef("pk"))
    return list(found.filter(Exists(standing)).order_by("title", "subtitle")[:JOINABLE])
