"""Pairs of characters: exact phrases out of plain tokens."""

import pytest

from lianbing.kit import bigrams


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("擅自占用", ["擅自", "自占", "占用", "用"]),
        ("占道，经营", ["占道", "道", "经营", "营"]),
        ("第42条", ["第", "42", "条"]),
        ("ＰＭ２．５超标", ["pm2", "_", "5", "超标", "标"]),
        ("款，200", ["款", "_", "200"]),
        ("「听证」\x00*\"'", ["听证", "证"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_pairs(text, expected):
    assert bigrams.tokens(text) == expected


@pytest.mark.parametrize(
    ("word", "tokens", "begins"),
    [
        ("听证", ["听证"], False),
        ("占道经营", ["占道", "道经", "经营"], False),
        ("狗", ["狗"], True),
        ("第42条", ["第", "42", "条"], True),
        ("罚款200元", ["罚款", "款", "200", "元"], True),
        ("pm2.5", ["pm2", "_", "5"], False),
        ("？", [], False),
    ],
)
def test_a_word_is_looked_for_as_a_phrase(word, tokens, begins):
    assert bigrams.phrase(word) == (tokens, begins)


@pytest.mark.parametrize("text", ["擅自占用道路", "占道，经营", "第42条规定", "养狗", "a狗b"])
def test_every_word_of_a_text_is_a_phrase_of_its_tokens(text):
    stored = bigrams.tokens(text)
    for run in bigrams.runs(text):
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                if bigrams.is_han(run[0]) or end - start == len(run):
                    assert _stands(stored, *bigrams.phrase(run[start:end]))


def _stands(stored, tokens, begins):
    places = range(len(stored) - len(tokens) + 1)
    for place in places:
        piece = stored[place : place + len(tokens)]
        if piece[:-1] == tokens[:-1] and (piece[-1].startswith(tokens[-1]) if begins else piece == tokens):
            return True
    return False


def test_no_phrase_reaches_over_punctuation():
    assert not _stands(bigrams.tokens("禁止占道，经营者"), *bigrams.phrase("占道经营"))


def test_folding_keeps_every_place():
    text = "ＡＢ，Ｃ　ｄ"
    assert bigrams.fold(text) == "ab,c d"
    assert len(bigrams.fold(text)) == len(text)
