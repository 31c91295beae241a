"""Study rules: how often and how long somebody must study what, and what they still lack.

Sources: 每年至少组织两次 (R04), 宗旨教育、法制教育、执法业务 (R05), 固定学习日: 政治≥1、业务≥2 /人/月 (R08),
每周学习1次, 每次不少于1小时 (R09), 专题培训全年不少于2次 (R15), 个人自学 (R85).

Decided, because the documents leave it open:
- Who joined (or will have left) within a period owes the share of the days served, rounded down: never
  more than they could attend. Who joins on a Wednesday owes nothing for a weekly rule that week.
- Who had leave from every session they were expected at owes nothing for that period.
- What somebody attended counts wherever they served at that time; a transfer takes nothing away.
- A meeting counts once for a rule, however often it is recorded, and once more for another rule.
- A meeting shorter than the minimum does not count at all; two short ones do not add up to one.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from courses.training.rules.study_periods import Period

PERSON, WHOLE, EACH = "person", "whole", "each"
TOGETHER, PER_CATEGORY, PER_TOPIC = "together", "category", "topic"
ANY, YES, NO = "any", "yes", "no"
COUNTED, UNCOUNTED, ONLY = "yes", "no", "only"
PRESENT, LATE, LEFT_EARLY, MADE_UP = "present", "late", "left_early", "made_up"
SELF_STUDY = "self_study"
CLASS = "class"


@dataclass(frozen=True)
class Part:
    """One demand of a rule: so often something of these categories (with their descendants; empty = any)."""

    name: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """A rule ready to be applied. `parts`: one for all, or one for each named category (PER_CATEGORY).

    `per_topic`: the count is asked of every topic there was. `kinds` empty = any kind of meeting; `class` is
    a whole training class. `states`: which states of attendance count. `red_days`: from so many days before
    the end of a period on, what is lacking is pressing.
    """

    count: int
    parts: tuple[Part, ...]
    minimum_minutes: int = 0
    kinds: frozenset[str] = frozenset()
    topical: str = ANY
    self_study: str = COUNTED
    states: frozenset[str] = frozenset({PRESENT, LATE, LEFT_EARLY, MADE_UP})
    per_topic: bool = False
    red_days: int = 7


@dataclass(frozen=True)
class Event:
    """Something attended by a person, or held by a unit. `key` is the meeting: it counts once for a rule."""

    key: str
    on: datetime.date
    kind: str
    category: str
    minutes: int
    topical: bool = False
    state: str = PRESENT
    topic: str = ""


@dataclass(frozen=True)
class Lack:
    """So many times something is still lacking: `name` is the part of the rule, or the topic."""

    name: str
    times: int


@dataclass(frozen=True)
class Standing:
    """Where a subject stands in a period: done of needed, what is lacking, by when, how pressing.

    `tone`: ok, warn (lacking, there is time), bad (lacking and pressing, or the period is over),
    muted (nothing is owed: excused).
    """

    done: int
    needed: int
    lacking: tuple[Lack, ...]
    due_on: datetime.date
    tone: str

    @property
    def fulfilled(self) -> bool:
        return not self.lacking


def counts(rule: Rule, event: Event) -> bool:
    """Whether a meeting counts for a rule, whatever its category and day."""
    own = event.kind == SELF_STUDY
    return (
        event.minutes >= rule.minimum_minutes
        and event.state in rule.states
        and (not rule.kinds or event.kind in rule.kinds)
        and (rule.topical == ANY or event.topical == (rule.topical == YES))
        and (rule.self_study == COUNTED or own == (rule.self_study == ONLY))
    )


def owed(count: int, period: Period, served: tuple[datetime.date, datetime.date] | None) -> int:
    """How many of `count` somebody owes who served from the first to the last of these days; None = never."""
    if served is None:
        return 0
    first, last = max(served[0], period.first), min(served[1], period.last)
    return count * max((last - first).days + 1, 0) // period.days


def done_in(rule: Rule, period: Period, events: Iterable[Event]) -> list[int]:
    """For each part of the rule, how many different meetings of the period count."""
    fit = [event for event in events if period.first <= event.on <= period.last and counts(rule, event)]
    return [len({e.key for e in fit if not part.codes or e.category in part.codes}) for part in rule.parts]


def standing(
    rule: Rule,
    period: Period,
    done: Sequence[int],
    *,
    on: datetime.date,
    served: tuple[datetime.date, datetime.date] | None,
    excused: bool = False,
) -> Standing:
    """Where somebody stands who has `done` so many of each part by the day `on`."""
    need = 0 if excused else owed(rule.count, period, served)
    lacking = tuple(Lack(part.name, need - n) for part, n in zip(rule.parts, done, strict=True) if n < need)
    got = sum(min(n, need) if len(rule.parts) > 1 else n for n in done)
    return Standing(got, need * len(rule.parts), lacking, period.last, _tone(rule, period, need, lacking, on))


def evaluated(
    rule: Rule,
    period: Period,
    events: Collection[Event],
    *,
    on: datetime.date,
    served: tuple[datetime.date, datetime.date] | None = (datetime.date.min, datetime.date.max),
    excused: bool = False,
) -> Standing:
    """Where a subject stands by the day `on`, from what it attended or held."""
    known = [event for event in events if event.on <= on]
    if rule.per_topic:
        return _by_topic(rule, period, known, on)
    return standing(rule, period, done_in(rule, period, known), on=on, served=served, excused=excused)


def _by_topic(rule: Rule, period: Period, events: Collection[Event], on: datetime.date) -> Standing:
    """The count asked of each topic there was; with no topic at all, the count itself is lacking."""
    codes = frozenset().union(*(part.codes for part in rule.parts))
    met: dict[str, set[str]] = {}
    for event in events:
        inside = not codes or event.category in codes
        if inside and period.first <= event.on <= period.last and counts(rule, event):
            met.setdefault(event.topic, set()).add(event.key)
    found = [(topic, len(keys)) for topic, keys in sorted(met.items())] or [(rule.parts[0].name, 0)]
    lacking = tuple(Lack(topic, rule.count - n) for topic, n in found if n < rule.count)
    done = sum(min(n, rule.count) for _topic, n in found)
    tone = _tone(rule, period, rule.count, lacking, on)
    return Standing(done, rule.count * len(found), lacking, period.last, tone)


def _tone(rule: Rule, period: Period, need: int, lacking: tuple[Lack, ...], on: datetime.date) -> str:
    if not need:
        return "muted"
    if not lacking:
        return "ok"
    return "bad" if (period.last - on).days < rule.red_days else "warn"


def is_excused(expected: int, on_leave: int) -> bool:
    """Whether somebody owes nothing who was expected at so many sessions of the period and on leave from these."""
    return expected > 0 and on_leave == expected
