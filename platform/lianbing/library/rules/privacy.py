"""What in a text still says who somebody is: numbers of persons, plates, addresses, accounts, names.

Source: 个人信息保护法 art. 6 and 28, 行政处罚法 art. 50 (business and private matters are kept), the rule of R21 that a
case is shown without any person's data. A number is found in full-width and Chinese digits too and with spaces or
hyphens inside; a name where it stands after the part somebody plays (rules.privacy_names). A name with 某, × or *
in the place of the given name is masked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from lianbing.library.rules import privacy_names
from lianbing.people.rules.identity import id_number_check


class Kind(StrEnum):
    """What a piece of text gives away."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    LONG_NUMBER = "long_number"
    CREDIT_CODE = "credit_code"
    DOCUMENT = "document"
    PLATE = "plate"
    ACCOUNT = "account"
    ADDRESS = "address"
    BIRTH = "birth"
    NAME = "name"


@dataclass(frozen=True)
class Mark:
    """A piece of a text, from `start` to before `end`, that says who somebody is."""

    kind: Kind
    start: int
    end: int


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_FOLDING = {
    **{code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
    **{code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
    **{ord(char): " " for char in "\u3000\u00a0\u2002\u2003\u2009\u202f"},
    **{ord(char): "-" for char in "‐‑‒–—―−"},
    **{ord(char): str(value) for value, char in enumerate("①②③④⑤⑥⑦⑧⑨", start=1)},
    ord("¹"): "1",
    ord("²"): "2",
    ord("³"): "3",
}
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789")
_GAP = re.compile(rf"[ \-.·{_INVISIBLE}]{{0,3}}")
_GROUP = re.compile(r"\d+(?: ?x(?![a-z]))?")
_DATE = re.compile(
    r"(?<!\d)(?<!\d[-./])(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d|[-./]\d)"
)
_LONGEST, _LONG = 19, 15
_CREDIT_ALPHABET = "0123456789abcdefghjklmnpqrtuwxy"
_CREDIT = re.compile(rf"(?<![a-z0-9])[0-9a-y]{{2}}\d{{6}}[{_CREDIT_ALPHABET}]{{10}}(?![a-z0-9])")
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.PLATE,
        re.compile(
            rf"[{_PROVINCES}] ?[a-z] ?[·•.\-]? ?(?=[a-z0-9]*\d)(?:[a-hj-np-z0-9]{{5,6}}|[a-hj-np-z0-9]{{4}}[挂学警港澳领])(?![a-z0-9])"
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\d-])(?:\(0\d{2,3}\)|0\d{2,3}[- ]?) ?[2-9]\d{2,3}[- ]?\d{4}(?:[-转]\d{1,5})?(?!\d)"
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?:电话|手机|座机|联系方式|传真|固话)(?:号码|号)?[:是为 ]{0,3}(?P<n>\d[\d -]{4,14}\d)(?!\d)"
        ),
    ),
    (Kind.ACCOUNT, re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")),
    (
        Kind.ACCOUNT,
        re.compile(
            r"(?:微信|qq|抖音|快手|支付宝)(?:号码|账号|号)?[:是为 ]{0,3}(?P<n>[a-z0-9][-_a-z0-9]{4,19})"
        ),
    ),
    (
        Kind.BANK_CARD,
        re.compile(r"(?:银行卡|卡号|账号|账户|存折)(?:号码|号)?[:是为 ]{0,3}(?P<n>\d[\d -]{6,24}\d)(?!\d)"),
    ),
    (
        Kind.DOCUMENT,
        re.compile(
            r"(?:护照|通行证|驾驶证|行驶证|居住证|军官证|残疾证|执法证|社保卡|身份证)(?:件)?(?:号码|编号|号)?[:是为 ]{0,3}"
            r"(?P<n>[a-z]{0,2}\d[\d -]{3,20}[\dx])(?![a-z0-9*×])"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:\d+|[a-z])(?:号楼|栋|幢|座) ?(?:\d+ ?单元)? ?\d{2,5}(?:室|户|房)|\d+ ?单元 ?\d{2,5}(?:室|户|房|号)?"
        ),
    ),
    (
        Kind.BIRTH,
        re.compile(
            r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:出)?生(?![效产])|(?:出生于|生于|出生日期)[:是为 ]{0,2}(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
        ),
    ),
)


