"""Citations resolve to the edition that holds on a day, or say why not."""

import datetime

import pytest

from lianbing.library.models import Law, LawEdition, LawName
from lianbing.library.queries import CitationResolver, Inside, Problem, resolve
from lianbing.library.rules.citations import Here
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
    with django_assert_max_num_queries(16):
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


@pytest.mark.parametrize("laws", [2, 6])
def test_prepared_citations_cost_six_statements(laws, django_assert_num_queries):
    texts = [f"《条例{n}》第二条、第三条" for n in range(laws)] + ["《没有》第一条", "无"]
    for number in range(laws):
        edition(f"条例{number}")
    resolver = CitationResolver(DAY)
    with django_assert_num_queries(6):
        resolver.prepare(texts)
        found = [resolver.resolve(text).article is not None for text in texts]
    assert found == [True] * laws + [False] * 2


def test_a_range_gives_every_article_between():
    edition(body=["第一条 甲。", "第二条 乙。", "第二条之一 丙。", "第三条 丁。", "第四条 戊。"])
    found = resolve("《测试市市容条例》第二条至第四条", DAY)
    assert [article.label for article in found.articles] == ["第二条", "第二条之一", "第三条", "第四条"]


def test_a_renamed_law_is_found_under_both_names_and_says_so():
    old, new = edition("旧条例"), edition("新条例", history=("2024年1月2日 通过",))
    Law.objects.filter(pk=new.law_id).update(continues=old.law)
    found = resolve("《旧条例》第一条", DAY)
    assert (found.article.edition, "新条例" in found.note) == (new, True)
    assert resolve("《旧条例》第一条", datetime.date(2021, 1, 1)).article.edition == old


def test_a_name_the_legal_section_gave_leads_to_its_law():
    law = edition().law
    LawName.objects.create(name="市容条例", law=law, given_at=AT)
    assert resolve("《市容条例》第一条", DAY).law == law
    assert resolve("违反市容条例第一条的规定", DAY).article is not None


def test_a_name_without_marks_is_the_longest_that_is_known():
    edition("中华人民共和国反不正当竞争法")
    edition("竞争法")
    found = resolve("人民法院认为擅自使用反不正当竞争法第二条的名称", DAY)
    assert found.law.title == "中华人民共和国反不正当竞争法"


def test_the_edition_that_a_citation_names_by_its_year():
    first = edition()
    edition(history=("2024年1月2日 修订",))
    assert resolve("《测试市市容条例》（2020年版）第一条", DAY).article.edition == first


def test_a_law_that_holds_no_more_is_said_to():
    old = edition()
    LawEdition.objects.filter(pk=old.pk).update(effective_to=datetime.date(2025, 1, 1))
    found = resolve("《测试市市容条例》第一条", DAY)
    assert (found.article, found.problem, found.law) == (None, Problem.NOT_IN_FORCE, old.law)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("本条例第二条", "art-2"),
        ("第三条", "art-3"),
        ("前款第一项", "art-3-p1-i1"),
        ("前条", "art-2"),
        ("前两条", "art-1"),
        ("本条第二款", "art-3-p2"),
    ],
)
def test_inside_a_law_a_place_counts_from_where_it_stands(text, anchor):
    made = edition(body=["第一条 甲。", "第二条 乙。", "第三条 情形：", "（一）丙；", "丁。"])
    resolver = CitationResolver(DAY, Inside(made, made.articles.select_related("edition__law")))
    (reference,) = resolver.find(text)
    found = resolver.resolve_reference(reference, Here(3, paragraph=2))
    assert found.url == f"{made.get_absolute_url()}#{anchor}"


def test_outside_of_a_law_a_place_that_counts_from_somewhere_means_nothing():
    assert resolve("前款规定", DAY).problem is Problem.NO_PLACE


def test_before_the_first_paragraph_there_is_none():
    made = edition()
    resolver = CitationResolver(DAY, Inside(made, made.articles.all()))
    (reference,) = resolver.find("前款规定")
    assert resolver.resolve_reference(reference, Here(1, paragraph=1)).problem is Problem.NO_PLACE


def test_an_item_is_looked_for_where_the_items_are():
    made = edition(body=["第一条 情形：", "（一）甲；", "第一项的，从重。"])
    resolver = CitationResolver(DAY, Inside(made, made.articles.select_related("edition__law")))
    (reference,) = resolver.find("第一项的，从重。")
    assert resolver.resolve_reference(reference, Here(1, paragraph=2)).anchor == "art-1-p1-i1"


def test_one_part_of_a_code_cites_another_as_its_own():
    edition("民法典\n\n# 总则编", body=["第一条 甲。"])
    made = edition("民法典\n\n# 物权编", body=["第二条 乙。"])
    resolver = CitationResolver(DAY, Inside(made, made.articles.select_related("edition__law")))
    first, ninth = (resolver.resolve_reference(r, Here(2)) for r in resolver.find("本法第一条、第九条"))
    assert (first.article.text, ninth.problem) == ("甲。", Problem.MISSING_ARTICLE)
