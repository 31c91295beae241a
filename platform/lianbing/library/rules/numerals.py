"""Chinese numerals, and the numbers of articles written with them (第一百零二条, 第十条之一).

A numeral is read strictly: what could be read two ways (二十二十) is an error, never a guess.
"""

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
SAME = str.maketrans({"〇": "零", "○": "零", "两": "二", "壹": "一", "元": "一"})
NUMERAL_CHARACTERS = "零〇○一二两三四五六七八九十百千0-9０-９"
LARGEST = 9999


class NumeralError(ValueError):
    """The text is not one whole number between 1 and 9999."""


def to_int(text: str) -> int:
    """The number that `text` spells: 一百零二, 一〇二, 102 or １０２. Raises NumeralError."""
    plain = unicodedata.normalize("NFKC", text.strip()) if text else ""
    plain = plain.replace("〇", "零").translate(SAME)
    if plain.isascii() and plain.isdigit():
        number = int(plain[:6])
    elif plain and all(char in DIGITS for char in plain):
        number = int("".join(str(DIGITS.index(char)) for char in plain[:6]))
    else:
        number = _spelled(plain)
    if not 0 < number <= LARGEST:
        raise NumeralError(text)
    return number


def _spelled(text: str) -> int:
    """A numeral with units. Read loosely, then accepted only if spelling the result gives it back."""
    total = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in UNITS:
            total += (digit or (1 if char == "十" else 0)) * UNITS[char]
            digit = 0
        else:
            raise NumeralError(text)
    number = total + digit
    if not 0 < number <= LARGEST or text not in _spellings(number):
        raise NumeralError(text)
    return number


def _spellings(number: int) -> set[str]:
    """How a number may be spelled: 一百一十二 or 一百十二; 十二 or 一十二."""
    full = to_chinese(number, full=True)
    return {full, full.removeprefix("一") if full.startswith("一十") else full, _short_ten(full)}


def _short_ten(full: str) -> str:
    return full.replace("百一十", "百十")


def to_chinese(number: int, *, full: bool = False) -> str:
    """Spell 1 to 9999: 102 -> 一百零二, 12 -> 十二 (一十二 when `full`). Raises NumeralError."""
    if not 0 < number <= LARGEST:
        raise NumeralError(str(number))
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text if full or not text.startswith("一十") else text[1:]


ARTICLE = re.compile(
    rf"第\s*(?P<number>[{NUMERAL_CHARACTERS}]{{1,12}})\s*条(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{{1,3}}))?"
)


def article_label(number: int, suffix: int = 0) -> str:
    """The written name of an article: 第十条, 第十条之一."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(suffix)}" if suffix else "")


def article_anchor(number: int, suffix: int = 0, repeat: int = 1) -> str:
    """The permanent name of an article inside its edition: art-10, art-10-1.

    When a text uses one number twice, the second is art-10-r2, so that it is never taken for 之二.
    """
    return f"art-{number}" + (f"-{suffix}" if suffix else "") + (f"-r{repeat}" if repeat > 1 else "")
