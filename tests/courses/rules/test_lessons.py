"""Words of a lesson, and what changed between two editions."""

import pytest

from courses.rules.lessons import Fate, Told, compare, lines, plain, table_rows


def told(key, text="x"):
    return Told(key, key, text)


CASES = [
    ("ab", "ab", [Fate.SAME, Fate.SAME]),
    ("", "a", [Fate.ADDED]),
    ("a", "", [Fate.REMOVED]),
    ("abc", "bca", [Fate.SAME, Fate.SAME, Fate.MOVED]),
    ("ab", "ba", [Fate.MOVED, Fate.SAME]),
    ("ab", "acb", [Fate.SAME, Fate.ADDED, Fate.SAME]),
]


@pytest.mark.parametrize(("old", "new", "fates"), CASES)
def test_lessons_are_told_by_their_keys(old, new, fates):
    found = [one.fate for one in compare([told(k) for k in old], [told(k) for k in new])]
    assert sorted(found) == sorted(fates)


def test_another_text_is_a_change_even_where_it_moved():
    found = compare([told("a", "old"), told("b")], [told("b"), told("a", "new")])
    assert next(one for one in found if one.new.key == "a").fate is Fate.CHANGED


def test_rich_text_becomes_lines_without_tags():
    assert plain("<p>一 &lt;二&gt;</p><ul><li><b>三</b></li><li>四</li></ul>") == ["一 <二>", "三", "四"]


def test_every_kind_of_part_has_words():
    file = {"name": "f"}
    body = [
        {"kind": "heading", "text": "h"},
        {"kind": "text", "html": "<p>t</p>"},
        {"kind": "article", "citation": "c", "note": "n", "articles": []},
        {"kind": "video", "title": "v", "file": file},
        {"kind": "picture", "caption": "p", "file": file},
        {"kind": "slides", "title": "s", "pages": [file], "file": None},
        {"kind": "table", "title": "", "rows": [["a", "b"]]},
        {"kind": "case", "title": "k", "facts": "<p>f1</p>", "question": "q", "comment": ""},
        {"kind": "questions", "versions": [7]},
    ]
    told = lines(body, {7: "问题"})
    assert "/".join(one for one in told if one) == "h/t/c/n/v/f/p/f/s/f/a | b/k/f1/q/问题"


def test_rows_of_a_table_have_one_width():
    assert table_rows("甲 | 乙\n\n| 丙 |\n") == [["甲", "乙"], ["丙", ""]]
