"""The five parts of a book, as plain rules."""

import pytest

from lianbing.library.rules.books import (
    PARTS,
    PRESET,
    BookText,
    Said,
    changes,
    difference,
    empty_parts,
    examine,
    gathered,
)


def test_the_preset_stands_and_names_two_recorders():
    assert examine(PRESET) == []
    assert all(getattr(PRESET, name) for name in PARTS)
    assert "执法记录设备两部以上" in PRESET.equipment


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BookText(), []),
        (BookText(duties="巡查\n劝导"), []),
        (BookText(laws="《行政处罚法》第四十二条\n《行政处罚法》第五十五条"), []),
        (BookText(laws="《行政处罚法》第四十二条\n行政处罚法"), [("laws", "no_article", 2)]),
        (BookText(laws="《行政处罚法》第四十二条" + "长" * 300), [("laws", "long", 1)]),
        (BookText(duties="长" * 6001), [("duties", "long", 0)]),
        (BookText(discipline="甲\u202e乙"), [("discipline", "characters", 0)]),
    ],
)
def test_what_may_be_written(text, found):
    assert [(fault.field, fault.code, fault.line) for fault in examine(text)] == found


def test_a_part_is_empty_when_neither_people_nor_cards_say_anything():
    assert empty_parts(BookText(), {}) == list(PARTS)
    full = {"laws": [1], "cards": [1], "documents": [1], "equipment": [1]}
    assert empty_parts(BookText(), full) == ["duties"]
    assert empty_parts(PRESET, {}) == []


def test_a_line_of_several_cards_stands_once_with_their_codes():
    lines = [("A", "对讲机"), ("A", "卷尺"), ("B", "对讲机"), ("A", "对讲机")]
    assert gathered(lines) == [Said("对讲机", ("A", "B")), Said("卷尺", ("A",))]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({}, {}, ((), (), ())),
        ({"A": 1}, {"A": 1}, ((), (), ())),
        ({"A": 1}, {"A": 2}, ((), ("A",), ())),
        ({"A": 1}, {"B": 1}, (("B",), (), ("A",))),
    ],
)
def test_changes_by_name_and_text(old, new, found):
    made = changes(old, new)
    assert (made.added, made.changed, made.gone) == found
    assert bool(made) == any(found)


def test_a_difference_counts_every_kind():
    old = {"cards": {"A": 1}, "articles": {"《甲法》第一条": 1}}
    new = {"cards": {"A": 2}, "articles": {}, "documents": {"十严禁": 3}}
    assert difference(old, new).count == 3
    assert not difference(new, new)
