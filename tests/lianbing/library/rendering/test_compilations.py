"""The printed compilation is read back: its contents tell the truth."""

import datetime
import io
import re

import pytest
from pypdf import PdfReader

from lianbing.library.queries import compilations as reading
from lianbing.library.rendering.compilations import as_pdf, body, joined
from lianbing.library.services import compilations as services
from lianbing.library.services.compilations import Facts
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
ACT = {"by": SYSTEM, "at": AT}
ENTRY = re.compile(r"^(.+?)[ .]{3,}(\d+)$", re.MULTILINE)


@pytest.fixture
def book():
    """Three laws of several pages each under a heading."""
    made = services.compose(facts=Facts("城管法规汇编", datetime.date(2023, 5, 1)), **ACT)
    services.put_heading(compilation=made, heading="市级法规", **ACT)
    for name in ("甲条例", "乙条例", "丙条例"):
        law = edition(name, articles=90).law
        services.put_law(compilation=made, law=law, **ACT)
    return made


def pdf_of(book):
    return PdfReader(io.BytesIO(as_pdf(book, reading.parts_of(reading.items_of(book)), AT)))


def test_the_page_numbers_of_the_contents_are_true(book):
    pages = [page.extract_text() for page in pdf_of(book).pages]
    entries = dict(ENTRY.findall(pages[1]))
    assert {"市级法规", "甲条例", "乙条例", "丙条例"} <= entries.keys()
    for name in ("甲条例", "乙条例", "丙条例"):
        page = pages[1 + int(entries[name])]
        assert f"{name}\n" in page
        assert "第一条" in page
    assert int(entries["丙条例"]) > int(entries["乙条例"]) > int(entries["甲条例"])


def test_every_page_bears_its_number_and_what_stands_on_it(book):
    pages = [page.extract_text() for page in pdf_of(book).pages]
    assert "城管法规汇编" in pages[0]
    assert "2023-05-01" in pages[0]
    last = pages[-1]
    assert last.startswith("城管法规汇编 丙条例")
    assert last.rstrip().endswith(str(len(pages) - 2))


def test_the_chinese_font_is_embedded_and_small(book):
    data = as_pdf(book, reading.parts_of(reading.items_of(book)), AT)
    fonts = PdfReader(io.BytesIO(data)).pages[-1]["/Resources"]["/Font"].values()
    names = [str(font.get_object()["/BaseFont"]) for font in fonts]
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)
    assert len(data) < 400_000


def test_no_text_becomes_a_command(book):
    services.put_heading(compilation=book, heading='#eval("1") *粗* $x$', **ACT)
    text = pdf_of(book).pages[-1].extract_text()
    assert '#eval("1")' in text


def test_chosen_articles_of_one_law_stand_together_and_are_escaped(book):
    law = edition("丁条例", body=["第一条 <b>甲</b>。", "第二条 乙。"]).law
    services.put_law(compilation=book, law=law, articles="第一条、第二条", **ACT)
    part = joined(reading.parts_of(reading.items_of(book)))[-1]
    assert part.articles == 2
    assert "&lt;b&gt;甲" in body(part)
