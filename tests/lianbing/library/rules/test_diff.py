"""Two editions against each other, article by article."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianbing.library.rules import diff
from lianbing.library.rules.diff import Fate
from lianbing.library.rules.numerals import article_label

MARKETS = "城市管理行政执法部门应当会同市场监督管理部门对占道经营行为进行巡查。"
STALLS = "流动摊点经营者应当在划定的地点和时间内经营，并保持周围环境整洁。"
WASTE = "建筑垃圾的运输车辆应当密闭，不得沿途遗撒、飘散。"
SIGNS = "设置户外广告设施应当符合规划，并取得城市管理部门的许可。"
TREES = "任何单位和个人不得擅自砍伐、移植城市树木。"


@dataclass(frozen=True)
class Article:
    label: str
    anchor: str
    text: str


def law(*texts):
    return [Article(article_label(n), f"art-{n}", text) for n, text in enumerate(texts, 1)]


def fates(old, new):
    """(fate, old number, new number) of every row."""
    return [
        (str(row.fate), row.old and int(row.old.anchor[4:]), row.new and int(row.new.anchor[4:]))
        for row in diff.compare(law(*old), law(*new)).rows
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ([MARKETS], [MARKETS], [("same", 1, 1)]),
        ([MARKETS], [MARKETS.replace("，", ",")], [("same", 1, 1)]),
        ([STALLS], [STALLS.replace("整洁", "卫生")], [("changed", 1, 1)]),
        ([MARKETS, WASTE], [MARKETS, TREES, WASTE], [("same", 1, 1), ("added", None, 2), ("moved", 2, 3)]),
        ([MARKETS, TREES, WASTE], [MARKETS, WASTE], [("same", 1, 1), ("removed", 2, None), ("moved", 3, 2)]),
        ([MARKETS], [TREES], [("added", None, 1), ("removed", 1, None)]),
        ([], [TREES], [("added", None, 1)]),
        ([], [], []),
    ],
)
def test_articles_meet_their_fate(old, new, wanted):
    assert fates(old, new) == wanted


def test_an_article_that_left_the_order_jumped():
    rows = diff.compare(
        law(MARKETS, STALLS, WASTE, SIGNS, TREES), law(MARKETS, WASTE, SIGNS, TREES, STALLS)
    ).rows
    assert [row.new.label for row in rows if row.jumped] == ["第五条"]
    assert {row.fate for row in rows[1:]} == {Fate.MOVED}


def test_a_moved_article_may_have_changed_words_too():
    comparison = diff.compare(law(MARKETS, STALLS), law(TREES, MARKETS, STALLS.replace("整洁", "卫生")))
    assert comparison.counts == {
        "same": 0, "changed": 0, "moved": 2, "added": 1, "removed": 0, "reworded": 1,
    }  # fmt: skip
    assert comparison.touched == ["art-2"]
    assert comparison.differs


TEXTS = st.lists(
    st.one_of(st.sampled_from([MARKETS, STALLS, WASTE, SIGNS, TREES]), st.text("甲乙丙，。丁戊", max_size=8)),
    max_size=9,
)


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_every_article_occurs_exactly_once(old, new):
    rows = fates(old, new)
    assert sorted(i for _fate, i, _j in rows if i) == list(range(1, len(old) + 1))
    assert [j for _fate, _i, j in rows if j] == list(range(1, len(new) + 1))


@given(TEXTS)
def test_equal_texts_are_all_the_same(texts):
    assert not diff.compare(law(*texts), law(*texts)).differs


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_turned_round_added_and_removed_change_places(old, new):
    turn = {"added": "removed", "removed": "added"}
    there = {(turn.get(fate, fate), j, i) for fate, i, j in fates(old, new)}
    assert there == set(fates(new, old))
