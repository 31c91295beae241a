"""Numbers as Chinese texts write them, turned into digits: 二十 -> 20, 百分之五 -> 5%, 5万 -> 50000.

A numeral is read strictly: what can be read two ways (一百五, 三五, 千万不要) stays as it is.
"""

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SAME = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零零二一二三四五六七八九十百千万亿")
_RUN = "零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
NUMERALS = _RUN + "0123456789"
_MIXED_UNITS = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百|十"
_NUMBER = rf"(?:[{_RUN}]+(?:点[{_RUN}]+)?|\d+(?:\.\d+)?)"
_FRACTION = re.compile(rf"(?P<of>[{_RUN}]+|\d+)分之(?P<part>{_NUMBER})")
_POINT = re.compile(rf"(?P<whole>[{_RUN}]+)点(?P<rest>[零〇一二三四五六七八九]+)(?![{_RUN}分刻半])")
_MIXED = re.compile(rf"(?<![\d.])(?:\d+(?:\.\d+)?(?:{_MIXED_UNITS}))+(?![\d{_RUN}])")
_MIXED_PART = re.compile(rf"(\d+(?:\.\d+)?)({_MIXED_UNITS})")
_CHINESE = re.compile(rf"(?<!\d)[{_RUN}]+(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_TRAILING = re.compile(r"(\d+)\.(\d*?)0+(?!\d)")


def _section(number: int) -> str:
    """1 to 9999 in full: 一百零二, 一十二."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit if digit or text else False
    return text


def spell(number: int) -> str:
    """A whole number from 0 to below 10^12 as it is written in full: 100500 -> 一十万零五百."""
    if number == 0:
        return DIGITS[0]
    text, open_gap = "", False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10_000
        if not part:
            open_gap = bool(text)
            continue
        text += ("零" if text and (open_gap or part < 1000) else "") + _section(part) + name
        open_gap = False
    return text


def _loosely(text: str) -> int:
    """What a spelled number could mean; only for `read`, which asks whether it is spelled so."""
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            size = 10**8 if char == "亿" else 10**4
            total = (total + section + digit) * size if char == "亿" else total + (section + digit) * size
            section = digit = 0
    return total + section + digit


def _spellings(number: int) -> set[str]:
    """How a number may be spelled: a leading 一十 as 十, and 零 before a full thousand left in or out."""
    full = spell(number)
    forms = {full, re.sub(r"([万亿])(?=[一二三四五六七八九]千)", r"\1零", full)}
    forms |= {one.replace("百一十", "百十") for one in forms}
    return forms | {one.removeprefix("一") for one in forms if one.startswith("一十")}


def read(text: str) -> int | None:
    """The whole number a Chinese numeral spells, or None when it is none or could be read two ways.

    二〇二六 (three digits or more, or with a zero) is read digit by digit.
    """
    plain = text.translate(_SAME)
    if all(char in DIGITS for char in plain):
        several = len(plain) >= 3 or (len(plain) > 1 and "零" in plain)
        return int("".join(str(DIGITS.index(char)) for char in plain)) if len(plain) == 1 or several else None
    if len(plain) > 30:
        return None
    number = _loosely(plain)
    return number if 0 < number < 10**12 and plain in _spellings(number) else None


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _digits(text: str) -> str | None:
    """A number written either way, as digits; None when it cannot be read."""
    if text[0].isdigit():
        return text
    whole, _, rest = text.partition("点")
    number = read(whole)
    if number is None or not rest:
        return None if number is None else str(number)
    tail = rest.translate(_SAME)
    if any(char not in DIGITS for char in tail):
        return None
    return f"{number}." + "".join(str(DIGITS.index(char)) for char in tail)


def _fraction(match: re.Match[str]) -> str:
    of, part = match["of"], _digits(match["part"])
    if part is None:
        return match[0]
    sign = {"百": "%", "100": "%", "一百": "%", "千": "‰", "1000": "‰", "一千": "‰"}.get(of)
    if of in {"百", "100", "一百"} and match["part"] == "百":
        part = "100"
    if sign:
        return part + sign
    whole = _digits(of)
    return match[0] if whole is None else f"{part}/{whole}"


def _point(match: re.Match[str]) -> str:
    return _digits(match[0]) or match[0]


def _mixed(match: re.Match[str]) -> str:
    """5万3千 -> 53000; units that do not fall stay as they are."""
    total, last = Decimal(0), None
    for figure, unit in _MIXED_PART.findall(match[0]):
        size = Decimal(1)
        for char in unit:
            size *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
        if last is not None and size >= last:
            return match[0]
        total, last = total + Decimal(figure) * size, size
    return _plain(total)


def _chinese(match: re.Match[str]) -> str:
    number = read(match[0])
    return match[0] if number is None else str(number)


def _untailed(match: re.Match[str]) -> str:
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def in_digits(text: str) -> str:
    """The text with every number in it written in digits. Takes text that is NFKC already."""
    text = text.replace("百分之百", "100%")
    text = _FRACTION.sub(_fraction, text)
    text = _POINT.sub(_point, text)
    text = _CHINESE.sub(_chinese, text)
    text = _MIXED.sub(_mixed, text)
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    return _TRAILING.sub(_untailed, text)
