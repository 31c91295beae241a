"""Penalties as people write them: 警告、50元以上200元以下, 1-3倍, 20-50元/平方米, 没收违法所得, 不予处罚.

One line is one bound or one grade, its fields parted by | (or ｜). The same lines stand in the spreadsheet, in
the form and in the comparison of two versions.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

FINE = "罚款"
# 行政处罚法 art. 9, in its order; 责令改正 (art. 28) accompanies a penalty and is none.
KINDS = (
    "警告",
    "通报批评",
    FINE,
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
)
ACCOMPANY = ("责令改正", "责令限期改正", "责令限期拆除", "责令清除")
EXEMPT = ("不予处罚", "不予行政处罚", "免予处罚", "不处罚", "不罚")
MOST_LINES = 40
_NUMBER = r"(\d{1,10}(?:\.\d{1,4})?)(万)?"
_UNIT = r"(元(?:/[\u4e00-\u9fff]{1,6}?)?|倍)"
_PER = re.compile(r"^(?:每|按每|按照每)([\u4e00-\u9fff]{1,6}?)(?:处)?(?=\d)")
_TAIL = re.compile(r"(?:的)?(?:罚款|的标准处以罚款)$")
_SPAN = re.compile(rf"(超过)?{_NUMBER}{_UNIT}?(以上)?[-~—－–至到]*{_NUMBER}{_UNIT}(以下|以内)?")
_BELOW = re.compile(rf"(不足|不满|不超过|最高)?{_NUMBER}{_UNIT}(以下|以内)?")
_SPAN_BELOW = re.compile(rf"{_NUMBER}{_UNIT}?以上(?:不足|不满){_NUMBER}{_UNIT}")


class PenaltyError(ValueError):
    """A line that cannot be read. `code`: penalty, amount, reversed, fields, name, subject, twice; `text`: the piece."""

    def __init__(self, code: str, text: str, line: int = 0) -> None:
        super().__init__(code, text)
        self.code, self.text, self.line = code, text, line


@dataclass(frozen=True)
class Range:
    """A fine: from `low` to `high` in `unit` (元, 倍, 元/平方米, 元/处 ...), both counted in.

    `open_end`: the upper amount is not reached (不满). `open_start`: more than the lower one (超过).
    """

    low: Decimal
    high: Decimal
    unit: str
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True)
class Penalty:
    """What one line threatens. `kinds`: the penalties of 行政处罚法, a fine among them when there is one."""

    kinds: tuple[str, ...] = ()
    fine: Range | None = None
    exempt: bool = False
    text: str = ""


@dataclass(frozen=True)
class Bound:
    """What the law allows, for whom (`subject`, "" for everybody)."""

    penalty: Penalty
    subject: str = ""
    note: str = ""

    @property
    def fine(self) -> Range | None:
        return self.penalty.fine

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.penalty.kinds


@dataclass(frozen=True)
class Grade:
    """One grade: its name, the circumstances, what follows, for whom, and the ground of going below the law.

    `line` is where it was read."""

    name: str
    circumstances: str
    penalty: Penalty
    subject: str = ""
    basis: str = ""
    line: int = field(default=0, compare=False)

    @property
    def fine(self) -> Range | None:
        return self.penalty.fine

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.penalty.kinds

    @property
    def exempt(self) -> bool:
        return self.penalty.exempt


def fields_of(line: str) -> list[str]:
    """The fields of a line."""
    return [field.strip() for field in re.split(r"[|｜]", line)]


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def parse_penalty(text: str) -> Penalty:
    """One penalty or several joined by 、，； or 并处. Raises PenaltyError."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    kinds: list[str] = []
    fine: Range | None = None
    exempt = False
    pieces = [piece for piece in re.split(r"[、，,;；]|并处|可以并处|并", plain) if piece]
    for piece in pieces:
        if piece in EXEMPT:
            exempt = True
        elif piece in KINDS and piece != FINE:
            kinds.append(piece)
        elif piece not in ACCOMPANY:
            if fine is not None:
                raise PenaltyError("twice", piece)
            fine = parse_range(piece)
            kinds.append(FINE)
    if not pieces or (exempt and kinds):
        raise PenaltyError("penalty", text)
    return Penalty(tuple(dict.fromkeys(kinds)), fine, exempt, text.strip())


