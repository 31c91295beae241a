"""Citations resolve to the edition that holds on a day, or say why not."""

import datetime

import pytest

from lianbing.library.queries import CitationResolver, resolve
from lianbing.library.services import withdraw_edition
from lianbing.people.rules import SYSTEM
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)


@pytest.mark.parametrize("name", ["中华人民共和国测试法", "测试法"])
def test_a_law_is_found_with_and_without_the_name_of_the_state(name):
    edition("中华人民共和国测试法")
    found = resolve(f"《{name}》第二条", DAY)
    assert (found.article.number, found.law.title, found.reason) == (2, "中华人民共和国测试法", "")


@pytest.mark.parametrize(
    ("day", "slug"),
    [("2021-01-01", "2020-01-02"), ("2024-06-01", "2020-01-02"), ("2024-07-01", "2024-01-02")],
)
def test_the_edition_that_holds_on_the_day(day, slug):
    edition()
    edition(history=("2024年1月2日 修订", "2024年7月1日 施行"))
    found = resolve("《测试市市容条例》第一条", datetime.date.fromisoformat(day))
    assert found.article.edition.slug == slug


@pytest.mark.parametrize(
    "text",
    [
        "《没有的法》第一条",
        "《测试市市容条例》第九条",
        "《测试市市容条例》",
        "第一条",
        "无",
        "《测试市市容条例》第一条之一",
    ],
)
def test_what_does_not_resolve_says_why(text):
    edition()
    found = resolve(text, DAY)
    assert found.article is None
    assert found.reason


def test_before_its_first_edition_a_law_has_no_article():
    edition()
    assert resolve("《测试市市容条例》第一条", datetime.date(2019, 1, 1)).article is None


def test_a_number_used_twice_is_ambiguous():
    edition(body=["第一条 甲。", "第二条 乙。", "第二条 丙。"])
    assert resolve("《测试市市容条例》第二条", DAY).article is None
    assert resolve("《测试市市容条例》第一条", DAY).doubtful


def test_the_parts_of_a_code_are_one_law_to_a_citation():
    edition("民法典\n\n# 总则编", body=["第一条 甲。"])
    edition("民法典\n\n# 物权编", body=["第二条 乙。"])
    resolver = CitationResolver(DAY)
    assert [resolver.resolve(f"《民法典》第{n}条").article.text for n in "一二"] == ["甲。", "乙。"]


def test_a_missing_paragraph_or_item_is_named():
    edition(body=["第一条 情形：", "（一）甲；", "第二款。"])
    resolver = CitationResolver(DAY)
    reasons = [
        resolver.resolve(f"《测试市市容条例》第一条{p}").reason for p in ("第一款第一项", "第三款", "第二项")
    ]
    assert [bool(reason) for reason in reasons] == [False, True, True]


def test_a_withdrawn_edition_is_cited_by_nothing():
    withdraw_edition(edition=edition(), reason="错", by=SYSTEM, at=AT)
    assert resolve("《测试市市容条例》第一条", DAY).law is None


def test_many_citations_cost_few_statements(django_assert_max_num_queries):
    for name in ("甲条例", "乙条例"):
        edition(name, articles=9)
    resolver = CitationResolver(DAY)
    with django_assert_max_num_queries(7):
        for number in range(1, 10):
            for name in ("甲条例", "乙条例", "丙条例"):
                resolver.resolve(f"《{name}》第{number}条")


def test_a_trial_edition_is_found_by_its_plain_name_and_blanks_do_not_matter():
    edition("中华人民共和国测试 办法(试行)")
    for name in ("测试办法", "测试办法（试行）", "中华人民共和国测试办法(试行)"):
        assert resolve(f"《{name}》第一条", DAY).article is not None
    assert resolve("《测试办》第一条", DAY).article is None


def test_two_laws_of_one_name_are_ambiguous():
    edition("测试办法（甲）")
    edition("测试办法（乙）")
    found = resolve("《测试办法》第一条", DAY)
    assert (found.article, found.law) == (None, None)
    assert resolve("《测试办法（乙）》第一条", DAY).article is not None


def test_prepared_citations_cost_three_statements(django_assert_num_queries):
    texts = [f"《条例{n}》第二条" for n in range(6)] + ["《没有》第一条", "无"]
    for number in range(6):
        edition(f"条例{number}")
    resolver = CitationResolver(DAY)
    with django_assert_num_queries(3):
        resolver.prepare(texts)
        assert [resolver.resolve(text).article is not None for text in texts] == [True] * 6 + [False] * 2
