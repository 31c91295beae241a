"""What the search box means."""

import pytest

from lianbing.library.rules import search_words
from lianbing.library.rules.search_words import Box


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占道 听证", Box(words=("占道", "听证"))),
        ("占道，听证、占道", Box(words=("占道", "听证"))),
        ("行政处罚法第42条", Box(("行政处罚法",), number=42, surely=True, number_word="第42条")),
        ("行政处罚法第四十二条", Box(("行政处罚法",), number=42, surely=True, number_word="第四十二条")),
        ("处罚法 42", Box(("处罚法",), number=42, number_word="42")),
        ("处罚法４２", Box(("处罚法",), number=42, number_word="42")),
        ("《行政处罚法》 四十二", Box(names=("行政处罚法",), number=42, number_word="四十二")),
        ("刑法第一百三十三条之一", Box(("刑法",), (), 133, 1, True, "第一百三十三条之一")),
        ("第42条", Box(number=42, surely=True, number_word="第42条")),
        ("42", Box(words=("42",))),
        ("罚款200元", Box(words=("罚款200元",))),
        ("第二十二十条", Box(words=("第二十二十条",))),
        ("PM2.5", Box(words=("pm2.5",))),
        (" 　*\"' ", Box()),
        ("", Box()),
    ],
)
def test_the_box_is_read(text, expected):
    assert search_words.read(text) == expected


def test_words_beyond_the_eighth_are_named():
    box = search_words.read(" ".join(f"词{letter}" for letter in "甲乙丙丁戊己庚辛壬癸"))
    assert len(box.words) == 8
    assert box.left_out == ("词壬", "词癸")


@pytest.mark.parametrize(
    "text", ["占" * 5000, "((((", "\x00\x00", "a AND b NEAR(", "第" * 400 + "条", "\ud83d\ude00"]
)
def test_anything_can_be_read(text):
    assert all(len(word) <= 40 for word in search_words.read(text).words)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("罚款200元", ("罚款200元", "罚款二百元")),
        ("十五日", ("十五日", "15日")),
        ("听证", ("听证",)),
        ("二十二十", ("二十二十",)),
    ],
)
def test_numbers_are_looked_for_in_both_scripts(word, expected):
    assert search_words.spellings(word) == expected


def test_synonyms_hold_both_ways_and_inside_words():
    groups = [["占道经营", "擅自占用道路"]]
    assert search_words.variants("擅自占用道路", groups) == ("擅自占用道路", "占道经营")
    assert search_words.variants("占道经营罚款", groups) == ("占道经营罚款", "擅自占用道路罚款")
    assert search_words.variants("听证", groups) == ("听证",)


def test_a_long_word_is_cut_at_known_terms_first():
    assert search_words.cuts("行政处罚法听证", ["行政处罚法"])[0] == ("行政处罚法", "听证")
    assert search_words.cuts("占道罚款")[0] == ("占道", "罚款")
    assert ("罚款2", "00元整") not in search_words.cuts("罚款200元整")
