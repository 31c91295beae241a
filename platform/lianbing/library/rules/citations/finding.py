"""From pieces to references: which place belongs to which law, lists, ranges, 前款.

A place that follows a law's name directly belongs to it, and so do the places joined to it by 、 and 和.
A place further on belongs to the law named before it, and says how near that was (`Nearness`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lianbing.library.rules.citations.names import title
from lianbing.library.rules.citations.references import Nearness, Place, Reference, Relative, Unit
from lianbing.library.rules.citations.tokens import (
    LONGEST_RUN,
    NOUNS,
    RANGE,
    UNITS,
    Scanner,
    Span,
    Token,
)
from lianbing.library.rules.numerals import to_chinese

AFTER_LAW = re.compile(r"[\s、，,的中之（(：:]{0,4}")
JOINED = re.compile(
    r"\s{0,2}(?:[、，,；;]|和|及其|以及|及|与|或者|或|并|直至|至|到|—{1,2}|－|-|~|～)?\s{0,2}"
    r"(?:并|和|以及|或者|的)?\s{0,2}"
)
BREAK = re.compile(r"[。！？!?\n；;]")
BARE = re.compile(
    rf"[\u4e00-\u9fff〈〉（）()]{{0,{LONGEST_RUN}}}(?:{NOUNS})(?:[（(][一二三四五六七八九十试暂行]{{1,3}}[）)])?\s?$"
)
BARE_YEAR = re.compile(r"[（(](?P<year>(?:19|20)\d\d)[^（）()]{0,12}[）)]\s?$")
LEAD = re.compile(
    r".*(?:依照|依据|根据|按照|违反|适用(?!法)|参照|遵照|遵守|符合|属于|具有|触犯|构成|以及|或者|作为|享有|对应|规定的|参见"
    r"|所称|应当|不得|实施(?!条例|细则|办法|规定|法|意见)|认定为|认定|修正[前后]的?|修[改订][前后]的?|比照|但是?有|存在|没有"
    r"|不影响|行使|结合|涉及|引用|视为|就|指(?!定)|包括|对于|犯(?!罪)|时有|删去|不受|产生|达到|超过|具备|主张)(?=.)"
)
LITTLE = re.compile(
    r"^[依据按照和与及或由将除在以因经为是的了有从向被把于其等并即见受则一二三四五六七八九十（）()〈〉]+"
)
LETTERS = {unit: letter for letter, unit in UNITS.items()}


@dataclass
class _Head:
    """The law that places belong to."""

    title: str = ""
    year: int = 0
    own: bool = False
    text: str = ""
    start: int = 0
    end: int = 0
    run: str = ""
    used: bool = True
    nearness: Nearness = Nearness.NONE


@dataclass
class _Draft:
    """A reference while it is being read: its numbers by unit, those of the range's end."""

    head: _Head
    start: int
    end: int
    parts: dict[Unit, int] = field(default_factory=dict)
    pieces: dict[Unit, str] = field(default_factory=dict)
    suffix: int = 0
    to: dict[Unit, int] | None = None
    to_suffix: int = 0
    to_text: str = ""
    relative: Relative | None = None
    silent: bool = False

    @property
    def level(self) -> int:
        parts = self.parts if self.to is None else self.to
        return max(parts, default=self.relative.unit if self.relative else -1)

    def above(self, unit: Unit) -> dict[Unit, int]:
        return {part: number for part, number in self.parts.items() if part < unit}


