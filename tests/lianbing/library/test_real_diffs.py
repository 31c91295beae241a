"""The comparison on real pairs of editions, with facts that were checked by hand against the texts."""

import pytest

from lianbing.library.rules import diff, law_markdown
from lianbing.library.rules.diff import Fate

pytestmark = pytest.mark.real_input


@pytest.fixture(scope="module")
def compared(real_input):
    """`compared(old, new)`: the comparison of two files of the folder of laws."""

    def articles(name):
        (path,) = (real_input / "laws" / "lawrefbook_md").rglob(f"{name}.md")
        return law_markdown.read(path.read_bytes(), path.name).articles

    return lambda old, new: diff.compare(articles(old), articles(new))


PAIRS = [
    ("立法法(2015-03-15)", "立法法(2023-03-13)", (105, 120), (15, 0)),
    ("行政复议法(2017-09-01)", "行政复议法(2023-09-01)", (43, 90), (57, 10)),
    ("突发事件应对法(2007-08-30)", "突发事件应对法(2024-06-28)", (70, 106), (40, 4)),
    ("道路运输条例(2019-03-02)", "道路运输条例(2022-03-29)", (83, 83), (1, 1)),
    ("道路运输条例(2022-03-29)", "道路运输条例(2023-07-20)", (83, 82), (0, 1)),
    ("上海市住宅物业管理规定(2010-12-23)", "上海市住宅物业管理规定(2020-12-30)", (95, 95), (0, 0)),
]


@pytest.mark.parametrize(("old", "new", "sizes", "changed"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_every_article_of_a_real_pair_is_placed_once(compared, old, new, sizes, changed):
    rows = compared(old, new).rows
    lefts = [row.old.anchor for row in rows if row.old]
    rights = [row.new.anchor for row in rows if row.new]
    assert (len(lefts), len(rights)) == sizes
    assert (len(set(lefts)), len(set(rights))) == sizes
    assert (sum(r.fate is Fate.ADDED for r in rows), sum(r.fate is Fate.REMOVED for r in rows)) == changed


def test_what_the_legislation_law_of_2023_added(compared):
    added = [r.new.label for r in compared(*PAIRS[0][:2]).rows if r.fate is Fate.ADDED]
    assert {
        "第四条",
        "第八条",
        "第九条",
        "第五十五条",
        "第六十八条",
        "第七十条",
        "第七十九条",
        "第八十三条",
    } <= set(added)


def numbers(comparison):
    """Old number -> new number of what goes on."""
    return {row.old.label: row.new.label for row in comparison.rows if row.old and row.new}


@pytest.mark.parametrize(
    ("pair", "old", "new"),
    [
        (0, "第七十二条", "第八十一条"),  # 设区的市的立法权
        (0, "第一百零五条", "第一百二十条"),  # 施行日期
        (1, "第九条", "第二十条"),  # 六十日的申请期限, moved past 被申请人
        (1, "第六条", "第十一条"),  # 受案范围
        (1, "第二十一条", "第四十二条"),  # 不停止执行
        (1, "第四十三条", "第九十条"),  # 施行日期
    ],
)
def test_an_article_is_found_again_under_its_new_number(compared, pair, old, new):
    assert numbers(compared(*PAIRS[pair][:2]))[old] == new


def test_a_renamed_authority_is_marked_and_nothing_else(compared):
    rows = compared(*PAIRS[3][:2]).rows
    row = next(r for r in rows if r.new and r.new.label == "第十三条")
    changes = [(run.old, run.new) for run in row.words if run.kind != "kept"]
    assert changes == [("道路运输管理机构", ""), ("", "地方人民政府交通运输主管部门")]


def test_the_criminal_law_against_itself_is_all_the_same(compared):
    comparison = compared("刑法", "刑法")
    assert not comparison.differs
    assert comparison.counts["same"] == 505
