"""Finding citations in text: 《行政处罚法》第六十三条第一款第（二）项.

A citation names a law in 《》, or names none and speaks of 本法 / the law named before. What follows may
be several articles: 第十条、第十二条第二款和第二十条之一. Nothing is looked up here.
"""

import re
from dataclasses import dataclass

from lianbing.library.rules import law_text
from lianbing.library.rules.law_header import STATE
from lianbing.library.rules.numerals import NUMERAL_CHARACTERS, NumeralError, to_int

LAW = re.compile(
    r"《(?P<law>[^《》]{1,120}(?:〈[^〈〉]{1,120}〉[^《》]{0,60})?)》(?P<year>[（(][^（）()]{0,40}[）)])?"
)
PLACE = re.compile(
    rf"第\s*(?P<number>[{NUMERAL_CHARACTERS}]{{1,12}})\s*条"
    r"(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{1,3})(?![\u4e00-\u9fff]{0,1}[外间前后]))?"
    rf"(?:\s*第\s*(?P<paragraph>[{NUMERAL_CHARACTERS}]{{1,6}})\s*款)?"
    rf"(?:\s*第\s*[（(]?\s*(?P<item>[{NUMERAL_CHARACTERS}]{{1,6}})\s*[）)]?\s*项)?"
)
BETWEEN = re.compile(r"[\s、，,和及与或；;的]*(?:以及|或者|并)?[\s、]*")
BARE_NAME = re.compile(
    r"^\s*(?P<law>[\u4e00-\u9fff（）()〈〉]{2,80}?(?:法|条例|规定|办法|细则|规则|解释|规范|决定|法典))\s*(?=第)"
)
SAME_LAW = ("本法", "本条例", "本规定", "本办法", "同法", "该法", "该条例")


@dataclass(frozen=True)
class Reference:
    """One article that a text points at. `paragraph` and `item` are 0 where the text names none.

    `number` is 0 where only the law is named. `text` is the piece of text it was read from.
    """

    law_title: str
    number: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    text: str = ""


def find(text: str) -> list[Reference]:
    """Every reference in a text, in order. A law without an article gives one with number 0.

    A text that starts with the bare name of a law (行政处罚法第三十条) is read as if it stood in 《》. An
    article before any law is named has the empty title.
    """
    found: list[Reference] = []
    bare = BARE_NAME.match(text)
    if bare and bare.group("law") not in SAME_LAW:
        found += _articles(bare.group("law"), text, bare.end(), bare.group(0), require=True)
    laws = list(LAW.finditer(text))
    start = laws[0].start() if laws else len(text)
    if not found:
        found += [
            made for match in PLACE.finditer(text, 0, start) if (made := _made("", match, match.group()))
        ]
    for number, match in enumerate(laws):
        end = laws[number + 1].start() if number + 1 < len(laws) else len(text)
        found += _articles(match.group("law"), text, match.end(), match.group(0), end=end)
    return found


def _articles(
    law: str, text: str, start: int, written: str, *, end: int | None = None, require: bool = False
) -> list[Reference]:
    """The articles that follow a law's name directly, joined by commas and words like 和."""
    found, position = [], start
    stop = len(text) if end is None else end
    while True:
        gap = BETWEEN.match(text, position, stop)
        match = PLACE.match(text, gap.end() if gap else position, stop)
        if match is None:
            break
        made = _made(law, match, f"{written}{match.group()}")
        if made is not None:
            found.append(made)
        position = match.end()
    if not found and not require:
        found.append(Reference(title(law), 0, text=written))
    return found


def _made(law: str, match: re.Match[str], written: str) -> Reference | None:
    try:
        number, suffix, paragraph, item = (
            to_int(part) if part else 0 for part in match.group("number", "suffix", "paragraph", "item")
        )
    except NumeralError:
        return None
    return Reference(title(law), number, suffix, paragraph, item, written.strip())


ITEM = re.compile(rf"\s*[（(]\s*(?P<item>[{NUMERAL_CHARACTERS}]{{1,6}})\s*[）)]")


def paragraphs_of(text: str) -> list[list[int]]:
    """The paragraphs (款) of an article's text, each as the numbers of its items (项)."""
    paragraphs: list[list[int]] = []
    for line in text.split("\n"):
        match = ITEM.match(line)
        if match and paragraphs:
            try:
                paragraphs[-1].append(to_int(match.group("item")))
            except NumeralError:
                continue
        else:
            paragraphs.append([])
    return paragraphs


def quoted(text: str, reference: Reference) -> str:
    """The words a reference points at: the paragraph with its items, else the whole article's text."""
    if not reference.paragraph:
        return text
    pieces: list[list[str]] = []
    for line in text.split("\n"):
        if ITEM.match(line) and pieces:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    if reference.paragraph > len(pieces):
        return text
    return "\n".join(pieces[reference.paragraph - 1])


def title(law: str) -> str:
    """A law's name as compared: without blanks, with one kind of brackets."""
    return law_text.bare(law).replace("(", "（").replace(")", "）").replace("＜", "〈").replace("＞", "〉")


def without_closing_brackets(name: str) -> str:
    """A name without a （试行） at its end."""
    return re.sub(r"（[^（）]*）$", "", name) or name


def name_keys(full_title: str) -> set[str]:
    """Every way a law may be called: in full, without 中华人民共和国, without a closing （试行）."""
    names = {title(full_title)}
    names |= {name.removeprefix(STATE) or name for name in names}
    return names | {without_closing_brackets(name) for name in names}
