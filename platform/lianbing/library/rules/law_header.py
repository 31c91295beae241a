"""The top of a law: its title, how it came to be, when it was published and from when it holds."""

import datetime
import re
from dataclasses import dataclass

from lianbing.library.rules import law_text
from lianbing.library.rules.findings import Finding, finding

DATE = re.compile(r"([0-9０-９]{4})\s*年\s*([0-9０-９]{1,2})\s*月\s*([0-9０-９]{1,2})\s*日")
FILE_DATE = re.compile(r"[(（](\d{4})-(\d{1,2})-(\d{1,2})[)）]\s*$")
HOLDS = re.compile(r"起?\s*(?:正式)?(?:施行|实施|生效)")
FROM_DATE = re.compile(
    r"(?:本|此)[\u4e00-\u9fff]{1,8}?(?:修[订正]后)?\s*(?:自|从|于|由)\s*"
    r"([0-9０-９]{4})\s*年\s*([0-9０-９]{1,2})\s*月\s*([0-9０-９]{1,2})\s*日\s*起?\s*(?:施行|实施|生效)"
)
FROM_PUBLICATION = re.compile(r"自(?:公布|发布|颁布|通过)之日起(?:施行|实施|生效)")
LAST_ARTICLES = 3
STATE = "中华人民共和国"


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
    """Read the lines above the end mark. An empty title means that there is none."""
    titles: list[str] = []
    history: list[Event] = []
    doubts: list[Finding] = []
    for line in law_text.lines(law_text.COMMENT.sub("", text)):
        if line.startswith("#"):
            titles.append(line.lstrip("#").strip(law_text.BLANK))
        else:
            history.append(_event(line, doubts))
    titles = [title for title in titles if title]
    events, effects = _dates([event.text for event in history], doubts)
    return Header(
        title=titles[0] if titles else "",
        subtitle=" ".join(titles[1:]),
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
    match = DATE.match(line)
    if not match:
        return Event(None, line)
    on = _date(match, doubts)
    rest = line[match.end() :].strip(law_text.BLANK)
    return Event(on, line, takes_effect=bool(HOLDS.match(rest)))


def _dates(texts: list[str], doubts: list[Finding]) -> tuple[list[datetime.date], list[datetime.date]]:
    """Every date of the history: of events, and of coming into force. One line may hold several."""
    events: list[datetime.date] = []
    effects: list[datetime.date] = []
    for text in texts:
        for match in DATE.finditer(text):
            on = _date(match, doubts)
            if on is not None:
                rest = text[match.end() :].lstrip(law_text.BLANK)
                (effects if HOLDS.match(rest) else events).append(on)
    return events, effects


def _date(match: re.Match[str], doubts: list[Finding]) -> datetime.date | None:
    try:
        return datetime.date(*(int(part) for part in match.groups()))  # int() reads full-width digits
    except ValueError:
        doubts.append(finding("impossible_date", text=match.group()))
        return None


def file_date(stem: str) -> datetime.date | None:
    """The publication date in a file name such as 行政处罚法(2021-01-22), or None."""
    match = FILE_DATE.search(stem)
    try:
        return datetime.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def published(header: Header, stem: str) -> tuple[datetime.date | None, list[Finding]]:
    """The publication date, and what is doubtful about it.

    It is the date of the last event. A later date in the file name wins, because the file name gives
    the publication where the header stops at an earlier event; either way a difference is named.
    """
    last = max(header.event_dates, default=None)
    named = file_date(stem)
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
    stated = [
        day
        for text in last_articles[-LAST_ARTICLES:]
        for match in FROM_DATE.finditer(text)
        if (day := _date(match, [])) is not None
    ]
    fitting = [day for day in stated if published_on is None or day >= published_on]
    if fitting:
        return min(fitting)
    once = len(set(header.event_dates)) <= 1
    if not stated and once and any(FROM_PUBLICATION.search(text) for text in last_articles[-LAST_ARTICLES:]):
        return published_on
    return None


def short(title: str) -> str:
    """The title without the name of the state: 行政处罚法."""
    return title.removeprefix(STATE) or title


LEVELS = (
    ("interpretation", re.compile(r"最高人民法院|最高人民检察院|最高法|最高检")),
    ("local", re.compile(r"(?:省|市|自治区|自治州|自治县|县|第).{0,12}届人民代表大会|市人大|省人大")),
    ("administrative", re.compile(r"国务院")),
    ("local_rule", re.compile(r"(?:省|市|自治区|州|县)人民政府")),
    (
        "department",
        re.compile(
            r"(?:部|委|局|署|银行|办公室).{0,12}(?:令|公告)"
            r"|(?:部|委员会|总局|总署|银行|办公室).{0,14}(?:发布|公布|通过)"
        ),
    ),
)
NATIONAL = re.compile(r"全国人民代表大会|全国人大")


def level(title: str, history: tuple[Event, ...]) -> str:
    """The rank of a law by who made it: law, administrative, local, department, local_rule,
    interpretation or other."""
    made = " ".join(event.text for event in history if not event.takes_effect)
    if LEVELS[0][1].search(title + made):
        return "interpretation"
    first = next((event.text for event in history if event.on and not event.takes_effect), "")
    if NATIONAL.search(first):
        return "law"
    return next((name for name, pattern in LEVELS[1:] if pattern.search(first)), "other")
