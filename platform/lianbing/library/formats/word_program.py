"""The program that reads a .docx in a process of its own (see kit/confined.py). It imports nothing of the product.

It walks over the XML as a stream, never follows a relation out of the file, and gives the words of the
document a paragraph a line: insertions taken, deletions left out, numbers that Word makes written out.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

MOST_MEMBERS, MOST_UNPACKED, LARGEST_PART, DEEPEST = 2_000, 200 * 1024**2, 48 * 1024**2, 256
SKIPPED = {"del", "moveFrom", "Fallback", "rt", "pPrChange", "rPrChange", "instrText", "delText"}
COUNTED = {
    "tbl": "tables",
    "txbxContent": "boxes",
    "blip": "pictures",
    "imagedata": "pictures",
    "altChunk": "embedded",
}
OFF = {"0", "false", "off"}
DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "koreanDigital2",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
}
Found = dict[str, Any]


class Refusal(Exception):
    """The file is not read; the first argument is the code of the reason."""


def answer(data: bytes) -> tuple[str | None, Found]:
    """A refusal (password, large, damaged, entities, deep or not_word) or None, and what was found:
    `lines`, and how many of what (tables, inserted, deleted, hidden, boxes, pictures, numbered, notes)."""
    try:
        return None, _read(data)
    except Refusal as refusal:
        return str(refusal), {}
    except DefusedXmlException:
        return "entities", {}
    # All that zipfile, zlib and expat raise over bytes that only pretend to be a Word file.
    except (ParseError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, KeyError):
        return "damaged", {}


def _read(data: bytes) -> Found:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _Parts(archive)
        main = parts.main()
        folder = posixpath.dirname(main)
        numbers = _Numbers(parts.read(f"{folder}/numbering.xml"), parts.read(f"{folder}/styles.xml"))
        walk = _Walk(numbers)
        walk.document(parts.read(main))
        notes = [
            line for name in ("footnotes", "endnotes") for line in _notes(parts.read(f"{folder}/{name}.xml"))
        ]
    if notes:
        walk.lines += ["附：脚注", *notes]
    return {"lines": walk.lines, "notes": len(notes), **walk.counts}


class _Parts:
    """The members of the package, checked before one of them is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise Refusal("large")
        if any(member.flag_bits & 0x1 for member in members):
            raise Refusal("password")
        self._archive = archive
        self._members = {member.filename.lower(): member for member in members}
        self._left = LARGEST_PART

    def read(self, name: str) -> bytes:
        """One member, or nothing where there is none."""
        member = self._members.get(name.lower().lstrip("/"))
        if member is None:
            return b""
        with self._archive.open(member) as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise Refusal("large")
        return data

    def main(self) -> str:
        """The name of the part that holds the document."""
        for _, element, _ in _events(self.read("_rels/.rels")):
            if (
                element.get("Type", "").endswith("/officeDocument")
                and element.get("TargetMode") != "External"
            ):
                target = posixpath.normpath(element.get("Target", "").lstrip("/"))
                if target.lower() in self._members:
                    return self._word(target)
        return self._word("word/document.xml")

    def _word(self, name: str) -> str:
        if name.lower() not in self._members or not name.lower().startswith("word"):
            raise Refusal("not_word")
        return name


def _events(xml: bytes) -> Iterator[tuple[str, Element, int]]:
    """Start and end of each element with its depth; what has ended is forgotten."""
    if not xml:
        return
    depth = 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                raise Refusal("deep")
            yield event, element, depth
        else:
            yield event, element, depth
            depth -= 1
            element.clear()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


