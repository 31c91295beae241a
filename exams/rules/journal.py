"""What a batch of answer events does to an attempt: pure, so that it can be tried in a million orders.

The ledger of an attempt is `{"w": [[client, acked, [[from, to], ...]], ...], "t": {"3": {"0": 17}}}`:
per client (writer) the highest contiguous sequence number and the ranges received beyond a gap; per
item (flags under "f3") the newest sequence number applied from each writer.

Rules: a sequence number counts once, the first arrival wins. Between clients the order of arrival
decides (under the lock of the attempt); within one client the sequence number does, so a delayed older
event never overwrites a newer one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_EVENTS = 200
MAX_SEQ = 20_000
MAX_WRITERS = 50
MAX_TEXT_BYTES = 64 * 1024
_MAX_MONO = 2**53


class BadEvent(Exception):
    """An event that cannot be stored; nothing of its batch is. `code` is for the client, `seq` names it."""

    def __init__(self, seq: int | None, code: str) -> None:
        super().__init__(f"{code} (seq {seq})")
        self.seq, self.code = seq, code


@dataclass(frozen=True, slots=True)
class Event:
    """One event in canonical form. `value` is True or False for a flag, else the canonical answer."""

    seq: int
    item: int
    value: Any
    mono_ms: int | None = None

    @property
    def is_flag(self) -> bool:
        return self.value is True or self.value is False


@dataclass(slots=True)
class Book:
    """The projection of an attempt while a batch is being applied."""

    answers: dict[str, Any] = field(default_factory=dict)
    flags: list[int] = field(default_factory=list)
    ledger: dict[str, Any] = field(default_factory=dict)

    def writers(self) -> list[list[Any]]:
        return self.ledger.setdefault("w", [])

    def tops(self) -> dict[str, dict[str, int]]:
        return self.ledger.setdefault("t", {})


def writer_of(book: Book, client: str) -> int | None:
    """The number of a client in the ledger, or None when it never took a lease."""
    return next((n for n, row in enumerate(book.writers()) if row[0] == client), None)


def register(book: Book, client: str) -> int | None:
    """The number of a client, new or known; None when there are too many (more than fifty tabs)."""
    known = writer_of(book, client)
    if known is not None or len(book.writers()) >= MAX_WRITERS:
        return known
    book.writers().append([client, 0, []])
    return len(book.writers()) - 1


def acked_through(book: Book, writer: int) -> int:
    """The highest sequence number such that it and all below it have arrived from this writer."""
    return book.writers()[writer][1]


def missing_ranges(book: Book, writer: int, final_seq: int) -> list[list[int]]:
    """The ranges [from, to] up to `final_seq` that have not arrived from this writer."""
    _, acked, beyond = book.writers()[writer]
    gaps, expected = [], acked + 1
    for first, last in beyond:
        if first > final_seq:
            break
        gaps.append([expected, first - 1])
        expected = last + 1
    if expected <= final_seq:
        gaps.append([expected, final_seq])
    return gaps


def _receive(row: list[Any], seq: int) -> bool:
    """Note the arrival of `seq` in a writer's row. False when it had arrived before."""
    acked, beyond = row[1], row[2]
    if seq <= acked:
        return False
    if seq == acked + 1 and not beyond:
        row[1] = seq
        return True
    if any(first <= seq <= last for first, last in beyond):
        return False
    row[1], row[2] = _merged(acked, sorted([*beyond, [seq, seq]]))
    return True


def _merged(acked: int, ranges: list[list[int]]) -> tuple[int, list[list[int]]]:
    kept: list[list[int]] = []
    for first, last in ranges:
        if first == acked + 1:
            acked = last
        elif kept and first == kept[-1][1] + 1:
            kept[-1] = [kept[-1][0], last]
        else:
            kept.append([first, last])
    return acked, kept


def _project(book: Book, writer: int, event: Event) -> None:
    key = f"f{event.item}" if event.is_flag else str(event.item)
    tops = book.tops().setdefault(key, {})
    name = str(writer)
    if tops.get(name, 0) > event.seq:
        return
    tops[name] = event.seq
    if not event.is_flag:
        if event.value in ([], ""):
            book.answers.pop(key, None)
        else:
            book.answers[key] = event.value
    elif event.value and event.item not in book.flags:
        book.flags = sorted([*book.flags, event.item])
    elif not event.value:
        book.flags = [item for item in book.flags if item != event.item]


def apply(book: Book, writer: int, events: Iterable[Event], *, counts: bool = True) -> list[Event]:
    """Receive a batch in the order of its sequence numbers. Returns the events that are new, to be stored.

    With `counts` false (a client that lost its lease) they are received but change no answer.
    """
    row = book.writers()[writer]
    fresh = [event for event in sorted(events, key=lambda e: e.seq) if _receive(row, event.seq)]
    if counts:
        for event in fresh:
            _project(book, writer, event)
    return fresh


def _whole(raw: Any, low: int, high: int) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high


def _mono(raw: Any) -> int | None:
    """The client's own milliseconds, kept as evidence only; nonsense becomes None."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= _MAX_MONO:
        return None
    return int(raw)


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a value: names and values of objects, entries of lists."""
    waiting = list(value) if isinstance(value, list) else [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend((*one.keys(), *one.values()))


def check_text(value: Any) -> str | None:
    """The code of what is wrong with the texts inside a value, or None: NUL, broken Unicode, 64 kB in all."""
    size = 0
    for part in _texts(value):
        if "\x00" in part:
            return "nul"
        try:
            size += len(part.encode())
        except UnicodeEncodeError:
            return "broken_text"
        if size > MAX_TEXT_BYTES:
            return "too_long"
    return None


Parser = Callable[[Any], Any]


def _event(raw: Any, parsers: Mapping[int, Parser], refused: type[Exception]) -> Event:
    if not isinstance(raw, dict) or not _whole(raw.get("seq"), 1, MAX_SEQ):
        raise BadEvent(None, "bad_seq")
    seq: int = raw["seq"]
    item: Any = raw.get("item")
    if not _whole(item, 1, 10_000) or item not in parsers:
        raise BadEvent(seq, "unknown_item")
    mono = _mono(raw.get("mono_ms"))
    if "flag" in raw:
        if not isinstance(raw["flag"], bool) or "value" in raw:
            raise BadEvent(seq, "bad_flag")
        return Event(seq, item, raw["flag"], mono)
    if "value" not in raw:
        raise BadEvent(seq, "no_value")
    problem = check_text(raw["value"])
    if problem:
        raise BadEvent(seq, problem)
    try:
        return Event(seq, item, parsers[item](raw["value"]), mono)
    except refused as error:
        raise BadEvent(seq, "bad_value") from error


def parse_events(raw: Any, parsers: Mapping[int, Parser], refused: type[Exception]) -> list[Event]:
    """Events in canonical form, all or none. `parsers` reads the value of each position on the paper.

    Raises BadEvent for an unknown item, an option the item does not have, or anything malformed;
    `refused` is what a parser raises.
    """
    if not isinstance(raw, list):
        raise BadEvent(None, "no_events")
    return [_event(one, parsers, refused) for one in raw]
