"""Where words stand, and how well a text answers them."""

import pytest

from lianbing.library.rules import search_ranking


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("占道经营，占道", [("占道",)], [(0, 2), (5, 7)]),
        ("占道经营", [("占道",), ("道经",)], [(0, 3)]),
        ("第142条和42", [("42",)], [(6, 8)]),
        ("ＡＢＣ", [("abc",)], [(0, 3)]),
        ("听证", [("罚款",)], []),
        ("罚款二百元", [("罚款200元", "罚款二百元")], [(0, 5)]),
    ],
)
def test_places_of_words(text, words, expected):
    assert search_ranking.places(text, words) == expected


@pytest.mark.parametrize(
    ("better", "worse", "words"),
    [
        ("听证应当公开。", "其他事项。" * 10 + "听证", [("听证",)]),
        ("听证、听证笔录", "某某的听证", [("听证",)]),
        ("罚款和听证", "罚款" + "无关文字" * 30 + "听证", [("罚款",), ("听证",)]),
        ("占道经营", "擅自占用", [("占道经营", "擅自占用")]),
    ],
)
def test_what_answers_better_scores_higher(better, worse, words):
    assert search_ranking.score(better, words) > search_ranking.score(worse, words) > 0


def test_what_holds_no_word_scores_nothing():
    assert search_ranking.score("无关", [("听证",)]) == 0
