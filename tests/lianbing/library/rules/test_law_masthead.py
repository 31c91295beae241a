"""The head of a plain text: title, history, body and number as it states them."""

import datetime

import pytest

from lianbing.library.rules import law_plain

ORDER = """中华人民共和国国务院令
第 771 号
《城市公园条例》已经2023年6月29日国务院第9次常务会议通过，现予公布，自2023年9月1日起施行。
总理　李某
2023年7月20日
城市公园条例"""
FLK = """中华人民共和国公园法
（1996年3月17日第八届全国人民代表大会第四次会议通过
根据2009年8月27日第十一届全国人民代表大会常务委员会第十次会议《关于修改部分法律的决定》第一次修正
2021年1月22日第十三届全国人民代表大会常务委员会第二十五次会议修订）"""
RULE = """城市公园办法
（交通部 • 2006年2月13日经第3次部务会议通过 • 交通部令2006年第4号 • 2006年2月24日发布 • 2006年6月1日起施行）"""
PAPER = """建督〔2017〕31号
关于城市公园执法的
若干规定
住房城乡建设部2017年3月1日印发"""


def parse(top, name="x.txt"):
    return law_plain.read(f"{top}\n第一条　甲。".encode(), name)


@pytest.mark.parametrize(
    ("top", "title", "published", "effective", "body", "number", "level"),
    [
        (ORDER, "城市公园条例", "2023-07-20", "2023-09-01", "国务院", "国务院令第771号", "administrative"),
        (FLK, "中华人民共和国公园法", "2021-01-22", None, "全国人民代表大会常务委员会", "", "law"),
        (RULE, "城市公园办法", "2006-02-24", "2006-06-01", "交通部", "交通部令2006年第4号", "department"),
        (
            PAPER,
            "关于城市公园执法的若干规定",
            "2017-03-01",
            None,
            "住房城乡建设部",
            "建督〔2017〕31号",
            "other",
        ),
    ],
)
def test_what_the_head_states(top, title, published, effective, body, number, level):
    text = parse(top)
    assert (text.title, str(text.published_on), text.issuing_body) == (title, published, body)
    assert (str(text.effective_on or "") or None, text.document_number) == (effective, number)
    assert text.level == level


def test_the_notes_become_one_event_each():
    assert [event.on for event in parse(FLK).history] == [
        datetime.date(1996, 3, 17),
        datetime.date(2009, 8, 27),
        datetime.date(2021, 1, 22),
    ]


@pytest.mark.parametrize(
    ("rows", "name", "title", "codes"),
    [
        (["法律法规", "中华人民共和国公园法"], "x.txt", "中华人民共和国公园法", []),
        (["公园管理", "若干规定"], "x.txt", "公园管理若干规定", ["title_joined"]),
        (["公园管理", "若干规定"], "公园管理若干规定.txt", "公园管理若干规定", []),
        (["公园十严禁"], "x.txt", "公园十严禁", ["title_guessed"]),
        (["公　园　法"], "x.txt", "公园法", []),
        (["公园法（2021年修订）"], "x.txt", "公园法", ["title_year_differs"]),
        (["公园办法（试行）"], "x.txt", "公园办法（试行）", []),
    ],
)
def test_which_line_is_the_title(rows, name, title, codes):
    text = parse("\n".join([*rows, "2020年1月2日通过"]), name)
    assert text.title == title
    assert [doubt.code for doubt in text.doubts] == codes


def test_nothing_is_guessed():
    text = parse("公园办法")
    assert (text.issuing_body, text.document_number, text.level) == ("", "", "other")
    assert (text.published_on, text.effective_on) == (None, None)
