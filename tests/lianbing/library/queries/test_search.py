"""Searching: written queries with what they must find, order, filters, time, and hostile input."""

import datetime

import pytest

from lianbing.library.formats.sources import Sources
from lianbing.library.models import LawEdition
from lianbing.library.queries.search import Filters, search
from lianbing.library.services import import_sources
from lianbing.people.rules import SYSTEM
from tests.factories import search as corpus
from tests.lianbing.library.queries.search_cases import OWN, REAL

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def laws():
    corpus.laws()


def names(found, top=20):
    """《title》label of the first hits, without 中华人民共和国 and the parts of a code."""
    shown = []
    for hit in found.hits(found.rows[:top]):
        title = hit.edition.title.removeprefix("中华人民共和国").split(" ")[0]
        shown.append(f"《{title}》{hit.article.label if hit.article else ''}")
    return shown


def ask(text, on=DAY, **filters):
    return search(text, on=on, filters=Filters(**filters))


def test_every_written_search_of_the_invented_city_finds_its_article(laws):
    corpus.synonyms()
    missed = [(text, names(ask(text), 4)) for text, wanted, top in OWN if wanted not in names(ask(text), top)]
    assert missed == []


@pytest.mark.real_input
def test_every_written_search_of_the_real_laws_finds_its_article(real_input, at):
    with Sources([real_input / "laws" / "lawrefbook_md"]) as sources:
        import_sources(sources=sources, by=SYSTEM, at=at)
    corpus.synonyms()
    assert len(REAL) >= 60
    missed = [
        (text, names(ask(text), 4)) for text, wanted, top in REAL if wanted not in names(ask(text), top)
    ]
    assert missed == []


def test_without_asking_only_what_holds_is_shown(laws):
    found = ask("占道")
    assert {hit.edition.slug for hit in found.hits(found.rows)} == {"2022-03-01"}
    assert found.elsewhere == 2
    every = ask("占道", status="all")
    assert [str(hit.validity) for hit in every.hits(every.rows)][-2:] == ["pending", "amended"]


def test_the_day_decides_without_a_new_index(laws):
    found = ask("占道", on=datetime.date(2016, 1, 1))
    assert [hit.edition.slug for hit in found.hits(found.rows)] == ["2015-03-01"]
    assert ask("养犬", on=datetime.date(2100, 1, 1)).rows
    assert ask("养犬").rows == []
    edition = LawEdition.objects.get(slug="2022-03-01")
    LawEdition.objects.filter(pk=edition.pk).update(effective_to=datetime.date(2026, 1, 1))
    assert ask("占道").rows == []
    assert ask("占道", status="repealed").rows


def test_a_withdrawn_edition_is_found_by_nobody(laws):
    LawEdition.objects.filter(slug="2022-03-01").update(status="withdrawn")
    found = ask("占道", status="all")
    assert "2022-03-01" not in {hit.edition.slug for hit in found.hits(found.rows)}


def test_title_before_heading_before_text(laws):
    corpus.edition("临川市占道经营管理办法", body=["第一条 为了管理，制定本办法。"])
    corpus.edition("临川市道路规定", body=["第一条 禁止占道。"])
    assert names(ask("占道")) == [
        "《临川市占道经营管理办法》",
        "《临川市城市管理条例》第三条",
        "《临川市道路规定》第一条",
        "《临川市城市管理条例》第四条",
        "《临川市城市管理条例》第五条",
    ]


def test_neighbouring_pairs_are_no_word(laws):
    corpus.edition("临川市某规定", body=["第一条 禁止占道，经营者应当登记。"])
    found = ask("占道经营")
    assert found.relaxed
    assert "《临川市某规定》第一条" in names(found)


def test_several_words_must_all_stand_there(laws):
    assert names(ask("罚款 摊贩")) == ["《临川市城市管理条例》第五条"]
    found = ask("罚款 火山")
    assert (found.relaxed, found.question.left_out) == (True, ("火山",))
    assert names(found) == ["《临川市城市管理条例》第五条"]


def test_synonyms_are_told_and_can_be_switched_off(laws):
    corpus.synonyms()
    found = ask("流动商贩")
    assert names(found) == ["《临川市城市管理条例》第五条"]
    assert found.same == [("流动商贩", ("流动摊贩", "无照经营"))]
    assert search("流动商贩", on=DAY, synonyms=False).same == []
    assert "第五条" not in "".join(names(search("流动商贩", on=DAY, synonyms=False)))


def test_filters_narrow_and_count(laws):
    LawEdition.objects.filter(slug="2021-05-01").update(issuing_body="临川市人民政府")
    every = ask("应当")
    assert sum(every.counts["level"].values()) == len(every.rows) == 4
    assert every.counts["body"] == {"临川市人民政府": 3}
    assert len(ask("应当", body="临川市人民政府").rows) == 3
    assert (
        ask("应当", published_from=datetime.date(2022, 1, 1)).rows
        == ask("应当", published_to=None, published_from=datetime.date(2021, 6, 1)).rows
    )
    assert len(ask("应当", published_to=datetime.date(2021, 12, 31)).rows) == 3
    assert ask("应当", level="nonsense").rows == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "*",
        "听证*",
        "听证 OR",
        "NEAR(听证 占道)",
        "heading : 听证",
        "{heading}",
        "-听证",
        "^听证",
        "听证:*",
        "!听证 & |",
        "\\",
        "%",
        "_",
    ],
)
def test_no_character_is_an_operator(laws, text):
    ask(text)


@pytest.mark.parametrize(
    "text",
    [
        "听" * 500,
        "听证 " * 200,
        "\x00听证",
        "𠮷" * 30,
        "①㎡Ⅳ",
        "42 " * 100,
        "第" * 100 + "条",
        "聽證「占道」",
    ],
)
def test_any_text_is_answered(laws, text):
    ask(text)


def test_one_character_and_the_last_one_of_a_text(laws):
    assert names(ask("狗")) == ["《临川市城市管理条例》第七条"]
    assert names(ask("鸟")) == ["《临川市城市管理条例》第二条"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_the_same_whatever_it_finds(rows, django_assert_max_num_queries):
    for number in range(rows):
        corpus.edition(f"条例{number}", body=["第一条 禁止占道。", "第二条 听证。"])
    with django_assert_max_num_queries(8):
        found = ask("占道")
        assert len(found.hits(found.rows)) == rows
    with django_assert_max_num_queries(14):
        ask("占道 火山 听证从略 龙卷风预警")
