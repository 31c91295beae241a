"""What somebody means by the words in the search box: laws by name, an article by number, and words.

An article's number is read in both scripts and with or without 第 and 条, when a law's name stands before
it: 行政处罚法第42条, 处罚法 42. Everything that is no letter parts words; no character has a meaning of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianbing.kit import bigrams
from lianbing.library.rules.numerals import NumeralError, to_chinese, to_int

WORDS, WORD_LENGTH, BOX_LENGTH = 8, 40, 500
DIGITS = "零〇一二两三四五六七八九十百千0-9"
_NAME = re.compile(r"[《〈](?P<name>[^《》〈〉]{1,80})[》〉]")
_ADDRESS = re.compile(
    rf"第\s*(?P<number>[{DIGITS}]{{1,9}})\s*条(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{{1,3}}))?"
)
_SHORT_ADDRESS = re.compile(rf"^(?P<name>.*?)第?(?P<number>[{DIGITS}]{{1,9}})条?$")
_KIND_OF_LAW = re.compile(r"(?:法|条例|规定|办法|细则|规则|解释|规范|决定|法典)$")
_WORD = re.compile(r"[^\W_]+(?:[.\-](?=[0-9a-z])[^\W_]+)*")
_ARABIC = re.compile(r"(?<![0-9a-z])[0-9]{1,4}(?![0-9a-z])")
_CHINESE = re.compile(r"[零〇一二三四五六七八九十百千]+")


@dataclass(frozen=True)
class Box:
    """What the box holds. `number` is 0 where no article is asked for.

    `names`: laws in 《》. `surely`: the number stands as 第…条, not as a bare figure that may as well be a
    word; then `number_word` is what it was written as. `left_out`: words beyond the first eight.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    number: int = 0
    suffix: int = 0
    surely: bool = False
    number_word: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.words or self.names or self.number)


def read(text: str) -> Box:
    """Read the box. Never fails: what means nothing is left out."""
    rest = bigrams.fold(text[:BOX_LENGTH])
    names = tuple(name for match in _NAME.finditer(rest) if (name := _plain(match.group("name"))))
    rest = _NAME.sub(" ", rest)
    number, suffix, number_word, rest = _address(rest)
    words = [word[:WORD_LENGTH] for word in dict.fromkeys(_WORD.findall(rest))]
    surely = bool(number)
    if not number:
        number, number_word, words = _short_address(words, bool(names))
    return Box(tuple(words[:WORDS]), names[:WORDS], number, suffix, surely, number_word, tuple(words[WORDS:]))


def _plain(name: str) -> str:
    return "".join(_WORD.findall(name))


def _address(text: str) -> tuple[int, int, str, str]:
    """The first 第…条 of a text: its number, its 之 number, as it is written, and the text without it."""
    for match in _ADDRESS.finditer(text):
        try:
            number = to_int(match.group("number"))
            suffix = to_int(match.group("suffix")) if match.group("suffix") else 0
        except NumeralError:
            continue
        written = "".join(match.group().split())
        return number, suffix, written, f"{text[: match.start()]} {text[match.end() :]}"
    return 0, 0, "", text


def _short_address(words: list[str], named: bool) -> tuple[int, str, list[str]]:
    """A number without 第 or 条: as a word after another (处罚法 42), or glued to a law's name (处罚法42)."""
    for place, word in enumerate(words):
        match = _SHORT_ADDRESS.match(word)
        if match is None:
            continue
        name = match.group("name")
        alone = not name and (place > 0 or named)
        if not alone and not _KIND_OF_LAW.search(name):
            continue
        try:
            number = to_int(match.group("number"))
        except NumeralError:
            continue
        return number, word[len(name) :], [*words[:place], *([name] if name else []), *words[place + 1 :]]
    return 0, "", words


def ends_as_a_law(word: str) -> bool:
    """Whether a word may be part of a law's name: 处罚法, 市容条例; not 规定 alone."""
    return len(word) > 2 and _KIND_OF_LAW.search(word) is not None


def spellings(word: str) -> tuple[str, ...]:
    """The word, and the same with its numbers in the other script: 200元 and 二百元."""
    found = [word]
    if _ARABIC.search(word):
        found.append(_ARABIC.sub(_to_chinese, word))
    if any(char in "零〇一二三四五六七八九十百千" for char in word) and len(word) > 1:
        found.append(_CHINESE.sub(_to_arabic, word))
    return tuple(dict.fromkeys(found))


def _to_chinese(match: re.Match[str]) -> str:
    try:
        return to_chinese(int(match.group()))
    except NumeralError:
        return match.group()


def _to_arabic(match: re.Match[str]) -> str:
    try:
        return str(to_int(match.group()))
    except NumeralError:
        return match.group()


Groups = Sequence[Sequence[str]]


def variants(word: str, groups: Groups) -> tuple[str, ...]:
    """The word and all that counts as the same: other scripts of its numbers, and its synonyms both ways.

    A synonym inside a longer word is replaced there: 占道经营罚款 is also 擅自占用道路罚款.
    """
    found = list(spellings(word))
    for group in groups:
        inside = max((term for term in group if term in word), key=len, default="")
        if inside:
            found += [word.replace(inside, term) for term in group if term != inside]
    return tuple(dict.fromkeys(found))


def cuts(word: str, known: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """Ways to read one long word as several of at least two characters, the likeliest first.

    A `known` term inside stays whole and comes first; then the word in two, the most even cut first.
    """
    found: list[tuple[str, ...]] = []
    for term in sorted((t for t in known if t in word and t != word), key=len, reverse=True)[:3]:
        before, _, after = word.partition(term)
        found.append(tuple(piece for piece in (before, term, after) if len(piece) > 1))
    whole = [place for place in range(2, len(word) - 1) if not _within_a_run(word, place)]
    places = sorted(whole, key=lambda place: (abs(2 * place - len(word)), -place))
    found += [(word[:place], word[place:]) for place in places]
    return list(dict.fromkeys(found))


def _within_a_run(word: str, place: int) -> bool:
    """Whether a cut would part a figure or a word of other letters."""
    return not bigrams.is_han(word[place - 1]) and not bigrams.is_han(word[place])