class Finder:
    """Reads one text. `known` are short names defined elsewhere -> the law's name."""

    def __init__(self, text: str, known: Mapping[str, str] | None = None) -> None:
        self.text = text
        self.known = dict(known or {})
        self.scanner = Scanner(text)
        self.head = _Head()
        self.cursor = -1
        self.last: _Draft | None = None
        self.recent: _Draft | None = None
        self.drafts: list[_Draft] = []

    def run(self) -> list[Reference]:
        """Every reference, in order."""
        for token in self.scanner.tokens():
            {
                "law": self._law,
                "own": self._own,
                "same": self._same,
                "unit": self._unit,
                "division": self._division,
                "this": self._this,
                "that": self._that,
                "before": self._before,
            }[token.kind](token)
        self._flush()
        return [_reference(draft) for draft in self.drafts if not draft.silent]

    def _flush(self) -> None:
        """A law that no place followed is a reference of its own."""
        if not self.head.used:
            self.head.used = True
            self.drafts.append(_Draft(self.head, self.head.start, self.head.end))

    def _begin(self, head: _Head, end: int) -> None:
        self._flush()
        self.head, self.cursor, self.last = head, end, None

    def _law(self, token: Token) -> None:
        name = title(token.name)
        name = self.known.get(name, name)
        if token.short:
            self.known[title(token.short)] = name
        written = self.text[token.start : token.end]
        written = written[: written.index("》", len(token.name)) + 1] if token.short else written
        head = _Head(name, token.year, False, written, token.start, token.end, "", False, Nearness.NAMED)
        self._begin(head, token.end)

    def _own(self, token: Token) -> None:
        written = self.text[token.start : token.end]
        head = _Head("", 0, True, written, token.start, token.end, nearness=Nearness.OWN)
        self._begin(head, token.end)

    def _same(self, token: Token) -> None:
        self._begin(self._inherited(token.start, token.start), token.end)

    def _inherited(self, start: int, end: int) -> _Head:
        """The law named before, as a place further on means it."""
        old = self.head
        near = old.nearness
        if near in (Nearness.NAMED, Nearness.SENTENCE):
            since = self.cursor if self.cursor >= 0 else 0
            self.scanner.work += start - since
            near = Nearness.TEXT if BREAK.search(self.text, since, start) else Nearness.SENTENCE
        return _Head(old.title, old.year, old.own, old.text, start, end, old.run, True, near)

    def _division(self, token: Token) -> None:
        if self._gap(token.start) is not None:
            self.cursor = token.end

    def _this(self, token: Token) -> None:
        self._stand_in(token, _Draft(_own_head(token), token.start, token.end, relative=Relative(token.unit)))

    def _before(self, token: Token) -> None:
        draft = _Draft(_own_head(token), token.start, token.end, relative=Relative(token.unit, token.back))
        draft.pieces[token.unit] = self.text[token.start : token.end]
        self._begin(draft.head, token.end)
        self.drafts.append(draft)
        self.last = draft

    def _that(self, token: Token) -> None:
        last = self.recent
        if last is None:
            return
        copy = _Draft(last.head, token.start, token.end, last.above(Unit.PARAGRAPH), suffix=last.suffix)
        copy.relative = last.relative if last.relative and last.relative.unit is Unit.ARTICLE else None
        copy.pieces = {Unit.ARTICLE: last.pieces.get(Unit.ARTICLE, "")}
        self._stand_in(token, copy)

    def _stand_in(self, token: Token, draft: _Draft) -> None:
        """本条 and 同条 say nothing by themselves; what follows refines them."""
        draft.silent = True
        draft.pieces.setdefault(token.unit, self.text[token.start : token.end])
        self._begin(draft.head, token.end)
        self.drafts.append(draft)
        self.last = draft

    def _gap(self, start: int) -> str | None:
        """The characters since the last piece where they join, None where the chain is broken."""
        if self.cursor < 0 or start - self.cursor > 8:
            return None
        gap = self.text[self.cursor : start]
        joins = (JOINED if self.last else AFTER_LAW).fullmatch(gap)
        return gap if joins else None

    def _unit(self, token: Token) -> None:
        gap = self._gap(token.start)
        if gap is None and token.needs_place:
            return
        if gap is None and not self._restart(token):
            return
        head_was_used, self.head.used = self.head.used, True
        first_of_head = self.last is None
        if self.last is not None and gap and RANGE.search(gap) and self._as_range(token):
            self.cursor = token.end
            return
        for place, span in enumerate(token.numbers):
            refines = place == 0 and self.last is not None and (not gap or gap.strip() in ("", "的"))
            draft = self._place(
                token, span, refines=refines and token.unit > (self.last.level if self.last else 9)
            )
            if place == 0 and (first_of_head or not head_was_used):
                draft.start = min(draft.start, self.head.start)
            draft.end = token.end if place == len(token.numbers) - 1 else span.end
        self.cursor = token.end

    def _restart(self, token: Token) -> bool:
        """A place that follows nothing directly: a law without 《》, the law named before, or this article."""
        if token.unit is Unit.ARTICLE:
            head = self._bare(token.start) or self._inherited(token.start, token.start)
            self._begin(head, token.start)
            return True
        if token.unit is Unit.SUBITEM:
            return False
        around = Unit.ARTICLE if token.unit is Unit.PARAGRAPH else Unit.PARAGRAPH
        draft = _Draft(_own_head(token), token.start, token.start, relative=Relative(around), silent=True)
        self._begin(draft.head, token.start)
        self.drafts.append(draft)
        self.last = draft
        return True

    def _bare(self, end: int) -> _Head | None:
        """刑法第…条: the name of a law without 《》 that ends at `end`."""
        start = max(self.cursor, end - LONGEST_RUN - 20, 0)
        before = self.text[start:end]
        self.scanner.work += len(before)
        dated = BARE_YEAR.search(before)
        match = BARE.search(before[: dated.start()] if dated else before)
        if match is None:
            return None
        run = match.group().strip()
        name = next((run[n:] for n in range(len(run)) if title(run[n:]) in self.known), "")
        guess = name or LITTLE.sub("", LEAD.sub("", run)) or run
        begin = start + match.start() + match.group().index(run) + len(run) - len(guess)
        law = self.known.get(title(guess), title(guess))
        return _Head(
            law,
            int(dated.group("year")) if dated else 0,
            False,
            self.text[begin:end],
            begin,
            end,
            "" if name else title(run),
            True,
            Nearness.NAMED,
        )

    def _as_range(self, token: Token) -> bool:
        """第五条至第八条: the new place ends the range that the last one began."""
        last, span = self.last, token.numbers[0]
        if last is None or last.to is not None or len(token.numbers) > 1 or token.unit > last.level:
            return False
        last.to = {**last.above(token.unit), token.unit: span.first}
        same_article = token.unit is not Unit.ARTICLE
        last.to_suffix = last.suffix if same_article else token.suffix
        last.to_text = f"至{self.text[token.start : token.end]}"
        last.end = token.end
        return True

    def _place(self, token: Token, span: Span, *, refines: bool) -> _Draft:
        piece = f"第{to_chinese(span.first)}{LETTERS[token.unit]}"
        if len(token.numbers) == 1 and not span.last:
            piece = self.text[token.start : token.end].strip()
        last = self.last
        if refines and last is not None and last.to is not None:
            last.to[token.unit] = span.first
            last.to_text += piece
            return last
        if refines and last is not None and not last.silent:
            draft = last
        else:
            draft = self._sibling(token, span, refines=refines)
        self.recent = draft
        draft.parts[token.unit] = span.first
        draft.pieces[token.unit] = piece
        if token.unit is Unit.ARTICLE:
            draft.suffix = token.suffix
        if span.last:
            draft.to = {**draft.above(token.unit), token.unit: span.last}
            draft.to_suffix = draft.suffix
            draft.to_text = f"至第{to_chinese(span.last)}{LETTERS[token.unit]}"
        return draft

    def _sibling(self, token: Token, span: Span, *, refines: bool) -> _Draft:
        """A new reference that shares with the last one what stands above its own unit."""
        start = min(token.start, span.start) if span is token.numbers[0] else span.start
        last, unit = self.last, token.unit
        draft = _Draft(self.head, start, token.end)
        if last is not None:
            draft.head = last.head
            draft.parts, draft.suffix = last.above(unit), last.suffix
            draft.pieces = {u: text for u, text in last.pieces.items() if u < unit}
            draft.relative = _relative_above(last.relative, unit)
            if refines and last.silent:
                draft.start = last.start
        self.drafts.append(draft)
        self.last = draft
        return draft


