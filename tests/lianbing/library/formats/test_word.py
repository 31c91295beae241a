"""A .docx becomes a law; what Word hides, tracks, draws or numbers is named; bombs are refused."""

import io
import zipfile

import pytest

from lianbing.library.formats import reading
from lianbing.library.rules import law_markdown
from lianbing.library.rules.findings import NotALaw, Unreadable
from tests.factories.law_shapes import WORD_STYLES, package, paragraph, run
from tests.factories.library import law_source

HEAD = paragraph("云汐市市容条例") + paragraph("（2020年1月2日云汐市人民代表大会通过）")


def read(body, name="x.docx", **parts):
    return reading.read(package(HEAD + body, **parts), name)


def found(text):
    return [(article.label, article.text) for article in text.articles]


def codes(text):
    return [doubt.code for doubt in text.doubts]


def refusal(data, name="x.docx"):
    with pytest.raises((Unreadable, NotALaw)) as caught:
        reading.read(data, name)
    return caught.value.finding.code


@pytest.mark.parametrize("style", WORD_STYLES)
def test_word_gives_the_articles_of_the_same_law(style):
    body = ["## 第一章 总则", "第一条 甲。\n\n（一）乙；", "第二条 丙。", "## 第二章 附则", "第三条 丁。"]
    law = law_markdown.read(law_source(body=body).encode(), "x.md")
    text = reading.read(WORD_STYLES[style](law), "x.docx")
    assert (found(text), text.title, text.published_on) == (found(law), law.title, law.published_on)
    assert [article.chapter for article in text.articles] == [article.chapter for article in law.articles]


def test_insertions_are_taken_deletions_left_out_and_both_named():
    changed = f"<w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    text = read(f"<w:p>{run('第一条　甲')}{changed}{run('。')}</w:p>")
    assert (found(text), codes(text)) == ([("第一条", "甲新。")], ["word_changes"])


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next():
    joined = paragraph(run("第一条　甲"), "<w:rPr><w:del/></w:rPr>")
    assert found(read(joined + paragraph("乙。"))) == [("第一条", "甲乙。")]


def test_a_table_keeps_its_words_and_is_named():
    cells = "".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in ("行为", "罚款"))
    text = read(paragraph("第一条　见表：") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert text.articles[0].text == "见表：\n| 行为 | 罚款 |"
    assert set(codes(text)) == {"table", "word_tables"}


def test_a_table_of_one_column_is_only_a_frame():
    cell = f"<w:tc>{paragraph('第一条　甲。')}{paragraph('第二条　乙。')}</w:tc>"
    assert found(read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == [("第一条", "甲。"), ("第二条", "乙。")]


def test_text_boxes_footnotes_pictures_and_hidden_words_are_named():
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('框里的话。')}</w:txbxContent></w:pict></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    notes = f'<w:footnote w:id="2">{paragraph("注释一。")}</w:footnote>'
    text = read(
        f"<w:p>{run('第一条　甲。')}{hidden}{box}</w:p>{paragraph('<w:r><w:blip/></w:r>')}", footnotes=notes
    )
    assert text.articles[0].text == "甲。\n框里的话。"
    assert text.headings[-1].notes == ("注释一。",)
    assert set(codes(text)) == {"word_boxes", "word_notes", "word_pictures", "word_hidden"}


def test_numbers_made_by_a_style_restart_where_word_restarts_them():
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level.format(0, "chineseCounting", "第%1条")}'
        f"{level.format(1, 'chineseCounting', '（%2）')}</w:abstractNum>"
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    rows = [("A", "甲："), ("B", "乙；"), ("B", "丙。"), ("A", "丁："), ("B", "戊。")]
    body = "".join(paragraph(words, f'<w:pStyle w:val="{style}"/>') for style, words in rows)
    text = read(body, numbering=numbering, styles=styles)
    assert found(text) == [("第一条", "甲：\n（一）　乙；\n（二）　丙。"), ("第二条", "丁：\n（一）　戊。")]
    assert [notice.code for notice in text.notices] == ["word_numbered"]


def _zip(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: _zip([("word/document.xml", b" " * 60_000_000)]), "word_bomb"),
        (lambda: _zip([("word/document.xml", b"x"), *((f"{n}", b"") for n in range(2001))]), "word_bomb"),
        (lambda: package(paragraph("&b;"), head=LAUGHS), "word_bomb"),
        (lambda: package(paragraph("&a;"), head=OUTSIDE), "word_bomb"),
        (lambda: package("<w:x>" * 4000 + "</w:x>" * 4000), "word_bomb"),
        (lambda: package("<w:p>"), "word_damaged"),
        (lambda: _zip([("word/document.xml", b"\x00\xff")]), "word_damaged"),
        (lambda: b"PK\x03\x04rubbish", "word_damaged"),
        (lambda: _zip([("xl/workbook.xml", b"<x/>")]), "spreadsheet"),
        (lambda: _zip([("ppt/presentation.xml", b"<x/>")]), "slides"),
        (lambda: _zip([("a.txt", b"x")]), "word_not_word"),
        (lambda: package(""), "empty"),
        (lambda: package(paragraph("通知") + paragraph("一、甲。")), "no_articles"),
    ],
)
def test_what_is_no_document_or_would_hurt_is_refused(data, code):
    assert refusal(data()) == code


def test_a_relation_that_leads_outside_is_not_followed():
    rels = (
        '<Relationships><Relationship Type="x/officeDocument" TargetMode="External" Target="http://192.0.2.1/x"/>'
        '<Relationship Type="x/officeDocument" Target="../../etc/passwd"/></Relationships>'
    )
    members = [("_rels/.rels", rels), ("word/other.xml", "<x/>")]
    assert refusal(_zip(members)) == "word_not_word"
