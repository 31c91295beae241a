"""款, 项 and 目 of an article, and their permanent anchors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules.places import anchor, find, pieces

ARTICLE = """有下列情形之一的，从轻处罚：
（一）主动消除危害后果的；
（二）配合查处的，包括：
1.主动交代；
2．提供线索；
（三）其他。
违法行为轻微的，不予处罚。
初次违法的：
（一）可以不予处罚。"""


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("只有一款。", "p1"),
        ("第一款。\n第二款。", "p1 p2"),
        (ARTICLE, "p1 p1-i1 p1-i2 p1-i2-s1 p1-i2-s2 p1-i3 p2 p3 p3-i1"),
        ("(一)半角；\n( 二 )有空格。", "p1-i1 p1-i2"),
        ("甲：\n（十）十；\n（十一）十一。", "p1 p1-i10 p1-i11"),
        ("甲：\n（一）乙：\n（1）丙；\n（2）丁。", "p1 p1-i1 p1-i1-s1 p1-i1-s2"),
        ("甲：\n（1）丙；\n（2）丁。", "p1 p1-i1 p1-i2"),
        ("甲：\n1.乙；\n2.丙。", "p1 p1-s1 p1-s2"),
        ("甲：\n⒈乙；\n⒉丙。", "p1 p1-s1 p1-s2"),
        ("甲。\n2019年以前。\n1.5米以上。\n9.孤立的数字。", "p1 p2 p3 p4"),
        ("甲：\n（一）乙；\n（一）又是一。", "p1 p1-i1 p1-i1-r2"),
        ("甲：\n（二十二十）读不出的数字。", "p1 p2"),
        ("（2010年修订）的规定。\n（九九九九九九）。", "p1 p2"),
        ("\n\n甲。\n\n乙。\n", "p1 p2"),
        ("", ""),
    ],
)
def test_every_line_has_its_place(text, tails):
    assert " ".join(piece.tail for piece in pieces(text)) == tails


def test_anchors_and_labels():
    piece = pieces(ARTICLE)[3]
    assert anchor("art-33", piece) == "art-33-p1-i2-s1"
    assert piece.label == "第一款第二项第1目"
    assert pieces("甲。\n乙。")[1].label == "第二款"


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ((), 9),
        ((1,), 6),
        ((1, 2), 3),
        ((1, 2, 1), 1),
        ((0, 3), 1),
        ((3, 1), 1),
        ((4,), 0),
        ((1, 4), 0),
        ((0, 4), 0),
        ((2, 1), 0),
    ],
)
def test_what_a_citation_means_is_the_piece_with_everything_below_it(cited, found):
    assert len(find(pieces(ARTICLE), *cited)) == found


lines = st.lists(
    st.sampled_from(["甲。", "（一）乙；", "（二）丙；", "1.丁；", "2．戊；", "（1）己。", " ", "⒊庚"]),
    max_size=12,
)


@given(lines)
def test_no_line_is_lost_and_no_anchor_used_twice(made):
    found = pieces("\n".join(made))
    assert [piece.text for piece in found] == [line for line in made if line.strip()]
    anchors = [anchor("art-1", piece) for piece in found]
    assert len(set(anchors)) == len(anchors)
