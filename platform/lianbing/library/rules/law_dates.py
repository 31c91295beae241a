"""Days as laws write them: 2021年1月22日, ２０２１年１月２２日, 二〇二一年一月二十二日, and those in file names."""

import datetime
import re
from collections.abc import Iterator

from lianbing.library.rules.numerals import NumeralError, to_int

DATE = re.compile(r"([0-9０-９]{4})\s*年\s*([0-9０-９]{1,2})\s*月\s*([0-9０-９]{1,2})\s*日")
WRITTEN = DATE.pattern.replace("([", "(?:[")
_SPELLED = re.compile(
    r"([一二三四五六七八九〇○零Ｏ]{4})\s*年\s*([一二三四五六七八九十元]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
# What a file name may end or begin with: (2021-01-22), _20210122, 2021.1.22, 2021年1月22日.
_BETWEEN = r"(?:[-._/]|年|月)"
_DAY = rf"(?<![0-9])((?:18|19|20)\d\d)(?:{_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})日?|(\d\d)(\d\d))(?![0-9])"
FILE_DATE = re.compile(rf"[\s_\-—(（\[【]*{_DAY}(?:公布|发布|施行)?[\s)）\]】]*$")
FILE_DATE_FIRST = re.compile(rf"^[\s(（\[【]*{_DAY}[\s_\-—)）\]】.]*(?=\D)")


def plain(text: str) -> str:
    """The text with days spelled in Chinese numerals turned into Arabic ones; for matching, never for showing."""
    return _SPELLED.sub(_arabic, text) if "年" in text else text


def _arabic(match: re.Match[str]) -> str:
    try:
        year = to_int(match.group(1).replace("Ｏ", "〇"))
        return f"{year:04d}年{to_int(match.group(2))}月{to_int(match.group(3))}日"
    except NumeralError:
        return match.group()


def day_of(match: re.Match[str]) -> datetime.date | None:
    """The day a match of DATE names, or None for one no calendar has (2月30日)."""
    try:
        return datetime.date(*(int(part) for part in match.groups()[:3]))  # int() reads full-width digits
    except ValueError:
        return None


def matches(text: str) -> Iterator[re.Match[str]]:
    """Every day written in the text, in its order."""
    return DATE.finditer(plain(text))


def _file_match(stem: str) -> re.Match[str] | None:
    return FILE_DATE.search(stem) or FILE_DATE_FIRST.search(stem)


def file_date(stem: str) -> datetime.date | None:
    """The day in a file name such as 行政处罚法(2021-01-22) or 行政处罚法_20210122, or None."""
    match = _file_match(stem)
    if match is None:
        return None
    year, month, day, compact_month, compact_day = match.groups()
    try:
        return datetime.date(int(year), int(month or compact_month), int(day or compact_day))
    except ValueError:
        return None


def impossible_file_date(stem: str) -> str:
    """What stands in a file name where a day should be, when no calendar has it; else an empty text."""
    match = _file_match(stem)
    if match is None or file_date(stem) is not None:
        return ""
    return match.group().strip(" _-—()（）[]【】")


def without_file_date(stem: str) -> str:
    """The file name without its day."""
    return FILE_DATE_FIRST.sub("", FILE_DATE.sub("", stem), count=1)