def _relative_above(relative: Relative | None, unit: Unit) -> Relative | None:
    """前款、第三款: the second counts from this article; 前条和第九条: the second from nothing."""
    if relative is None or relative.unit < unit:
        return relative
    return Relative(Unit(unit - 1)) if unit is not Unit.ARTICLE else None


def _own_head(token: Token) -> _Head:
    return _Head("", 0, True, "", token.start, token.end, nearness=Nearness.OWN)


def _made_place(parts: Mapping[Unit, int], suffix: int) -> Place:
    numbers = [parts.get(unit, 0) for unit in Unit]
    return Place(numbers[0], suffix, *numbers[1:])


def _reference(draft: _Draft) -> Reference:
    head, place = draft.head, _made_place(draft.parts, draft.suffix)
    pieces = "".join(text for _unit, text in sorted(draft.pieces.items()))
    return Reference(
        head.title,
        place.number,
        place.suffix,
        place.paragraph,
        place.item,
        f"{head.text}{pieces}{draft.to_text}".strip(),
        place.subitem,
        _made_place(draft.to, draft.to_suffix) if draft.to is not None else None,
        head.year,
        head.own,
        draft.relative,
        draft.start,
        draft.end,
        head.nearness,
        head.run,
    )


def find(text: str, known: Mapping[str, str] | None = None) -> list[Reference]:
    """Every reference in a text, in order; never raises. A law in 《》 without a place gives number 0.

    `known`: short names that were defined elsewhere -> the law's name (`names_defined`).
    """
    return Finder(text, known).run()


def last_names(run: str) -> list[str]:
    """The names that the characters before a place may end with, the longest first: 违反刑法 -> 刑法."""
    cut = LEAD.sub("", run) or run
    return [cut[start:] for start in range(len(cut) - 1)]


def parse(text: str) -> list[Reference]:
    """The references of a text that is nothing but a citation; empty for any other text."""
    found = find(text)
    rest, position = "", 0
    for reference in found:
        rest += text[position : max(position, reference.start)]
        position = max(position, reference.end)
    rest += text[position:]
    return found if not rest or JOINED.fullmatch(rest) or set(rest) <= set("、，,；;和及与或者以 ") else []


def names_defined(text: str) -> dict[str, str]:
    """The short names a text defines: （以下简称《处罚法》） -> {处罚法: 中华人民共和国行政处罚法}."""
    finder = Finder(text)
    for token in finder.scanner.tokens():
        if token.kind == "law" and token.short:
            finder.known[title(token.short)] = title(token.name)
    return finder.known
