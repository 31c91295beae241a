"""A card is found by its code, its name, what one sees and a whole sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.models import Card, Synonym, SynonymGroup
from lianbing.library.queries.card_lookup import bare_code, card_by_code, look_up
from tests.factories import cards as made


def found(words="", **narrowing):
    hits = look_up(words=words, **narrowing)
    return [card.code for card in hits.cards], hits.likely


@pytest.fixture
def three(db):
    made.approved("SR-0101", name="擅自占道摆摊", seen="路边摊 烧烤", violation="擅自占用道路摆摊设点")
    made.approved("SR-0102", name="露天烧烤", seen="油烟 炭火", violation="在禁止区域露天烧烤食品")
    made.approved(
        "ZT-0201", name="遗撒渣土", item="渣土管理", seen="泥土掉落", violation="运输渣土泄漏、遗撒"
    )


@pytest.mark.parametrize("typed", ["SR-0101", "sr0101", "ＳＲ－０１０１", " sr 0101 ", "Sr_0101"])
def test_a_code_is_known_however_it_is_parted(three, typed):
    card = card_by_code(typed)
    assert card is not None
    assert card.code == "SR-0101"


@pytest.mark.parametrize("typed", ["", "SR", "烧烤", "SR-9999", "\x00", "0101"])
def test_what_is_no_whole_code_leads_to_no_card_by_itself(three, typed):
    assert card_by_code(typed) is None


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("烧烤", ["SR-0102", "SR-0101"]),  # the card so named before the one that speaks of it
        ("占道 烧烤", ["SR-0101"]),
        ("sr01", ["SR-0101", "SR-0102"]),
        ("ZT", ["ZT-0201"]),
        ("泥土", ["ZT-0201"]),
        ("", ["SR-0101", "SR-0102", "ZT-0201"]),
    ],
)
def test_every_word_must_be_there_and_names_come_first(three, words, codes):
    assert found(words) == (codes, False)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("有人在路边烧烤怎么办", "SR-0101"),
        ("渣土车漏了一路泥土怎么罚", "ZT-0201"),
        ("老板露天弄了个炭火炉子", "SR-0102"),
    ],
)
def test_a_sentence_leads_to_the_likeliest_card(three, words, first):
    codes, likely = found(words)
    assert (codes[0], likely) == (first, True)


def test_words_of_nothing_find_nothing(three):
    assert found("无人机航拍") == ([], True)


def test_a_synonym_inside_a_word_finds_the_card(three):
    group = SynonymGroup.objects.create(changed_at=made.AT)
    Synonym.objects.bulk_create([Synonym(group=group, word=word) for word in ("建筑垃圾", "渣土")])
    hits = look_up(words="遗撒建筑垃圾")
    assert [card.code for card in hits.cards] == ["ZT-0201"]
    assert hits.same == [("遗撒建筑垃圾", ("遗撒渣土",))]


def test_an_item_narrows(three):
    assert found(item="渣土管理") == (["ZT-0201"], False)


@pytest.mark.parametrize("count", [1, 3])
def test_looking_up_costs_the_same_for_one_card_and_three(db, count, django_assert_num_queries):
    for number in range(count):
        made.approved(f"A-{number}")
    with django_assert_num_queries(4):
        assert len(list(look_up(words="路边摊在这里").cards)) == count


def test_a_draft_is_not_found(db):
    made.draft("SR-0101")
    assert card_by_code("SR-0101") is None
    assert found("摆摊") == ([], True)
    assert Card.objects.count() == 1


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_none(words):
    bare = bare_code(words)
    assert (bare == bare.upper() and bare.isalnum()) or bare == ""
