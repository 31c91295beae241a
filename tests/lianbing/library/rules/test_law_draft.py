"""A law text as it is written in the editor."""

import datetime
from dataclasses import replace

import pytest

from lianbing.library.rules import law_draft, law_markdown
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.library.rules.law_draft import Words

WORDS = Words(
    title=" 市容条例 ",
    subtitle="",
    level="local",
    issuing_body="市人大常委会",
    document_number="第5号",
    published_on=datetime.date(2026, 10, 1),
    effective_on=datetime.date(2026, 12, 1),
    history="2019年1月1日 通过\n2026年10月1日 修订",
    body="第一章 总则\n第一条 甲。\n（一）乙；\n第二条 丙。\r\n### 第一节 罚则\n第三条 丁。",
)


def test_headings_need_no_marks_and_articles_keep_their_paragraphs():
    text = law_draft.read(WORDS)
    assert [heading.text for heading in text.headings] == ["第一章 总则", "第一节 罚则"]
    assert [(a.label, a.text) for a in text.articles] == [
        ("第一条", "甲。\n（一）乙；"),
        ("第二条", "丙。"),
        ("第三条", "丁。"),
    ]
    assert text.doubts == ()


def test_the_facts_are_those_of_the_fields():
    text = law_draft.read(WORDS)
    assert (text.title, text.level, text.issuing_body) == ("市容条例", "local", "市人大常委会")
    assert (text.published_on, text.effective_on) == (WORDS.published_on, WORDS.effective_on)
    undated = law_draft.read(replace(WORDS, history="", published_on=None))
    assert (undated.published_on, undated.doubts) == (None, ())


def test_doubts_name_the_lines_of_the_body():
    text = law_draft.read(replace(WORDS, body="第一条 甲。\n\n第四条 乙。"))
    (doubt,) = text.doubts
    assert doubt.code == "not_consecutive"
    assert doubt.details["lines"][0][0] == 3


@pytest.mark.parametrize(
    ("body", "code"), [("没有条文", "no_articles"), ("第二十二十条 甲。", "bad_number"), ("", "no_articles")]
)
def test_what_is_no_law_is_refused(body, code):
    with pytest.raises((NotALaw, Unreadable)) as refusal:
        law_draft.read(replace(WORDS, body=body))
    assert refusal.value.finding.code == code


def test_the_source_is_read_again_with_the_same_articles():
    text = law_draft.read(replace(WORDS, subtitle="总则编"))
    again = law_markdown.read(text.source.encode(), "x.md")
    assert (again.title, again.subtitle) == (text.title, text.subtitle)
    assert [a.text for a in again.articles] == [a.text for a in text.articles]
    assert law_draft.body_of(text.source).splitlines()[1] == "第一条 甲。"
