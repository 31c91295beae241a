"""Where a text belongs: unchanged, refused, or a new edition with an address of its own."""

import pytest

from lianbing.library.rules.law_markdown import read
from lianbing.library.rules.placing import Shelf, law_slug, place, put
from tests.factories.library import law_source


def text(title="条例", history=("2020年1月2日 通过",), **more):
    return read(law_source(title, history, **more).encode(), "x.md")


def shelf_with(*texts):
    shelf = Shelf()
    for number, one in enumerate(texts):
        put(shelf, one, f"sha{number}", place(shelf, one, f"sha{number}"))
    return shelf


def test_the_same_words_are_unchanged():
    where = place(shelf_with(text()), text(), "sha0")
    assert (where.unchanged, where.law_is_new, where.edition_slug) == (True, False, "2020-01-02")


def test_other_words_for_the_same_day_are_refused():
    where = place(shelf_with(text()), text(articles=4), "other")
    assert where.refusal.code == "other_text_of_edition"


def test_a_withdrawn_edition_keeps_its_address_but_blocks_nothing():
    shelf = shelf_with(text())
    shelf.laws["条例", ""].editions[0].withdrawn = True
    where = place(shelf, text(), "sha0")
    assert (where.refusal, where.unchanged, where.edition_slug) == (None, False, "2020-01-02-2")


def test_texts_without_a_date_stand_side_by_side():
    shelf = shelf_with(text(history=()), text(history=(), articles=4))
    assert [e.slug for e in shelf.laws["条例", ""].editions] == ["undated", "undated-2"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("中华人民共和国 行政处罚法", "中华人民共和国行政处罚法"),
        ("实施《土地管理法》办法（试行）", "实施土地管理法办法试行"),
        ("../../etc/passwd", "etcpasswd"),
        ("《》", "law"),
    ],
)
def test_the_address_of_a_law(title, slug):
    assert law_slug(title) == slug


def test_a_law_never_takes_a_fixed_address_or_anothers():
    shelf = shelf_with(text("handbook"), text("条例（试行）"), text("条例试行"))
    assert [law.slug for law in shelf.laws.values()] == ["handbook-2", "条例试行", "条例试行-2"]
