"""Names, identity numbers and one-time codes."""

import datetime
import re
from collections.abc import Callable, Sequence

CODE_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
"""No character of these can be taken for another: no 0 O, 1 I L, 2 Z, 5 S, 8 B."""
CODE_GROUPS, CODE_GROUP_LENGTH = 3, 4
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def masked_name(name: str) -> str:
    """A name for the public: the family name, the rest as stars (张三丰 -> 张**)."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def masked_id_number(number: str) -> str:
    """An identity number for lists: the first six and the last two of eighteen characters."""
    return (
        f"{number[:6]}{'*' * max(len(number) - 8, 0)}{number[-2:]}" if len(number) >= 8 else "*" * len(number)
    )


def id_number_fault(number: str, today: datetime.date) -> str:
    """What is wrong with an 18-character identity number (GB 11643-1999): "", "form", "birth" or "check"."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return "form"
    try:
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth"
    if not datetime.date(1900, 1, 1) <= born < today:
        return "birth"
    return "" if id_number_check(number[:17]) == number[17] else "check"


def id_number_check(first: str) -> str:
    """The check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A one-time code such as 7KQM-3WXA-9DTE: 12 characters of 25, 55 bits. `choose` picks one of many."""
    groups = ("".join(choose(CODE_ALPHABET) for _ in range(CODE_GROUP_LENGTH)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def bare_code(typed: str) -> str:
    """A code as compared: capitals, without hyphens and spaces, so that a tired reader may leave them out."""
    return re.sub(r"[\s\-－—]", "", typed).upper()