class _Numbers:
    """The numbers that Word makes by itself: 第%1条 as list numbering."""

    def __init__(self, numbering: bytes, styles: bytes) -> None:
        self.levels: dict[tuple[str, int], dict[str, str]] = {}
        self.abstract: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.styles: dict[str, tuple[str, str, str]] = {}
        self.counters: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()
        self._numbering(numbering)
        self._styles(styles)

    def _numbering(self, xml: bytes) -> None:
        abstract = number = ""
        level = -1
        for event, element, _ in _events(xml):
            name = _name(element)
            if event == "end":
                continue
            if name == "abstractNum":
                abstract, number = _attribute(element, "abstractNumId"), ""
            elif name == "num":
                number = _attribute(element, "numId")
            elif name == "abstractNumId" and number:
                self.abstract[number] = _attribute(element, "val")
            elif name in {"lvl", "lvlOverride"}:
                level = _whole(_attribute(element, "ilvl"))
                if name == "lvl" and not number:
                    self.levels[abstract, level] = {}
            elif name == "startOverride" and number:
                self.overrides[number, level] = _whole(_attribute(element, "val"))
            elif (
                name in {"start", "numFmt", "lvlText", "suff", "pStyle"} and (abstract, level) in self.levels
            ) and not number:
                self.levels[abstract, level][name] = _attribute(element, "val")

    def _styles(self, xml: bytes) -> None:
        style = ""
        for event, element, _ in _events(xml):
            name = _name(element)
            if event == "end":
                continue
            if name == "style":
                style = _attribute(element, "styleId")
                self.styles[style] = ("", "", "")
            elif style and name in {"numId", "ilvl", "basedOn"}:
                kept = list(self.styles[style])
                kept[("numId", "ilvl", "basedOn").index(name)] = _attribute(element, "val")
                self.styles[style] = (kept[0], kept[1], kept[2])

    def of_style(self, style: str) -> tuple[str, str]:
        """The list and level of a style, its own or an inherited one."""
        level = ""
        for _ in range(20):
            number, own, based = self.styles.get(style, ("", "", ""))
            level = level or own
            if number or not based:
                return number, level
            style = based
        return "", ""

    def label(self, number: str, level: int) -> str:
        """The next number of a list with the blank after it, or nothing for a bullet."""
        abstract = self.abstract.get(number, "")
        form = self.levels.get((abstract, level))
        if form is None or number in {"", "0"}:
            return ""
        self._count(abstract, number, level)
        if form.get("numFmt") in {"bullet", "none", None} and "%" not in form.get("lvlText", ""):
            return ""
        text = form.get("lvlText", "")
        for lower in range(9):
            shown = self.levels.get((abstract, lower), {}).get("numFmt", "decimal")
            text = text.replace(f"%{lower + 1}", _spelled(self.counters.get((abstract, lower), 1), shown))
        return text + ("" if form.get("suff") == "nothing" else "\u3000") if text else ""

    def _count(self, abstract: str, number: str, level: int) -> None:
        start = _whole(self.levels[abstract, level].get("start", "1"), 1)
        if (number, level) in self.overrides and (number, level) not in self._begun:
            self._begun.add((number, level))
            self.counters[abstract, level] = self.overrides[number, level]
        else:
            self.counters[abstract, level] = self.counters.get((abstract, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counters.pop((abstract, deeper), None)


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _spelled(number: int, form: str) -> str:
    """A number in the form Word names: Chinese, Arabic, full-width, letters or Roman."""
    if form in CHINESE:
        return _chinese(number)
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + d: ord("０") + d for d in range(10)})
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text[1:] if text.startswith("一十") else text


