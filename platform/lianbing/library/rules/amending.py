"""What the coming and going of editions does to the articles people cite: pure decisions on dates and texts.

Only editions the legal section has checked change anything; the articles of any edition may be changed.
See docs/decisions/0015.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianbing.library.rules.diff_pairs import pairs, wording
from lianbing.library.rules.validity import Period, Span, timeline

AMENDED, REPEALED = "amended", "repealed"
SAME, CHANGED, MOVED, REMOVED = "same", "changed", "moved", "removed"


@dataclass(frozen=True)
class Event:
    """On `on` the edition takes over from `replaces`, or (repealed) holds no more without a follower."""

    kind: str
    edition: int
    on: datetime.date
    replaces: int | None = None


@dataclass(frozen=True)
class Match:
    """What an article became in the next edition: `kind` is same, changed, moved or removed."""

    kind: str
    successor: int | None = None


@dataclass(frozen=True)
class Lapse:
    """From the day of `event` the words of `article` hold no more."""

    event: Event
    article: int
    kind: str
    successor: int | None = None


Text = tuple[int, str, str]
Matcher = Callable[[int, int], Mapping[int, Match]]


def events(spans: Iterable[Span]) -> list[Event]:
    """What happens in the life of a law, by day. `spans` are its checked editions, keyed by number.

    An edition that begins the day its forerunner is repealed amends it.
    """
    held = _held(spans)
    found = []
    for place, period in enumerate(held):
        follower = held[place + 1] if place + 1 < len(held) else None
        day = period.end
        if day is None or day == datetime.date.min:
            continue
        if follower is not None and follower.start == day:
            found.append(Event(AMENDED, _key(follower), day, _key(period)))
        elif period.repealed:
            found.append(Event(REPEALED, _key(period), day))
    return sorted(found, key=lambda event: (event.on, event.edition))


def _held(spans: Iterable[Span]) -> list[Period]:
    periods = [period for period in timeline(spans).periods if not period.empty]
    return sorted(periods, key=lambda period: period.start or datetime.date.min)


def _key(period: Period) -> int:
    key = period.span.key
    assert isinstance(key, int)
    return key


def chains(spans: Sequence[Span], checked: Collection[int]) -> dict[int, list[Event]]:
    """For every edition, what happens to its articles after it, by day, the checked editions acting.

    A repeal ends a chain; an edition that came in later than the repeal says nothing about it.
    """
    acting = [span for span in spans if span.key in checked]
    ranks = {span.key: span.rank for span in spans}
    happening = events(acting)
    found: dict[int, list[Event]] = {}
    for span in spans:
        assert isinstance(span.key, int)
        chain = []
        for event in happening:
            if ranks[event.edition] < span.rank or (event.kind == AMENDED and event.edition == span.key):
                continue
            chain.append(event)
            if event.kind == REPEALED:
                break
        found[span.key] = chain
    return found


def lapses(
    chains_of: Mapping[int, Sequence[Event]], articles: Mapping[int, Sequence[int]], match: Matcher
) -> list[Lapse]:
    """Every article of every edition with every later event that takes or changes its words.

    `articles` lists the articles of each edition; `match` compares two editions, the older first. A moved
    article counts: a question may name its number. Once removed, an article does not come back.
    """
    found: list[Lapse] = []
    for origin, chain in chains_of.items():
        now: dict[int, int] = {article: article for article in articles[origin]}
        edition = origin
        for event in chain:
            if event.kind == REPEALED:
                found += [Lapse(event, article, REPEALED) for article in now]
                break
            became = match(edition, event.edition)
            following: dict[int, int] = {}
            for article, current in now.items():
                step = became[current]
                if step.kind != SAME:
                    found.append(Lapse(event, article, step.kind, step.successor))
                if step.successor is not None:
                    following[article] = step.successor
            now, edition = following, event.edition
    return found


def matched(old: Sequence[Text], new: Sequence[Text]) -> dict[int, Match]:
    """What every article of an edition became in another: articles as (number, label, text), in order.

    Which goes on as which is the rule of `diff_pairs`; punctuation width and blanks change nothing.
    """
    left, right = [wording(text) for _, _, text in old], [wording(text) for _, _, text in new]
    labels = ([label for _, label, _ in old], [label for _, label, _ in new])
    found = pairs(left, right, labels).found
    became: dict[int, Match] = {}
    for place, (number, label, _text) in enumerate(old):
        other = found.get(place)
        if other is None:
            became[number] = Match(REMOVED)
            continue
        reworded = left[place] != right[other]
        renumbered = label != new[other][1]
        kind = CHANGED if reworded else MOVED if renumbered else SAME
        became[number] = Match(kind, new[other][0])
    return became
