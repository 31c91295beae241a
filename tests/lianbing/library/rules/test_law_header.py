"""Titles, history and dates."""

import datetime

import pytest

from lianbing.library.rules import law_header
from lianbing.library.rules.law_markdown import read
from tests.factories.library import law_source


def day(text):
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("history", "name", "published", "codes"),
    [
        (("2020年1月2日 通过",), "x.md", "2020-01-02", []),
        (("2020年1月2日 通过", "2021年3月4日 修正"), "x(2021-03-04).md", "2021-03-04", []),
        (("2020年1月2日 通过 根据2022年5月6日《决定》修正",), "x.md", "2022-05-06", []),
        (("２０２０年１月２日 通过",), "x.md", "2020-01-02", []),
        (("2011年1月8日 修订",), "x(2017-03-01).md", "2017-03-01", ["file_name_date_differs"]),
        (("2018年1月8日 修订",), "x(2010-03-01).md", "2018-01-08", ["file_name_date_differs"]),
        ((), "x(2017-03-01).md", "2017-03-01", ["date_in_file_name_only"]),
        ((), "x.md", None, ["no_date"]),
        (("2020年2月30日 通过",), "x.md", None, ["impossible_date", "no_date"]),
        (("2020年1月2日 通过",), "x(2020-13-40).md", "2020-01-02", ["impossible_file_date"]),
    ],
)
def test_the_publication_date_and_its_doubts(history, name, published, codes):
    text = read(law_source("x", history).encode(), name)
    assert text.published_on == day(published)
    assert [doubt.code for doubt in text.doubts] == codes


@pytest.mark.parametrize(
    ("history", "last", "effective"),
    [
        (("2020年1月2日 通过", "2020年3月1日 施行"), "甲。", "2020-03-01"),
        (("2020年1月2日 通过",), "本条例自2020年3月1日起施行。", "2020-03-01"),
        (("2020年1月2日 通过",), "本条例自公布之日起施行。", "2020-01-02"),
        (("2000年1月2日 通过", "2020年1月2日 修正"), "本法自2000年3月1日起施行。", None),
        (("2000年1月2日 通过", "2020年1月2日 修正"), "本法自公布之日起施行。", None),
        (("2020年1月2日 通过",), "甲。", None),
    ],
)
def test_the_day_it_holds_from_where_stated(history, last, effective):
    text = read(law_source("x", history, body=["第一条 甲。", f"第二条 {last}"]).encode(), "x.md")
    assert text.effective_on == day(effective)


def test_a_history_line_without_a_date_is_kept():
    header = law_header.read("# 法\n\n2020年1月2日 根据《决定》\n\n第三十一条修正")
    assert [(e.on, e.text) for e in header.history] == [
        (datetime.date(2020, 1, 2), "2020年1月2日 根据《决定》"),
        (None, "第三十一条修正"),
    ]


@pytest.mark.parametrize(
    ("title", "event", "level"),
    [
        ("行政处罚法", "1996年3月17日 第八届全国人民代表大会第四次会议通过", "law"),
        ("城市绿化条例", "1992年6月22日 国务院令第100号发布", "administrative"),
        ("北京市条例", "2021年9月24日 北京市第十五届人民代表大会常务委员会通过", "local"),
        ("某办法", "2019年1月1日 住房和城乡建设部令第42号发布", "department"),
        ("解释", "2019年1月1日 最高人民法院审判委员会通过", "interpretation"),
        ("规范", "2019年1月1日 局务会议审议通过", "other"),
    ],
)
def test_the_level_follows_from_who_made_it(title, event, level):
    assert read(law_source(title, (event,)).encode(), "x.md").level == level


@pytest.mark.parametrize(
    ("history", "last", "doubted"),
    [
        (("2023年5月1日 公布", "2023年4月1日 施行"), "甲。", True),
        (("2023年5月1日 公布",), "本条例自2023年4月1日起施行。", True),
        (("2023年5月1日 公布",), "本条例自2023年5月1日起施行。", False),
        (("2000年1月2日 通过", "2023年5月1日 修正"), "本条例自2000年4月1日起施行。", False),
    ],
)
def test_a_law_that_held_before_it_was_published_is_doubtful(history, last, doubted):
    text = read(law_source("x", history, body=["第一条 甲。", f"第二条 {last}"]).encode(), "x.md")
    assert ("effective_before_published" in [doubt.code for doubt in text.doubts]) is doubted


@pytest.mark.parametrize(
    "who",
    [
        "临江市人民代表大会常务委员会",
        "临江市第三届人民代表大会常务委员会",
        "临江市人大常委会",
        "云溪自治县第二届人民代表大会",
    ],
)
def test_what_a_local_congress_passed_is_local(who):
    text = read(law_source("x", (f"2023年5月1日 {who}第三次会议通过",)).encode(), "x.md")
    assert text.level == "local"