def parse_range(text: str) -> Range:
    """50元以上200元以下, 50-200元, 1000元以上不满3000元, 5万元以下, 1-3倍, 每处100元. Raises PenaltyError."""
    plain = _TAIL.sub(
        "", unicodedata.normalize("NFKC", text).replace(" ", "").removeprefix("处").removeprefix("罚款")
    )
    per = _PER.match(plain)
    unit = f"元/{per.group(1)}" if per else ""
    plain = plain[per.end() :] if per else plain
    found = _spanned(plain) or _single(plain)
    if found is None:
        raise PenaltyError("amount", text)
    if found.low > found.high or (found.low == found.high and (found.open_start or found.open_end)):
        raise PenaltyError("reversed", text)
    if unit:
        found = Range(found.low, found.high, unit, found.open_start, found.open_end)
    return found


def _spanned(plain: str) -> Range | None:
    if match := _SPAN_BELOW.fullmatch(plain):
        low, ten, _unit, high, high_ten, unit = match.groups()
        return Range(_amount(low, ten), _amount(high, high_ten), unit, open_end=True)
    match = _SPAN.fullmatch(plain)
    if match is None:
        return None
    more, low, ten, first, how, high, high_ten, unit, _end = match.groups()
    if not (how or more) and not re.search(r"[-~—－–至到]", plain):
        return None
    # 1-3万元: the small unit behind stands for both.
    ten = ten or ("" if first else high_ten)
    return Range(_amount(low, ten), _amount(high, high_ten), unit, open_start=bool(more))


def _single(plain: str) -> Range | None:
    match = _BELOW.fullmatch(plain)
    if match is None:
        return None
    before, amount, ten, unit, after = match.groups()
    high = _amount(amount, ten)
    low = Decimal(0) if before or after else high
    return Range(low, high, unit, open_end=before in {"不足", "不满"})


def _amount(number: str, ten: str | None) -> Decimal:
    return Decimal(number) * (10_000 if ten else 1)


def amount_words(amount: Decimal) -> str:
    """1000 as people write it, without a point where none is needed."""
    return f"{amount.normalize():f}"


def range_words(found: Range) -> str:
    """The range as the law writes it."""
    if found.low == found.high:
        return f"{amount_words(found.low)}{found.unit}"
    start = f"{'超过' if found.open_start else ''}{amount_words(found.low)}{found.unit}{'' if found.open_start else '以上'}"
    end = (
        f"不满{amount_words(found.high)}{found.unit}"
        if found.open_end
        else f"{amount_words(found.high)}{found.unit}以下"
    )
    return end if not found.low and not found.open_start else start + end


def parse_bounds(text: str) -> list[Bound]:
    """Lines 处罚 | 对象 | 说明, the last two optional. Raises PenaltyError with the line."""
    found: list[Bound] = []
    for number, line in _checked_lines(text):
        fields = fields_of(line)
        if len(fields) > 3:
            raise PenaltyError("fields", line, number)
        penalty, subject, note = [*fields, "", ""][:3]
        if any(bound.subject == subject for bound in found):
            raise PenaltyError("subject", subject or line, number)
        found.append(Bound(_at_line(penalty, number), subject, note))
    return found


def parse_grades(text: str) -> list[Grade]:
    """Lines 等级 | 情形 | 处罚 | 对象 | 依据, the last two optional. Raises PenaltyError with the line."""
    found: list[Grade] = []
    for number, line in _checked_lines(text):
        fields = fields_of(line)
        if not 3 <= len(fields) <= 5:
            raise PenaltyError("fields", line, number)
        name, circumstances, penalty, subject, basis = [*fields, "", ""][:5]
        if not name or not circumstances:
            raise PenaltyError("name", line, number)
        found.append(Grade(name, circumstances, _at_line(penalty, number), subject, basis, number))
    return found


def _checked_lines(text: str) -> Iterable[tuple[int, str]]:
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        raise PenaltyError("lines", str(MOST_LINES), lines[MOST_LINES][0])
    return lines


def _at_line(text: str, number: int) -> Penalty:
    try:
        return parse_penalty(text)
    except PenaltyError as error:
        raise PenaltyError(error.code, error.text, number) from None
