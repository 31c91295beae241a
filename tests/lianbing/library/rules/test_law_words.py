"""Whether two texts have the same words, and where they first do not."""

import pytest

from lianbing.library.rules.law_words import first_difference, folded


@pytest.mark.parametrize(
    ("one", "other"), [("（一）甲，乙。", "(一)　甲,乙。"), ("“占道”", '"占道"'), ("二〇二一", "二○二一")]
)
def test_the_width_of_punctuation_and_blanks_make_no_other_words(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([(1, 0, "甲。"), (2, 0, "乙 。")], None),
        ([(1, 0, "甲。"), (2, 0, "丙。")], (2, 0, "乙。", "丙。")),
        ([(1, 0, "甲。")], (2, 0, "乙。", "")),
        ([(1, 0, "甲。"), (2, 0, "乙。"), (2, 1, "丁。")], (2, 1, "", "丁。")),
        ([(1, 0, "甲。"), (1, 0, "戊。"), (2, 0, "乙。")], (1, 0, "甲。", "甲。 戊。")),
    ],
)
def test_the_first_article_with_other_words_is_named(new, expected):
    assert first_difference([(1, 0, "甲。"), (2, 0, "乙。")], new) == expected


def test_of_long_articles_the_words_around_the_difference_are_shown():
    old, new = ("一" * 50 + word + "二" * 50 for word in ("有权", "无权"))
    found = first_difference([(1, 0, old)], [(1, 0, new)])
    assert found.old == "一" * 8 + "有权" + "二" * 14
    assert found.new == "一" * 8 + "无权" + "二" * 14