class _Paragraph:
    """A paragraph while it is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.number = self.level = self.style = ""
        self.goes_on = False


class _Walk:
    """The document, element by element."""

    def __init__(self, numbers: _Numbers) -> None:
        self.numbers = numbers
        self.lines: list[str] = []
        self.counts = dict.fromkeys(
            ("tables", "inserted", "deleted", "hidden", "boxes", "pictures", "numbered", "embedded"), 0
        )
        self._open: list[_Paragraph] = []
        self._outs: list[list[str]] = [self.lines]
        self._cells: list[list[list[str]]] = []
        self._skip = 0
        self._hidden = self._properties = False
        self._kept = ""
        self._boxed: list[str] = []

    def document(self, xml: bytes) -> None:
        """Read the main part."""
        for event, element, depth in _events(xml):
            name = _name(element)
            if event == "start":
                if not self._skip:
                    self._start(name, element, depth)
            elif self._skip:
                if depth == self._skip:
                    self._skip = 0
            else:
                self._end(name, element)
        if self._kept:
            self._keep("")

    def _start(self, name: str, element: Element, depth: int) -> None:
        if name in SKIPPED:
            self._left_out(name, depth)
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "rPr":
            self._properties = True
        elif name == "r":
            self._hidden = False
        elif name == "ins":
            self.counts["inserted"] += not self._properties
        elif name == "vanish" and self._properties and _attribute(element, "val") not in OFF:
            self._hidden = True
            self.counts["hidden"] += 1
        elif name in COUNTED:
            self.counts[COUNTED[name]] += 1
            self._frame(name)
        elif name in {"tr", "tc"}:
            self._frame(name)
        else:
            self._piece(name, element)

    def _frame(self, name: str) -> None:
        """A table, a row, a cell or a text box begins."""
        if name == "tbl":
            self._cells.append([])
        elif name == "tr" and self._cells:
            self._cells[-1] = []
        elif name == "tc" and self._cells:
            self._cells[-1].append([])
            self._outs.append(self._cells[-1][-1])
        elif name == "txbxContent":
            self._outs.append([])

    def _left_out(self, name: str, depth: int) -> None:
        """Leave a subtree out. In the properties of a paragraph's end, a deletion joins it to the next."""
        if name in {"del", "moveFrom"} and self._properties:
            if self._open:
                self._open[-1].goes_on = True
            self.counts["deleted"] += 1
        elif name in {"del", "moveFrom"}:
            self.counts["deleted"] += 1
        self._skip = depth

    def _piece(self, name: str, element: Element) -> None:
        """What stands in a paragraph or says how it is numbered."""
        if not self._open:
            return
        paragraph = self._open[-1]
        if name == "numId":
            paragraph.number = _attribute(element, "val")
        elif name == "ilvl":
            paragraph.level = _attribute(element, "val")
        elif name == "pStyle":
            paragraph.style = _attribute(element, "val")
        elif name in {"br", "cr"}:
            paragraph.parts.append("\n")
        elif name == "tab" and not _attribute(element, "pos") and not _attribute(element, "val"):
            paragraph.parts.append("\t")
        elif name == "noBreakHyphen":
            paragraph.parts.append("-")
        elif name == "sym":
            code = _attribute(element, "char")
            paragraph.parts.append(chr(int(code, 16)) if len(code) == 4 else "\ufffd")

    def _end(self, name: str, element: Element) -> None:
        if name == "t" and self._open and not self._hidden:
            self._open[-1].parts.append(element.text or "")
        elif name == "rPr":
            self._properties = False
        elif name == "r":
            self._hidden = False
        elif name == "p" and self._open:
            self._paragraph(self._open.pop())
        elif name == "txbxContent" and len(self._outs) > 1:
            self._boxed += self._outs.pop()
        elif name == "tc" and len(self._outs) > 1:
            self._outs.pop()
        elif name == "tr" and self._cells:
            self._row(self._cells[-1])
        elif name == "tbl" and self._cells:
            self._cells.pop()

    def _paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.parts)
        number, level = paragraph.number, paragraph.level
        if not number and paragraph.style:
            number, inherited = self.numbers.of_style(paragraph.style)
            level = level or inherited
        label = self.numbers.label(number, min(_whole(level), 8)) if text.strip() else ""
        self.counts["numbered"] += bool(label)
        if paragraph.goes_on:
            self._kept += label + text
            return
        self._keep(label + text)

    def _keep(self, text: str) -> None:
        """A finished paragraph, with the text boxes anchored in it behind it."""
        text, self._kept = self._kept + text, ""
        self._outs[-1] += text.split("\n")
        if not self._open:
            self._outs[-1] += self._boxed
            self._boxed = []

    def _row(self, cells: list[list[str]]) -> None:
        """One row of a table. A table of one column is only a frame around its paragraphs."""
        if len(cells) == 1:
            self._outs[-1] += cells[0]
        elif cells:
            texts = (" ".join(" ".join(cell).split()) for cell in cells)
            self._outs[-1].append(f"| {' | '.join(texts)} |")


def _notes(xml: bytes) -> list[str]:
    """The texts of the footnotes, each in one line, without the lines that only separate."""
    found: list[str] = []
    parts: list[str] = []
    separator = False
    for event, element, _ in _events(xml):
        name = _name(element)
        if event == "start" and name in {"footnote", "endnote"}:
            parts, separator = [], bool(_attribute(element, "type"))
        elif event == "end" and name == "t":
            parts.append(element.text or "")
        elif event == "end" and name in {"footnote", "endnote"} and not separator:
            text = " ".join("".join(parts).split())
            found += [text] if text else []
    return found
