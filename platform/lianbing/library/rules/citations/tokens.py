"""From text to the pieces a citation is made of: names of laws, 本法, 第…条, 前款.

Every expression is bounded, and the text is walked once, so the work grows with its length alone. Lists are
possessive ({0,40}+): a list that no unit follows is never read again in another way, of which there are 2^40.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lianbing.library.rules.citations.references import Unit
from lianbing.library.rules.numerals import NUMERAL_CHARACTERS, NumeralError, to_int

LONGEST_NAME = 200
LONGEST_RUN = 40
NOUNS = (
    "法典|宪法|法|条例|规定|办法|细则|规则|规程|规范|解释|决定|章程|准则|标准|意见|通知|批复|安排|公约|协定|通则"
    "|修正案|纲要|方案"
)
_NUMBER = rf"[{NUMERAL_CHARACTERS}]{{1,12}}"
_ONE = rf"(?:[（(]\s?{_NUMBER}\s?[）)]|{_NUMBER})"
_TO = r"至|到|—{1,2}|－|-|~|～"
_AND = r"、|，|,|和|及|与|或者|或"
_UNIT = r"条(?![例件约线街道款文幅])|条(?=款第)|款(?![项待式])|项(?!目)|目(?![的标前录])|分编|编(?!号)|章(?!程)|节(?![日能约])"
MASTER = re.compile(
    r"(?P<law>《)"
    rf"|第\s{{0,3}}(?P<numbers>{_ONE}(?:\s?(?:{_AND}|{_TO})\s?第?\s?{_ONE}){{0,40}}+)\s{{0,3}}(?P<unit>{_UNIT})"
    rf"|(?P<items>[（(]\s?{_NUMBER}\s?[）)](?:\s?(?:{_AND}|{_TO})?\s?[（(]\s?{_NUMBER}\s?[）)]){{0,40}}+)\s?(?P<item>项)(?!目)"
    rf"|(?<![基版资日样原副文脚剧课根标])本(?P<own>(?:实施|暂行|试行|若干|管理|司法|修正)?(?:{NOUNS}))"
    rf"|(?<![合共协如等])(?:该|同|上述)(?P<same>{NOUNS})"
    r"|(?<![基版成资日样原副文脚剧课根标])(?P<this>本(?:条(?![例件约文])|款(?![项])|项(?!目)))"
    r"|(?P<that>(?:同|该)条(?![例件约款]))"
    r"|(?<![之以先提目眼当空])(?P<before>(?:前\s?(?P<many>[两二三四五六七八九十]{1,2})?|(?<![以之])上)\s?(?P<back>条(?![例件约])|款(?![项])|项(?!目)))"
)
SUFFIX = re.compile(
    r"\s?之\s?(?P<suffix>[一二三四五六七八九十]{1,3}|[1-9１-９]{1,2})(?![\u4e00-\u9fff]?[外间前后]|[个年日月种项倍次元人部])"
)
BRACKETS = re.compile(r"\s{0,2}[（(](?P<inside>[^（）()]{0,80})[）)]")
YEAR = re.compile(r"\s*(?P<year>(?:19|20)\d\d)\s*年?(?:\D{0,2}\d{1,2}月)?[^第条]{0,12}")
SHORT_NAME = re.compile(
    r"(?:以下)?[统合]?(?:简称|下称)[为：:]?\s*[《“\"〈「'‘]?(?P<short>[^《》“”\"〈〉「」'‘’，,。；;]{2,60})"
)
NUMBER = re.compile(_NUMBER)
RANGE = re.compile(_TO)
UNITS = {"条": Unit.ARTICLE, "款": Unit.PARAGRAPH, "项": Unit.ITEM, "目": Unit.SUBITEM}


@dataclass(frozen=True)
class Span:
    """One number of a list, with where it stands; `last` > 0 makes it a range."""

    first: int
    start: int
    end: int
    last: int = 0


@dataclass(frozen=True)
class Token:
    """A piece. `kind` is law, own, same, unit, division, this, that or before."""

    kind: str
    start: int
    end: int
    name: str = ""
    year: int = 0
    short: str = ""
    unit: Unit = Unit.ARTICLE
    numbers: tuple[Span, ...] = ()
    suffix: int = 0
    back: int = 0
    needs_place: bool = False


# Every alternative of MASTER begins with one of these, and looking for them is quick.
FIRST = re.compile("[《第（(本该同上前]")


class Scanner:
    """Walks a text once. `work` counts the characters looked at by hand, for the test of its growth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.work = 0

    def tokens(self) -> Iterator[Token]:
        """Every piece in order. What is no piece is passed over."""
        position = 0
        while (first := FIRST.search(self.text, position)) is not None:
            match = MASTER.match(self.text, first.start())
            token = self._token(match) if match else None
            position = token.end if token else first.end()
            if token and token.kind:
                yield token

    def _token(self, match: re.Match[str]) -> Token | None:
        start, end = match.span()
        kind = match.lastgroup or ""
        if match.group("law"):
            return self._law(start)
        if match.group("unit") or match.group("item"):
            return self._unit(match)
        if match.group("back"):
            many = match.group("many")
            back = to_int(many) if many else 1
            return Token("before", start, end, unit=UNITS[match.group("back")], back=back)
        if match.group("this"):
            return Token("this", start, end, unit=UNITS[match.group("this")[1]])
        return Token(kind if kind in ("own", "same", "that") else "", start, end)

    def _law(self, start: int) -> Token | None:
        """《…》 with 〈…〉 or 《…》 inside, and the brackets behind it that tell the edition or a short name."""
        end = self._closing(start)
        if not end:
            return None
        name, year, short = self.text[start + 1 : end - 1], 0, ""
        for _turn in range(3):
            brackets = BRACKETS.match(self.text, end)
            inside = brackets.group("inside") if brackets else None
            if brackets is None or inside is None or re.search(r"第.{1,12}条", inside):
                break
            defined = SHORT_NAME.search(inside)
            dated = YEAR.fullmatch(unicodedata.normalize("NFKC", inside))
            short = defined.group("short").strip() if defined else short
            year = int(dated.group("year")) if dated and not year else year
            end = brackets.end()
        return Token("law", start, end, name=name, year=year, short=short)

    def _closing(self, start: int) -> int:
        """The end of the 《…》 that begins at `start`; 0 where it is not closed in the line."""
        depth = 0
        for place in range(start, min(len(self.text), start + LONGEST_NAME + 2)):
            self.work += 1
            char = self.text[place]
            depth += (char == "《") - (char == "》")
            if char == "\n":
                return 0
            if depth == 0:
                return place + 1 if place > start + 1 else 0
        return 0

    def _unit(self, match: re.Match[str]) -> Token | None:
        bare = match.group("item") is not None
        group = "items" if bare else "numbers"
        try:
            numbers = tuple(_numbers(match.group(group), match.start(group)))
        except NumeralError:
            return Token("", match.start(), match.end())
        unit = UNITS.get(match.group("item" if bare else "unit"))
        end = match.end()
        if unit is None:
            return Token("division", match.start(), end)
        suffix = SUFFIX.match(self.text, end) if unit is Unit.ARTICLE else None
        if suffix:
            end = suffix.end()
        number = to_int(suffix.group("suffix")) if suffix else 0
        return Token("unit", match.start(), end, unit=unit, numbers=numbers, suffix=number, needs_place=bare)


def _numbers(text: str, offset: int) -> Iterator[Span]:
    """一、二至四 -> 1, 2-4. Raises NumeralError."""
    waiting: Span | None = None
    previous = 0
    for match in NUMBER.finditer(text):
        value = to_int(match.group())
        between = text[previous : match.start()]
        if waiting is not None and RANGE.search(between):
            waiting = Span(waiting.first, waiting.start, offset + match.end(), value)
        else:
            if waiting is not None:
                yield waiting
            waiting = Span(value, offset + match.start(), offset + match.end())
        previous = match.end()
    if waiting is not None:
        yield waiting
