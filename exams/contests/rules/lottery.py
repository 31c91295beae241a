"""The prize draw that anybody can do again.

Before a quiz opens, SHA-256 of a secret seed is published. When it has closed, the list of those in the draw
is published with its hash. Then the seed is, and the order follows from seed and list alone:

    list      one line for each guest, "<number> <masked nickname>", sorted by number, joined with "\n", UTF-8
    list hash SHA-256 of it
    order     `lianbing.kit.draws.Draw(seed, "prize-draw:" + list hash).shuffled(numbers of the list)`

Prizes go along the order, the highest first; whoever does not answer is passed over, and the next follows.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lianbing.kit.draws import Draw

KIND = "prize_draw"
VERSION = 1
SEED_BYTES = 32
MOST_LISTED = 2_000_000


class Entry(NamedTuple):
    """Somebody in the draw, as the public reads it."""

    number: str
    name: str


class Check(NamedTuple):
    """One thing looked at: a code, and whether it is as it should be."""

    what: str
    ok: bool


class Verdict(NamedTuple):
    """What came of checking a file. `reason` is the code of the first thing that is wrong, "" when valid."""

    valid: bool
    reason: str
    checked: list[Check]


def commitment(seed: str) -> str:
    """SHA-256 of a seed of 64 hex digits, in hex: what is published first. Raises ValueError."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def sorted_list(entries: Sequence[Entry]) -> list[Entry]:
    """The list in its one order."""
    return sorted(entries)


def list_text(entries: Sequence[Entry]) -> bytes:
    """The list as the module's words say: the very bytes that are hashed."""
    return "\n".join(f"{one.number} {one.name}" for one in entries).encode()


def list_hash(entries: Sequence[Entry]) -> str:
    """SHA-256 of the list."""
    return hashlib.sha256(list_text(entries)).hexdigest()


def drawn_order(seed: str, entries: Sequence[Entry]) -> list[str]:
    """The numbers of everybody on the list in drawn order."""
    draw = Draw(bytes.fromhex(seed), f"prize-draw:{list_hash(entries)}")
    return draw.shuffled([one.number for one in entries])


def handed_out(prizes: Sequence[tuple[str, int]]) -> list[str]:
    """The prizes one by one, the highest first."""
    return [name for name, count in prizes for _ in range(count)]


def document(
    *,
    title: str,
    closed_at: datetime.datetime,
    committed: str,
    seed: str,
    entries: Sequence[Entry],
    order: Sequence[str],
    prizes: Sequence[tuple[str, int]],
    drawn_at: datetime.datetime,
) -> dict[str, Any]:
    """The file that anybody may check with `verify_draw`."""
    winners = zip(handed_out(prizes), order, strict=False)
    return {
        "kind": KIND,
        "version": VERSION,
        "title": title,
        "closed_at": closed_at.isoformat(),
        "drawn_at": drawn_at.isoformat(),
        "commitment": committed,
        "seed": seed,
        "list_sha256": list_hash(entries),
        "list": [list(one) for one in entries],
        "prizes": [list(one) for one in prizes],
        "order": list(order),
        "winners": [
            {"place": place, "number": number, "prize": prize}
            for place, (prize, number) in enumerate(winners, start=1)
        ],
    }


def check(told: Mapping[str, Any], committed: str = "") -> Verdict:
    """Do the draw of a document again. `committed` is the commitment read before the quiz closed, "" = not given.

    Whatever comes in, the answer is a verdict.
    """
    try:
        found = list(_checks(told, committed))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Verdict(False, "unreadable", [Check("readable", False)])
    wrong = next((one.what for one in found if not one.ok), "")
    return Verdict(not wrong, wrong, found)


def _checks(told: Mapping[str, Any], committed: str) -> list[Check]:
    entries, prizes = _entries(told["list"]), _prizes(told["prizes"])
    seed, order = str(told["seed"]), list(told["order"])
    known = commitment(seed)
    winners = [(one["place"], one["prize"], one["number"]) for one in told["winners"]]
    due = handed_out(prizes)
    again = drawn_order(seed, entries)
    numbers = [one.number for one in entries]
    return [
        Check("seed_length", len(bytes.fromhex(seed)) == SEED_BYTES),
        Check("commitment", told["commitment"] == known),
        *([Check("commitment_given", committed.strip().lower() == known)] if committed else []),
        Check("list_sorted", numbers == sorted(set(numbers))),
        Check("list_hash", told["list_sha256"] == list_hash(entries)),
        Check("order", order == again),
        Check("winners", winners == [(n, p, w) for n, (p, w) in enumerate(zip(due, again, strict=False), 1)]),
    ]


def _entries(told: Any) -> list[Entry]:
    """The list of a document. Raises ValueError where a line could be read in two ways."""
    found = [Entry(number, name) for number, name in told]
    for one in found:
        if not (isinstance(one.number, str) and isinstance(one.name, str)):
            raise ValueError("not text")
        if not one.number or " " in one.number or "\n" in one.number + one.name:
            raise ValueError("ambiguous line")
    if len(found) > MOST_LISTED:
        raise ValueError("too long")
    return found


def _prizes(told: Any) -> list[tuple[str, int]]:
    found = [(name, count) for name, count in told]
    for name, count in found:
        if not isinstance(name, str) or type(count) is not int or not 0 < count <= MOST_LISTED:
            raise ValueError("prize")
    return found
