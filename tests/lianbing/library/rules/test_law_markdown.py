"""A law is parsed whole: nothing lost, nothing mended, everything doubtful named."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules import law_text
from lianbing.library.rules.findings import NotALaw, Unreadable
from lianbing.library.rules.law_markdown import read
from lianbing.library.rules.numerals import article_label
from tests.factories.library import MARK, law_source


def parse(*body, title="条例", history=("2020年1月2日 通过",), name="law.md"):
    return read(law_source(title, history, body=body).encode(), name)


def codes(text):
    return [doubt.code for doubt in text.doubts]


def refusal(data, name="law.md"):
    with pytest.raises(Unreadable) as caught:
        read(data if isinstance(data, bytes) else data.encode(), name)
    return caught.value.finding.code


def shown(text):
    """Everything the tree holds, in the order of the text, without blanks."""
    out, headings = "".join(text.preamble), list(text.headings)
    for article in text.articles:
        while headings and headings[0].before <= article.position:
            heading = headings.pop(0)
            out += heading.text + "".join(heading.notes)
        out += article.label + article.text
    out += "".join(heading.text + "".join(heading.notes) for heading in headings)
    return law_text.bare(out)


def test_the_tree_of_parts_chapters_sections_and_articles():
    text = parse(
        "## 第一编 总则",
        "### 第一章 任务",
        "#### 第一节 甲",
        "第一条 一。",
        "第二款。",
        "### 第二章 范围",
        "第二条 二。",
        "第二条之一 三。",
        "## 第二编 分则",
        "第三条 四。",
    )
    assert [(a.label, a.anchor, a.part, a.chapter, a.section) for a in text.articles] == [
        ("第一条", "art-1", "第一编 总则", "第一章 任务", "第一节 甲"),
        ("第二条", "art-2", "第一编 总则", "第二章 范围", ""),
        ("第二条之一", "art-2-1", "第一编 总则", "第二章 范围", ""),
        ("第三条", "art-3", "第二编 分则", "", ""),
    ]
    assert text.articles[0].text == "一。\n第二款。"
    assert codes(text) == []


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "\u2003", "  ", "\t"])
def test_any_blank_may_follow_the_number(blank):
    text = parse(f"第一条{blank}甲。\u3000", f"\u3000\u3000第二条{blank}乙。")
    assert [a.text for a in text.articles] == ["甲。", "乙。"]


def test_a_mention_at_the_start_of_a_line_is_text():
    text = parse("第一条 按照下列规定：", "第三条、第四条规定的除外。", "第二条规定的情形。", "第二条 乙。")
    assert [a.label for a in text.articles] == ["第一条", "第二条"]
    assert text.articles[0].text.count("\n") == 2


def test_a_number_without_a_blank_is_taken_only_when_it_comes_next():
    text = parse("第一条 甲。", "第二条国务院主管。", "第九条国务院另行。")
    assert [a.label for a in text.articles] == ["第一条", "第二条"]
    assert {doubt.code: doubt.details["lines"] for doubt in text.doubts} == {
        "no_space_after_number": [[9, "第二条国务院主管。"]],
        "article_like": [[11, "第九条国务院另行。"]],
    }


@pytest.mark.parametrize(
    ("numbers", "code"),
    [(("一", "三"), "not_consecutive"), (("一", "二", "二"), "repeated"), (("五", "六"), "not_from_one")],
)
def test_gaps_repeats_and_other_starts_are_doubtful(numbers, code):
    text = parse(*(f"第{number}条 甲。" for number in numbers))
    assert code in codes(text)
    assert len(text.articles) == len({a.anchor for a in text.articles}) == len(numbers)


def test_a_part_of_a_divided_code_may_start_anywhere():
    source = f"# 民法典\n\n# 人格权编\n\n2020年5月28日 通过\n\n{MARK}\n\n##\n\n第九百八十九条 本编。"
    text = read(source.encode(), "人格权编.md")
    assert (text.title, text.subtitle, codes(text)) == ("民法典", "人格权编", [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("第一条 有\ue000字。", "private_use"),
        ("第一条 有\ufffd字。", "lost_characters"),
        ("第一条", "empty_articles"),
    ],
)
def test_damaged_text_is_doubtful(line, code):
    assert code in codes(parse(line))


def test_tables_and_plain_headings_are_kept_and_doubtful():
    text = parse("第一章 总则", "第一条 见表：", "| 甲 | 乙 |", "| --- | --- |")
    assert set(codes(text)) == {"plain_heading", "table"}
    assert "| 甲 | 乙 |" in text.articles[0].text


def test_text_before_the_first_article_and_under_headings_is_kept():
    text = parse("序言。", "## 第一章 总则", "说明。", "第一条 甲。", "## 附件", "清单。")
    assert text.preamble == ("序言。",)
    assert [h.notes for h in text.headings] == [("说明。",), ("清单。",)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x00\x01\x02PNG", "not_text"),
        (b"\xff" * 99, "not_text"),
        ("第一条 甲。", "no_title"),
        (f"# 条例\n\n{MARK}\n\n第二十二十条 甲。", "bad_number"),
        (f"# {'长' * 201}\n\n{MARK}\n\n第一条 甲。", "title_too_long"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("README.md", "第一条 甲。", "说明"),
        ("_index.md", "", "x"),
        ("法律法规模版.md", "第一条 xxxxx", "标题"),
        ("决定.md", "一、甲。", "关于甲的决定"),
        ("某案.md", "第六条 甲。", "王某与某公司买卖合同纠纷案"),
    ],
)
def test_what_is_no_law_is_skipped(name, body, title):
    with pytest.raises(NotALaw):
        read(f"# {title}\n\n{MARK}\n\n{body}".encode(), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, end):
    source = law_source()
    assert read(source.replace("\n", end).encode(encoding), "law.md") == read(source.encode(), "law.md")


def test_front_matter_and_comments_are_no_words_of_the_law():
    source = (
        f"---\ntitle: x\n---\n# 条例 <!-- 标题 -->\n\n2020年1月2日 通过\n\n{MARK}\n\n第一条 甲。<!-- 注 -->"
    )
    text = read(source.encode(), "law.md")
    assert (text.title, text.articles[0].text) == ("条例", "甲。")


def test_a_missing_end_mark_is_doubtful():
    text = read("# 条例\n\n2020年1月2日 通过\n\n## 第一章 总则\n\n第一条 甲。".encode(), "law.md")
    assert (codes(text), text.published_on) == (["no_info_end"], datetime.date(2020, 1, 2))


LINE = st.text(alphabet="甲乙，。（）一二 \u3000\u00a0A1|第条章款>", max_size=12)
PIECES = st.lists(
    st.one_of(
        LINE, LINE.map(lambda t: f"## {t}"), st.integers(1, 60).map(lambda n: f"{article_label(n)}\u3000甲")
    ),
    max_size=30,
)


@given(PIECES)
def test_no_character_of_the_body_is_lost(pieces):
    body = ["第一条 开头。", *pieces]
    try:
        text = parse(*body)
    except Unreadable:
        return
    kept = "".join(line.lstrip("#") if line.startswith("#") else line for line in body)
    assert shown(text) == law_text.bare(kept).replace("#", "")