def find(text: str) -> list[Mark]:
    """Everything in a text that says who somebody is, in order, no two overlapping. Offsets are those of `text`."""
    folded = text.translate(_FOLDING)
    plain = _DATE.sub(lambda date: "年" * len(date.group()), folded)
    figures = plain.translate(_CHINESE_DIGITS)
    found = [*_numbers(figures), *_credit_codes(folded)]
    found += [Mark(kind, *_told(m)) for kind, one in _PATTERNS for m in one.finditer(figures)]
    found += [Mark(Kind.NAME, start, end) for start, end in privacy_names.find(folded)]
    return _apart(found)


def masked(text: str) -> str:
    """The text with everything that says who somebody is made unreadable; 张三丰 becomes 张某某."""
    for _again in range(_MOST_ROUNDS):
        marks = find(text)
        if not marks:
            break
        for mark in reversed(marks):
            text = text[: mark.start] + _instead(mark, text[mark.start : mark.end]) + text[mark.end :]
    return text


_MOST_ROUNDS = 5


def _told(match: re.Match[str]) -> tuple[int, int]:
    """Where the telling part of a match stands: its group n where it has one."""
    return match.span("n" if "n" in match.re.groupindex else 0)


def _instead(mark: Mark, piece: str) -> str:
    return privacy_names.masked(piece) if mark.kind is Kind.NAME else "×××"


def _apart(found: list[Mark]) -> list[Mark]:
    """Of pieces that overlap the longest, the likelier kind first."""
    order = list(Kind)
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start - m.end, order.index(m.kind), m.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)


def _numbers(text: str) -> Iterator[Mark]:
    """Numbers of persons among groups of digits that stand close together."""
    groups = list(_GROUP.finditer(text))
    near = [_GAP.fullmatch(text, one.end(), two.start()) is not None for one, two in pairwise(groups)]
    place = 0
    while place < len(groups):
        last, kind = _window(groups, near, place)
        if kind is not None:
            yield Mark(kind, groups[place].start(), groups[last].end())
        place = last + 1


def _window(groups: list[re.Match[str]], near: list[bool], first: int) -> tuple[int, Kind | None]:
    """The longest run of groups from `first` on that is a number of a person: (last group, its kind)."""
    best: tuple[int, Kind | None] = (first, None)
    pieces: list[str] = []
    for last in range(first, len(groups)):
        if last > first and not near[last - 1]:
            break
        pieces.append(groups[last].group().replace(" ", ""))
        if sum(map(len, pieces)) > _LONGEST and last > first:
            break
        kind = _kind_of(pieces)
        if kind is not None:
            best = (last, kind)
    return best


def _kind_of(pieces: list[str]) -> Kind | None:
    """What the digits of these groups, put together, are the number of."""
    digits = "".join(pieces)
    whole = len(pieces) == 1
    if _is_id_number(digits, whole):
        return Kind.ID_NUMBER
    if re.fullmatch(r"(?:0?0?86)?1[3-9]\d{9}", digits):
        return Kind.PHONE
    if digits.isdigit() and 16 <= len(digits) <= 19 and (whole or _in_fours(pieces)) and _luhn(digits):
        return Kind.BANK_CARD
    return Kind.LONG_NUMBER if whole and len(digits) >= _LONG else None


def _is_id_number(digits: str, whole: bool) -> bool:
    """18 characters with a day of birth (parted by blanks: with the right check character too), or the old 15 digits."""
    if re.fullmatch(r"[1-9]\d{16}[\dx]", digits):
        born = _is_day(digits[10:12], digits[12:14]) and digits[6:8] in {"18", "19", "20"}
        return id_number_check(digits[:17]) == digits[17].upper() if not (born and whole) else True
    return bool(re.fullmatch(r"[1-9]\d{14}", digits)) and _is_day(digits[8:10], digits[10:12])


def _is_day(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _in_fours(pieces: list[str]) -> bool:
    return all(len(piece) == 4 for piece in pieces[:-1]) and len(pieces[-1]) <= 4


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: the check digit of bank cards."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _credit_codes(text: str) -> Iterator[Mark]:
    """统一社会信用代码 (GB 32100-2015): of a one-person business it says who the person is."""
    for match in _CREDIT.finditer(text):
        code = match.group()
        values = [_CREDIT_ALPHABET.find(char) for char in code]
        if min(values) < 0 or code.isdigit():
            continue
        total = sum(value * pow(3, place, 31) for place, value in enumerate(values[:17]))
        if (31 - total % 31) % 31 == values[17]:
            yield Mark(Kind.CREDIT_CODE, match.start(), match.end())
