"""The words that changed between two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules import diff_words
from lianbing.library.rules.diff_words import Kind, folded

TEXTS = st.text(alphabet="行政处罚机关应当，。、；,;\n（）(一二 ", max_size=60)


def marked(old, new):
    """The runs as one line: kept, [-deleted-], {+inserted+}."""
    shapes = {Kind.KEPT: "{0}", Kind.DELETED: "[-{0}-]", Kind.INSERTED: "{{+{1}+}}"}
    return "".join(shapes[run.kind].format(run.old, run.new) for run in diff_words.compare(old, new))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("处五十元罚款。", "处五十元罚款。", "处五十元罚款。"),
        ("处五十元罚款。", "处二百元罚款。", "处[-五十-]{+二百+}元罚款。"),
        ("由行政机关管理。", "由市行政机关管理。", "由{+市+}行政机关管理。"),
        ("申请人认为不服的。", "申请人、第三人认为不服的。", "申请人{+、第三人+}认为不服的。"),
        ("甲应当登记，乙不登记。", "甲应当登记。", "甲应当登记[-，乙不登记-]。"),
        ("第一款", "第一款\n第二款新增。", "第一款{+\n第二款新增。+}"),
        ("", "新的", "{+新的+}"),
        (
            "道路运输管理机构负责。",
            "县级交通主管部门负责。",
            "[-道路运输管理机构-]{+县级交通主管部门+}负责。",
        ),
    ],
)
def test_changes_are_marked_as_phrases(old, new, wanted):
    assert marked(old, new) == wanted


def test_another_width_is_no_change():
    (run,) = diff_words.compare("处（一）、罚款；", "处(一)、罚款;")
    assert (run.kind, run.old, run.new) == (Kind.KEPT, "处（一）、罚款；", "处(一)、罚款;")


def test_scraps_between_changes_are_dissolved():
    assert marked("甲的乙的丙的丁。", "子的丑的寅的卯。") == "[-甲的乙的丙的丁-]{+子的丑的寅的卯+}。"


def test_runs_of_another_text_are_refused():
    with pytest.raises(ValueError, match="another text"):
        diff_words.applied("甲", diff_words.compare("乙", "丙"))


@given(TEXTS, TEXTS)
def test_the_changes_applied_to_the_old_text_give_the_new_one(old, new):
    runs = diff_words.compare(old, new)
    assert diff_words.applied(old, runs) == new
    assert all(folded(run.old) == folded(run.new) for run in runs if run.kind is Kind.KEPT)


@given(TEXTS, TEXTS)
def test_the_other_way_round_deleted_and_inserted_change_places(old, new):
    there, back = diff_words.compare(old, new), diff_words.compare(new, old)
    deleted = [run.old for run in there if run.kind is Kind.DELETED]
    inserted = [run.new for run in there if run.kind is Kind.INSERTED]
    assert deleted == [run.new for run in back if run.kind is Kind.INSERTED]
    assert inserted == [run.old for run in back if run.kind is Kind.DELETED]


@given(TEXTS)
def test_equal_texts_are_kept_whole(text):
    assert all(run.kind is Kind.KEPT for run in diff_words.compare(text, text))


def test_a_long_hostile_text_does_not_hang():
    runs = diff_words.compare("甲" * 50_000, "甲乙" * 30_000)
    assert diff_words.applied("甲" * 50_000, runs) == "甲乙" * 30_000
