"""Citations are found as people write them."""

import pytest

from lianbing.library.rules.citations import Reference, find, name_keys, paragraphs_of, quoted


def places(text):
    return [(r.law_title, r.number, r.suffix, r.paragraph, r.item) for r in find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《行政处罚法》第六十三条第一款第二项", [("行政处罚法", 63, 0, 1, 2)]),
        ("《行政处罚法》第六十三条第（二）项", [("行政处罚法", 63, 0, 0, 2)]),
        ("依据《条例》第10条之一第2款作出", [("条例", 10, 1, 2, 0)]),
        ("行政处罚法第三十条", [("行政处罚法", 30, 0, 0, 0)]),
        ("《甲法》（2021年修订）第三条", [("甲法", 3, 0, 0, 0)]),
        (
            "《甲法》第三条、第五条第一款和第七条之二",
            [("甲法", 3, 0, 0, 0), ("甲法", 5, 0, 1, 0), ("甲法", 7, 2, 0, 0)],
        ),
        ("《甲法》第三条，《乙法》第四条", [("甲法", 3, 0, 0, 0), ("乙法", 4, 0, 0, 0)]),
        ("《关于修改〈甲法〉的决定》第一条", [("关于修改〈甲法〉的决定", 1, 0, 0, 0)]),
        ("《甲法》", [("甲法", 0, 0, 0, 0)]),
        ("第三条", [("", 3, 0, 0, 0)]),
        ("没有出处", []),
        ("《甲法》第二十二十条", [("甲法", 0, 0, 0, 0)]),
    ],
)
def test_references_in_a_text(text, found):
    assert places(text) == found


def test_a_law_is_known_by_its_short_names():
    assert name_keys("中华人民共和国监察法（试行）") == {
        "中华人民共和国监察法（试行）",
        "监察法（试行）",
        "中华人民共和国监察法",
        "监察法",
    }


def test_paragraphs_and_their_items():
    assert paragraphs_of("有下列情形：\n（一）甲；\n（二）乙。\n前款所称。") == [[1, 2], []]


def test_the_words_a_citation_points_at():
    text = "情形：\n（一）甲；\n（二）乙。\n前款所称。"
    assert quoted(text, Reference("法", 1)) == text
    assert quoted(text, Reference("法", 1, paragraph=1)) == "情形：\n（一）甲；\n（二）乙。"
    assert quoted(text, Reference("法", 1, paragraph=2)) == "前款所称。"
    assert quoted(text, Reference("法", 1, paragraph=9)) == text
