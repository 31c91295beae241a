"""Where a text belongs: unchanged, refused, or a new edition with an address of its own."""

import pytest

from lianbing.library.rules.law_markdown import read
from lianbing.library.rules.placing import Shelf, ShelfLaw, law_slug, place, put
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


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("中华人民共和国公园法", "公园法", ["other_title"]),
        ("公园法（试行）", "公园法", ["other_title"]),
        ("公园法（2009年修正）", "公园法(2020修订)", []),
        ("公园法（二）", "公园法(二)", []),
    ],
)
def test_editions_of_one_law_are_recognised(first, second, codes):
    shelf = shelf_with(text(first))
    where = place(shelf, text(second, history=("2024年1月2日 修订",), articles=4), "other")
    assert (where.law_is_new, where.edition_slug) == (False, "2024-01-02")
    assert [doubt.code for doubt in where.doubts] == codes


def test_the_same_words_from_another_publisher_are_unchanged():
    shelf = shelf_with(text(body=["第一条 甲，乙：“丙”。", "第二条 丁（戊）。"]))
    where = place(shelf, text(history=(), body=['第一条 甲,乙:"丙"。', "第二条　丁(戊)。"]), "other")
    assert (where.unchanged, where.other_source, where.edition_slug) == (True, True, "2020-01-02")


def test_the_same_words_on_another_day_are_doubtful():
    where = place(shelf_with(text()), text(history=("2024年1月2日 修订",)), "other")
    assert [doubt.code for doubt in where.doubts] == ["same_words"]


def test_two_laws_that_may_both_be_meant_are_refused():
    shelf = shelf_with(text("甲条例"))
    shelf.add("中华人民共和国甲条例", "", ShelfLaw("x"))
    assert place(shelf, text("甲条例（试行）"), "other").refusal.code == "several_laws"


def test_two_laws_that_claim_one_address_are_doubtful():
    where = place(shelf_with(text("条例试行办法")), text("条例（试行办法）"), "other")
    assert ([doubt.code for doubt in where.doubts], where.law.slug) == (["slug_taken"], "条例试行办法-2")


@pytest.mark.parametrize(
    ("day", "codes"), [("2022年1月1日", ["same_effective_day"]), ("2021年1月1日", ["effective_out_of_order"])]
)
def test_editions_that_overlap_are_doubtful(day, codes):
    shelf = shelf_with(text(history=("2020年1月2日 通过", "2022年1月1日 施行")))
    later = text(history=("2020年6月2日 修订", f"{day} 施行"), articles=4)
    assert [doubt.code for doubt in place(shelf, later, "other").doubts] == codes
