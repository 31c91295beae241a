"""The top of a law: its title, how it came to be, when it was published and from when it holds."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianbing.library.rules import law_dates, law_issuer, law_names, law_text
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_dates import DATE, file_date
from lianbing.library.rules.law_names import STATE, short

__all__ = ["STATE", "Event", "Header", "build", "effective", "file_date", "published", "read", "short"]

EVENT_DAY = re.compile(rf"(?:[根依]据)?\s*{DATE.pattern}")
HOLDS = re.compile(r"起?\s*(?:正式)?(?:施行|实施|生效)")
FROM_DATE = re.compile(
    r"(?:本|此)[\u4e00-\u9fff]{1,8}?(?:修[订正]后)?\s*(?:自|从|于|由)\s*"
    + DATE.pattern
    + r"\s*起?\s*(?:施行|实施|生效)"
)
FROM_PUBLICATION = re.compile(r"自(?:公布|发布|颁布|通过)之日起(?:施行|实施|生效)")
LAST_ARTICLES = 3


@dataclass(frozen=True)
class Event:
    """One line of a law's history. `on` is None where the line states no date."""

    on: datetime.date | None
    text: str
    takes_effect: bool = False


@dataclass(frozen=True)
class Header:
    """What stands above the first article."""

    title: str
    subtitle: str
    history: tuple[Event, ...]
    event_dates: tuple[datetime.date, ...]
    effective_on: datetime.date | None
    doubts: tuple[Finding, ...]


def read(text: str) -> Header:
    """Read the Markdown lines above the end mark. An empty title means that there is none."""
    titles: list[str] = []
    rows: list[str] = []
    for line in law_text.lines(law_text.COMMENT.sub("", text)):
        if line.startswith("#"):
            titles.append(line.lstrip("#").strip(law_text.BLANK))
        else:
            rows.append(line)
    return build(titles, rows)


def build(titles: Iterable[str], rows: Iterable[str]) -> Header:
    """The header from its title lines and the lines of its history."""
    kept = [title for title in titles if title]
    doubts: list[Finding] = []
    history = [_event(row, doubts) for row in rows]
    events, effects = _dates([event.text for event in history], doubts)
    title, mark = law_names.split_title(kept[0]) if kept else ("", "")
    year = law_names.YEAR_IN.search(mark)
    if year and events and int(year.group()) != max(events).year:
        doubts.append(finding("title_year_differs", mark=mark, date=str(max(events))))
    return Header(
        title=title,
        subtitle=" ".join(kept[1:]),
        history=tuple(history),
        event_dates=tuple(events),
        effective_on=max(effects) if effects else None,
        doubts=_once(doubts),
    )


def _once(doubts: list[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for doubt in doubts:
        if doubt not in kept:
            kept.append(doubt)
    return tuple(kept)


def _event(line: str, doubts: list[Finding]) -> Event:
    plain = law_dates.plain(line)
    match = EVENT_DAY.match(plain)
    if not match:
        return Event(None, line)
    rest = plain[match.end() :].strip(law_text.BLANK)
    return Event(_date(match, doubts), line, takes_effect=bool(HOLDS.match(rest)))


def _dates(texts: list[str], doubts: list[Finding]) -> tuple[list[datetime.date], list[datetime.date]]:
    """Every date of the history: of events, and of coming into force. One line may hold several."""
    events: list[datetime.date] = []
    effects: list[datetime.date] = []
    for text in map(law_dates.plain, texts):
        for match in DATE.finditer(text):
            on = _date(match, doubts)
            if on is not None:
                rest = text[match.end() :].lstrip(law_text.BLANK)
                (effects if HOLDS.match(rest) else events).append(on)
    return events, effects


def _date(match: re.Match[str], doubts: list[Finding]) -> datetime.date | None:
    on = law_dates.day_of(match)
    if on is None:
        doubts.append(finding("impossible_date", text=match.group()))
    return on


def published(header: Header, stem: str) -> tuple[datetime.date | None, list[Finding]]:
    """The publication date, and what is doubtful about it.

    It is the date of the last event. A later date in the file name wins, because the file name gives
    the publication where the header stops at an earlier event; either way a difference is named.
    """
    last = max(header.event_dates, default=None)
    named = file_date(stem)
    wrong = law_dates.impossible_file_date(stem)
    if wrong:
        return last, [finding("impossible_file_date", text=wrong), *([] if last else [finding("no_date")])]
    if last is None and named is None:
        return None, [finding("no_date")]
    if last is None:
        return named, [finding("date_in_file_name_only", date=str(named))]
    if named is None or named == last:
        return last, []
    return max(last, named), [finding("file_name_date_differs", file_name=str(named), header=str(last))]


def effective(
    header: Header, published_on: datetime.date | None, last_articles: list[str]
) -> datetime.date | None:
    """The day from which this edition holds, where the text states it.

    An amended law keeps its first closing article, so a day before the publication says nothing about
    this edition and counts as not stated; the same goes for "from the day of publication".
    """
    if header.effective_on is not None:
        if published_on is None or header.effective_on >= published_on:
            return header.effective_on
        return None
    stated = [day for day in (law_dates.day_of(match) for match in _closing(last_articles)) if day]
    fitting = [day for day in stated if published_on is None or day >= published_on]
    if fitting:
        return min(fitting)
    once = len(set(header.event_dates)) <= 1
    if not stated and once and any(FROM_PUBLICATION.search(text) for text in last_articles[-LAST_ARTICLES:]):
        return published_on
    return None


def effective_doubts(
    header: Header, published_on: datetime.date | None, last_articles: list[str]
) -> list[Finding]:
    """A law that was never amended and says that it held before it was published.

    `effective` does not believe it, so somebody has to look; an amended law may well say so.
    """
    if published_on is None or set(header.event_dates) != {published_on}:
        return []
    stated = [header.effective_on] if header.effective_on else map(law_dates.day_of, _closing(last_articles))
    days = [day for day in stated if day is not None]
    if not days or max(days) >= published_on:
        return []
    return [finding("effective_before_published", date=str(max(days)))]


def _closing(last_articles: list[str]) -> list[re.Match[str]]:
    """Where the closing articles state from when the law holds."""
    texts = [law_dates.plain(text) for text in last_articles[-LAST_ARTICLES:]]
    return [match for text in texts for match in FROM_DATE.finditer(text)]


def closing_doubts(last_articles: list[str]) -> list[Finding]:
    """Days of coming into force that no calendar has."""
    wrong = [match.group() for match in _closing(last_articles) if law_dates.day_of(match) is None]
    return [finding("impossible_date", text=text) for text in wrong]


def made(header: Header) -> list[tuple[datetime.date | None, str]]:
    """The lines of the history that tell how the law was made, with their days."""
    return [(event.on, event.text) for event in header.history if not event.takes_effect]


def level(header: Header) -> str:
    """The rank of the law, see law_issuer."""
    return law_issuer.level(header.title, made(header))
