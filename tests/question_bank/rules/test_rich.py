"""Stems with pictures and tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules import rich
from question_bank.rules.rich import Picture, Table, Text

UID = "0123456789abcdef" * 2
SHOWN = f"![现场照片](picture:{UID})"


def test_a_picture_stands_alone_on_its_line():
    assert rich.pieces(f"看图\n{SHOWN}\n作答") == [Text("看图"), Picture(UID, "现场照片"), Text("作答")]
    assert rich.pieces(f"看图 {SHOWN}") == [Text(f"看图 {SHOWN}")]


@pytest.mark.parametrize(
    "written", ["![x](picture:1)", "![x](http://a.b/c.png)", "![x](javascript:alert(1))"]
)
def test_what_is_no_uploaded_picture_is_text(written):
    assert rich.pieces(written) == [Text(written)]


def test_rows_between_bars_are_a_table():
    [table] = rich.pieces("| 项目 | 罚款 |\n|---|---|\n| 占道 | 200元 |\n| 广告 |")
    assert table == Table((("项目", "罚款"), ("占道", "200元"), ("广告", "")), headed=True)
    assert rich.pieces("|只有一行|") == [Text("|只有一行|")]


@pytest.mark.parametrize(
    ("stem", "codes"),
    [
        ("题干", []),
        ("|a|b|\n" * 31 + "|a|b|", ["table_too_large"]),
        ("|a" * 11 + "|\n" + "|a" * 11 + "|", ["table_too_large"]),
        ("\n".join(f"![]( picture)\n![](picture:{n:032x})" for n in range(7)), ["pictures_too_many"]),
        ("|a|b|\n|{{1}}|c|", ["blank_in_table"]),
    ],
)
def test_what_is_too_much_is_named(stem, codes):
    assert rich.faults(stem) == codes


@given(st.text(alphabet="|a-\n ![x](picture:0f){}<>", max_size=80))
def test_every_text_has_a_reading_that_loses_no_words(text):
    found = rich.pieces(text)
    texts = "".join(piece.text for piece in found if isinstance(piece, Text))
    assert set(texts) <= set(text)
    assert text.count("x") >= rich.words(text).count("x")
    assert rich.pictures_in(text) == [piece.uid for piece in found if isinstance(piece, Picture)]
