"""The program that reads a .docx or .pptx in a process of its own (see kit/confined.py). It imports nothing of the product.

What it gives is a flat list of what stands in the file, in order: ("heading", level, text), ("text", kind, runs)
with kind "p", "ul" or "ol" and runs [(text, bold)], ("table", rows), ("picture", bytes), ("slide", title).
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

MOST_MEMBERS, MOST_UNPACKED, MOST_BLOCKS = 5_000, 300 * 1024**2, 5_000
LARGEST_PART = 64 * 1024**2
MOST_SPAN = 63
MOST_PICTURES, LARGEST_PICTURE, ALL_PICTURES = 120, 10 * 1024**2, 60 * 1024**2
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
TITLES = {"title", "标题"}
GONE = {f"{W}del", f"{W}moveFrom"}
# What stands in a document and is not taken over, by the names of its elements.
LOST = {
    "txbxContent": "boxes",
    "object": "objects",
    "oMath": "formulas",
    "chart": "charts",
    "footnoteReference": "notes",
    "endnoteReference": "notes",
    "commentReference": "comments",
    "altChunk": "objects",
    "relIds": "diagrams",
}
Found = dict[str, Any]


class Refusal(Exception):
    """The file is not read; the first argument is the code of the reason."""


def answer(data: bytes) -> tuple[str | None, Found]:
    """A refusal (large, password, macros, damaged, not_office) or None, and `blocks`, `lost` {code: count}, `kind`."""
    try:
        kind = _kind(data)
        reader = _Word(data) if kind == "docx" else _Slides(data)
        reader.read()
    except Refusal as refusal:
        return str(refusal), {}
    # Whatever zipfile, lxml and the two readers raise over bytes that only pretend to be of their kind.
    except Exception:
        return "damaged", {}
    return None, {"kind": kind, "blocks": reader.blocks, "lost": dict(reader.lost)}


def _kind(data: bytes) -> str:
    """docx or pptx, by the parts of the package, which are counted before one is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
            raise Refusal("large")
        if any(one.file_size > LARGEST_PART and one.filename.endswith(".xml") for one in members):
            raise Refusal("large")
        if any(one.flag_bits & 0x1 for one in members):
            raise Refusal("password")
        names = {one.filename.lower() for one in members}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refusal("macros")
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    raise Refusal("not_office")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.blocks: list[tuple[Any, ...]] = []
        self.lost: Counter[str] = Counter()
        self._pictures = self._bytes = 0

    def read(self) -> None:
        raise NotImplementedError

    def put(self, *block: Any) -> None:
        if len(self.blocks) >= MOST_BLOCKS:
            raise Refusal("large")
        self.blocks.append(block)

    def picture(self, data: bytes) -> None:
        """Take a picture over, as far as it is not too large and they are not too many."""
        self._pictures += 1
        self._bytes += len(data)
        if len(data) > LARGEST_PICTURE or self._bytes > ALL_PICTURES or self._pictures > MOST_PICTURES:
            self.lost["pictures_large"] += 1
        else:
            self.put("picture", data)


