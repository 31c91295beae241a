"""Plain text as publishers give it becomes the same articles as Markdown; what was repaired is named."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.library.rules import law_markdown, law_plain
from lianbing.library.rules.findings import NotALaw, Unreadable
from tests.factories.law_shapes import STYLES
from tests.factories.library import law_source

TOP = ["云汐市市容条例", "（2020年1月2日云汐市第五届人民代表大会常务委员会第一次会议通过）"]


def parse(*rows, top=TOP, name="x.txt"):
    return law_plain.read("\n".join([*top, *rows]).encode(), name)


def found(text):
    return [(article.label, article.text) for article in text.articles]


def codes(text):
    return [doubt.code for doubt in text.doubts]


@pytest.mark.parametrize("style", STYLES)
def test_every_shape_of_one_law_gives_the_same_articles(style):
    body = [
        "## 第一章 总则",
        *(f"第{n}条 {'这是一段话，' * 9}第{n}段。\n\n（一）甲；" for n in "一二三四五六七"),
    ]
    law = law_markdown.read(law_source(body=body).encode(), "x.md")
    data = STYLES[style](law).encode("gb18030" if style == "windows" else "utf-8-sig")
    text = law_plain.read(data, "x.txt")
    assert found(text) == found(law)
    assert (text.title, text.published_on) == (law.title, law.published_on)
    assert {article.chapter for article in text.articles} == {"第一章 总则"}


def test_the_contents_list_is_no_part_of_the_text():
    text = parse(
        "目　　录",
        "第一章　总　　则",
        "第二章　附　　则",
        "第一章　总　　则",
        "第一条　甲。",
        "第二章　附　　则",
        "第二条　乙。",
    )
    assert [h.text for h in text.headings] == ["第一章 总则", "第二章 附则"]
    assert codes(text) == []


def test_a_contents_list_with_pages_and_without_its_title_goes_too():
    text = parse(
        "第一章 总则……1", "第二章 附则……9", "第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"
    )
    assert [h.text for h in text.headings] == ["第一章 总则", "第二章 附则"]


def test_a_contents_list_that_differs_is_doubtful():
    text = parse(
        "目录", "第一章 总则", "第二章 罚则", "第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"
    )
    assert codes(text) == ["contents_differ"]
    assert text.doubts[0].details["lines"] == [[5, "第二章 罚则"]]


def test_everything_on_one_line_is_cut_apart():
    text = parse("目录第一章 总则第二章 附则第一章 总则第一条 甲。第二条 乙。第二章 附则第三条 丙。")
    assert found(text) == [("第一条", "甲。"), ("第二条", "乙。"), ("第三条", "丙。")]
    assert [article.chapter for article in text.articles] == ["第一章 总则"] * 2 + ["第二章 附则"]
    assert "article_inside" in codes(text)


@pytest.mark.parametrize(
    "row",
    ["第三条规定的情形除外。", "第三条、第四条所列行为；", "第二章规定的程序。", "第三条第一款的规定。"],
)
def test_a_mention_at_the_start_of_a_line_is_text(row):
    text = parse("第一条 甲：", row, "第二条 乙。")
    assert found(text) == [("第一条", f"甲：\n{row}"), ("第二条", "乙。")]


def test_full_width_numbers_suffixes_and_labels_alone():
    text = parse("第１条　甲。", "第１条之一　乙。", "第二条", "丙。")
    assert found(text) == [("第一条", "甲。"), ("第一条之一", "乙。"), ("第二条", "丙。")]


def test_pages_are_taken_apart_and_named():
    rows = []
    for number, page in enumerate(("一", "二", "三"), 1):
        rows += [f"- {number} -", "云汐市公报", f"第{page}条　甲乙丙。"]
    text = parse(*rows)
    assert [a.text for a in text.articles] == ["甲乙丙。"] * 3
    (doubt,) = text.doubts
    assert (doubt.code, doubt.details["count"]) == ("left_out", 5)


def test_bare_numbers_that_do_not_count_up_are_words_of_the_law():
    text = parse("第一条 见表：", "30", "12", "第二条 乙。")
    assert text.articles[0].text == "见表：\n30\n12"


def test_the_signature_is_history_and_its_day_is_doubtful():
    text = parse("第一条 甲。", "云汐市人民政府", "二〇二一年三月四日", top=["云汐市市容办法"])
    assert (text.published_on, codes(text)) == (datetime.date(2021, 3, 4), ["date_in_signature_only"])
    assert text.articles[0].text == "甲。"


def test_an_appendix_stands_behind_the_articles():
    text = parse("第一条 甲。", "附件：处罚标准", "1. 乙")
    assert (text.articles[0].text, text.headings[0].notes) == ("甲。", ("1. 乙",))


def test_tables_drawn_with_characters_are_kept_and_named():
    text = parse("第一条 见表：", "┌──┬──┐", "│甲│乙│", "└──┴──┘")
    assert codes(text) == ["table"]
    assert "│甲│乙│" in text.articles[0].text


@pytest.mark.parametrize(("text", "error"), [("一、甲。\n二、乙。", NotALaw), ("第一条 甲。", Unreadable)])
def test_what_is_no_law_or_has_no_title_says_so(text, error):
    with pytest.raises(error):
        law_plain.read(text.encode(), "x.txt")


PIECES = st.lists(
    st.one_of(
        st.text(
            alphabet="第一二三十百条章节编目录附件（）()《》，。：； \u3000\u00a0\n\t|│-－12０年月日令号之\ue000\ufffd",
            max_size=40,
        ),
        st.sampled_from(
            ["第一条　甲。", "第一章　总　　则", "目　录", "— 1 —", "（2020年2月30日通过）", "\x0c"]
        ),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES)
def test_no_text_brings_the_reader_down(pieces):
    for reader in (law_plain, law_markdown):
        try:
            text = reader.read_text("\n".join(["条例", *pieces, "x"]), "x")
        except (NotALaw, Unreadable):
            continue
        assert len({article.anchor for article in text.articles}) == len(text.articles)
