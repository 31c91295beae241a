"""A paper in the layout official papers have, as .docx: title, indented paragraphs, tables, who signs and when.

The measures are those of GB/T 9704-2012 (A4, 仿宋 16 pt, headings in 黑体, title in 小标宋 22 pt); where a face is not
installed, the reader's program falls back to its own.
"""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt


class OfficialPaper:
    """Written from the top down; `docx` gives the file."""

    def __init__(self, title: str) -> None:
        self._made: Any = Document()
        section = self._made.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        paragraph = self._made.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, title, size=22, face="方正小标宋简体", bold=True)

    def say(self, text: str, *, indent: bool = True) -> None:
        """A paragraph, its first line moved in by two characters."""
        paragraph = self._made.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        _run(paragraph, text)

    def heading(self, text: str) -> None:
        """A heading of the first rank, such as 一、……"""
        paragraph = self._made.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        _run(paragraph, text, face="黑体")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table with a line around every cell."""
        table = self._made.add_table(rows=1, cols=len(headings))
        table.style = "Table Grid"
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            _run(cell.paragraphs[0], text, size=10, face="黑体")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                _run(cell.paragraphs[0], text, size=10)

    def signed(self, by: str, on: datetime.date) -> None:
        """Who signs, and the day, on the right."""
        end = self._made.add_paragraph()
        end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(end, f"{by}\n{on.year}年{on.month}月{on.day}日")

    def docx(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self._made.save(target)
        return target.getvalue()


def _run(paragraph: Any, text: str, *, size: int = 16, face: str = "仿宋", bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), face, bold
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