class _Word(_Reader):
    """A .docx, paragraph by paragraph; deleted text is left out, inserted text taken."""

    def read(self) -> None:
        from docx import Document

        self.document = Document(io.BytesIO(self.data))
        self.part = self.document.part
        self.names = {one.style_id: str(one.name or "") for one in self.document.styles}
        for element in self._top(self.document.element.body):
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)

    def _top(self, parent: Any) -> Iterator[Any]:
        """The paragraphs and tables of the body, also those inside content controls."""
        for element in parent.iterchildren():
            if element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                yield from self._top(content) if content is not None else ()
            else:
                yield element

    def _paragraph(self, paragraph: Any) -> None:
        self._count_lost(paragraph)
        runs = self._runs(paragraph)
        level = self._level(paragraph)
        if runs and level is not None:
            self.put("heading", level, "".join(text for text, _bold in runs).strip())
        elif runs:
            self.put("text", self._list(paragraph), runs)
        for blip in paragraph.iter(f"{A}blip"):
            self._blip(blip)

    def _runs(self, parent: Any) -> list[tuple[str, bool]]:
        found: list[tuple[str, bool]] = []
        for run in parent.iter(f"{W}r"):
            above = {one.tag for one in run.iterancestors()}
            if above & GONE or f"{W}txbxContent" in above:
                continue
            text = "".join(_run_text(one) for one in run.iterchildren())
            if text:
                weight = run.find(f"{W}rPr/{W}b")
                bold = weight is not None and weight.get(f"{W}val") not in {"0", "false", "off"}
                found.append((text, bold))
        return found if "".join(text for text, _bold in found).strip() else []

    def _style(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.names.get(style.get(f"{W}val"), "") if style is not None else ""

    def _level(self, paragraph: Any) -> int | None:
        """0 for the title, 1 to 9 for headings, None for text."""
        name = self._style(paragraph).strip()
        if name.lower() in TITLES:
            return 0
        found = HEADING.match(name)
        if found:
            return int(found.group(1))
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        value = outline.get(f"{W}val") if outline is not None else ""
        return int(value) + 1 if value and value.isdigit() and int(value) < 9 else None

    def _list(self, paragraph: Any) -> str:
        style = self._style(paragraph).lower()
        if style.startswith(("list bullet", "列表项目符号")):
            return "ul"
        if style.startswith(("list number", "列表编号")):
            return "ol"
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is None or number.get(f"{W}val") == "0":
            return "p"
        return "ul" if self._is_bullet(number.get(f"{W}val")) else "ol"

    def _is_bullet(self, number: str) -> bool:
        try:
            root = self.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return True
        abstract = next(
            (one.find(f"{W}abstractNumId") for one in root.iter(f"{W}num") if one.get(f"{W}numId") == number),
            None,
        )
        wanted = abstract.get(f"{W}val") if abstract is not None else None
        for one in root.iter(f"{W}abstractNum"):
            if one.get(f"{W}abstractNumId") == wanted:
                form = one.find(f"{W}lvl/{W}numFmt")
                return form is not None and form.get(f"{W}val") == "bullet"
        return True

    def _table(self, table: Any) -> None:
        self._count_lost(table)
        rows = []
        for row in table.iterchildren(f"{W}tr"):
            cells: list[str] = []
            for cell in row.iterchildren(f"{W}tc"):
                words = " ".join("".join(text for text, _bold in self._runs(p)) for p in cell.iter(f"{W}p"))
                # A cell over several columns leaves the others empty, so that what follows keeps its column.
                cells += [" ".join(words.split()), *[""] * (_columns(cell) - 1)]
            rows.append(cells)
        if any(any(row) for row in rows):
            self.put("table", rows)
        for blip in table.iter(f"{A}blip"):
            self._blip(blip)

    def _blip(self, blip: Any) -> None:
        part = self.part.related_parts.get(blip.get(f"{R}embed") or "")
        if part is None:
            self.lost["pictures_outside"] += 1
        else:
            self.picture(part.blob)

    def _count_lost(self, element: Any) -> None:
        for one in element.iter():
            name = str(one.tag).rpartition("}")[2]
            if name in LOST and not any(up.tag.endswith("}Fallback") for up in one.iterancestors()):
                self.lost[LOST[name]] += 1


def _columns(cell: Any) -> int:
    """How many columns a cell of a table stands over."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val") or "" if span is not None else ""
    return min(int(value), MOST_SPAN) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _run_text(child: Any) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}.get(child.tag, "")


class _Slides(_Reader):
    """A .pptx, slide by slide: title, text, tables and pictures in the order of their places from the top."""

    def read(self) -> None:
        from pptx import Presentation

        deck = Presentation(io.BytesIO(self.data))
        for slide in deck.slides:
            if slide.element.get("show") == "0":
                self.lost["hidden_slides"] += 1
                continue
            title = slide.shapes.title
            text = title.text_frame.text if title is not None else ""
            self.put("slide", " ".join(text.split()))
            for shape in self._ordered(slide.shapes):
                if title is None or shape.shape_id != title.shape_id:
                    self._shape(shape)
            if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
                self.lost["slide_notes"] += bool(slide.notes_slide.notes_text_frame.text.strip())

    def _ordered(self, shapes: Any) -> list[Any]:
        return sorted(shapes, key=lambda one: (one.top or 0, one.left or 0))

    def _shape(self, shape: Any) -> None:
        from pptx.enum.shapes import MSO_SHAPE_TYPE as KIND

        kind = shape.shape_type
        if kind == KIND.GROUP:
            for one in self._ordered(shape.shapes):
                self._shape(one)
        elif hasattr(shape, "image"):
            self._image(shape)
        elif getattr(shape, "has_table", False) and shape.has_table:
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in shape.table.rows]
            self.put("table", rows)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            self.lost["charts"] += 1
        elif kind == KIND.MEDIA:
            self.lost["media"] += 1
        elif shape.has_text_frame:
            self._text(shape)
        elif kind not in {KIND.LINE, KIND.FREEFORM}:
            self.lost["objects"] += 1

    def _image(self, shape: Any) -> None:
        try:
            self.picture(shape.image.blob)
        except (KeyError, ValueError, AttributeError):
            self.lost["pictures_outside"] += 1

    def _text(self, shape: Any) -> None:
        body = shape.is_placeholder and shape.placeholder_format.type is not None
        for paragraph in shape.text_frame.paragraphs:
            runs = [(run.text, bool(run.font.bold)) for run in paragraph.runs if run.text]
            if "".join(text for text, _bold in runs).strip():
                self.put("text", "ul" if body else "p", runs)
