"""Certificate numbers: prefix, year of issue, and a serial without gaps: YXPX-2026-000123.

No official layout was found, so the prefix is the bureau's own. The number is printed and may be
guessed; it opens nothing. Verification goes by the random 128-bit id alone.
"""

import re

PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,11})-(\d{4})-(\d{6,})")


def is_prefix(text: str) -> bool:
    """Whether `text` may stand before the year: 2 to 12 capital letters and digits, a letter first."""
    return PREFIX.fullmatch(text) is not None


def certificate_number(prefix: str, year: int, serial: int) -> str:
    """The number as printed. Raises ValueError for a bad prefix or a serial below 1."""
    if not is_prefix(prefix) or serial < 1:
        raise ValueError(f"no number from {prefix!r}, {serial}")
    return f"{prefix}-{year:04}-{serial:06}"


def parts(number: str) -> tuple[str, int, int] | None:
    """(prefix, year, serial) of a printed number, or None."""
    match = _NUMBER.fullmatch(number.strip())
    return (match[1], int(match[2]), int(match[3])) if match else None
