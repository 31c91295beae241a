"""Seats at a match: the codes they are taken with, and how many people they are for. Pure."""

import hashlib
import unicodedata
from collections.abc import Callable, Sequence

# Without 0 O 1 I L, which look alike on paper and across a hall.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
HALL_CODE, SEAT_CODE = 6, 8
NAME_LIMIT = 12
MOST_AUDIENCE = 5000
# Wrong codes from one address in one minute; a hall behind one address types few of them, a guesser many:
# with 40 a minute against 31**6 codes of the hall and 31**8 of the teams, finding one takes years.
MOST_WRONG_CODES = 40


def new_code(length: int, choice: Callable[[Sequence[str]], str]) -> str:
    """A code of `length` characters; `choice` takes one of a sequence by chance (secrets.choice)."""
    return "".join(choice(ALPHABET) for _ in range(length))


def tidy_code(typed: str) -> str:
    """A code as it is stored, from what somebody typed; "" when it can be none.

    Small letters, full-width characters, spaces and hyphens are what phones and people add.
    """
    plain = unicodedata.normalize("NFKC", typed[:40]).upper()
    kept = "".join(char for char in plain if not char.isspace() and char not in "-—–·.")
    fits = HALL_CODE <= len(kept) <= SEAT_CODE and all(char in ALPHABET for char in kept)
    return kept if fits else ""


def spaced(code: str) -> str:
    """A code in two groups, as it is printed and read out: 4KMT 7RWX."""
    half = (len(code) + 1) // 2
    return f"{code[:half]} {code[half:]}"


def tidy_name(typed: str) -> str:
    """A nickname that may stand on the wall: one line, nothing unprintable or invisible, at most NAME_LIMIT long."""
    plain = unicodedata.normalize("NFKC", typed[:200])
    kept = "".join(
        char if char.isprintable() and unicodedata.category(char) != "Cf" else " " for char in plain
    )
    return " ".join(kept.split())[:NAME_LIMIT].strip()


def secret_of(token: str) -> str:
    """What is stored of the token a phone keeps in its cookie: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
