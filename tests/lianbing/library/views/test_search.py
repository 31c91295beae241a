"""The search page, and the synonyms the legal section keeps."""

import pytest
from django.urls import reverse

from lianbing.kit.models import AuditRecord
from lianbing.library.models import HandbookEntry, Synonym, SynonymGroup
from lianbing.library.services import write_entry
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people
from tests.factories import search as corpus
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
URL = "/library/search/"


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def shown(client, query):
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_keeps_its_budget(officer, rows, django_assert_max_num_queries):
    for number in range(rows):
        edition(f"条例{number}", body=["第一条 禁止占道。"])
    with django_assert_max_num_queries(15):
        shown(officer, "?q=占道")


def test_a_hit_says_where_it_stands_and_leads_there(officer):
    corpus.laws()
    text = shown(officer, "?q=占道")
    address = reverse("library:edition", args=["临川市城市管理条例", "2022-03-01"])
    assert f'href="{address}?q=%E5%8D%A0%E9%81%93#art-3"' in text
    assert "第二章 <mark>占道</mark>管理" in text
    assert "禁止<mark>占道</mark>堆放物料" in text
    assert 'data-copy="《临川市城市管理条例》第三条"' in text


def test_what_stands_in_a_law_is_escaped(officer):
    edition("条例", body=["第一条 占道<script>alert(1)</script>占道"])
    text = shown(officer, "?q=占道+script")
    assert "<script>alert" not in text
    assert "&lt;<mark>script</mark>&gt;" in text
    assert "&lt;b&gt;" in shown(officer, "?q=<b>占道")


def test_the_page_without_words_says_what_can_be_written(officer):
    assert "行政处罚法 42" in shown(officer, "")
    assert "<mark>" not in shown(officer, "?q=%20*")


def test_older_editions_on_request(officer):
    corpus.laws()
    assert "/2015-03-01/" not in shown(officer, "?q=占道")
    assert "/2015-03-01/" in shown(officer, "?q=占道&status=all")
    assert "/2015-03-01/" in shown(officer, "?q=占道&on=2016-01-01")


@pytest.mark.parametrize(
    "query",
    [
        "?q=占道&on=2026-02-30",
        "?q=占道&published_from=x",
        "?q=占道&level=nonsense",
        "?q=占道&status=x",
        "?q=占道&page=99",
        "?q=" + "占" * 600,
    ],
)
def test_a_filter_that_cannot_be_read_narrows_nothing(officer, query):
    corpus.laws()
    shown(officer, query)


def test_paging_keeps_the_order(officer):
    edition(
        "条例",
        body=[f"第{n}条 禁止占道。" for n in "一二三四五六七八九十"]
        + [f"第十{n}条 禁止占道。" for n in "一二三四五六七八九"]
        + [f"第二十{n}条 占道。" for n in ("", "一", "二")],
    )
    first, second = shown(officer, "?q=占道"), shown(officer, "?q=占道&page=2")
    assert (first.count('class="hit"'), second.count('class="hit"')) == (20, 2)
    assert 'start="21"' in second


def test_the_box_stands_on_the_front_page_and_in_the_library(officer):
    for address in ("/", "/library/"):
        assert f'action="{URL}"' in officer.get(address).content.decode()


def keep(client, address, words, reason="日常用语"):
    return client.post(address, {"words": words, "note": "", "reason": reason})


def test_synonyms_are_added_changed_and_removed_on_record(legal):
    assert keep(legal, "/library/synonyms/new/", "占道经营\n擅自占用道路").status_code == 302
    group = SynonymGroup.objects.get()
    assert keep(legal, f"/library/synonyms/{group.pk}/", "占道经营\n占用道路").status_code == 302
    assert str(SynonymGroup.objects.get()) == "占道经营 = 占用道路"
    assert "占用道路" in legal.get("/library/synonyms/").content.decode()
    assert legal.post(f"/library/synonyms/{group.pk}/remove/", {"reason": "误加"}).status_code == 302
    assert Synonym.objects.count() == 0
    acts = AuditRecord.objects.filter(action__endswith="synonyms").values_list("action", "reason")
    assert list(acts.order_by("pk")) == [
        ("add_synonyms", "日常用语"),
        ("change_synonyms", "日常用语"),
        ("remove_synonyms", "误加"),
    ]


@pytest.mark.parametrize("words", ["占道", "占道\n占道", "占道\n1，2", "占\n道", "占道\n" + "长" * 41, ""])
def test_what_is_no_group_of_words_is_refused(legal, words):
    assert keep(legal, "/library/synonyms/new/", words).status_code == 200
    assert SynonymGroup.objects.count() == 0


def test_a_word_stands_in_one_group_only(legal):
    keep(legal, "/library/synonyms/new/", "占道经营\n擅自占用道路")
    response = keep(legal, "/library/synonyms/new/", "占道经营\n摆摊")
    assert "占道经营" in str(response.context["form"].errors["words"])
    assert SynonymGroup.objects.count() == 1


def test_no_reason_no_change(legal):
    assert keep(legal, "/library/synonyms/new/", "甲甲\n乙乙", reason="").status_code == 200
    assert SynonymGroup.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_synonyms_costs_the_same_whatever_its_length(legal, rows, django_assert_max_num_queries):
    for number in range(rows):
        keep(legal, "/library/synonyms/new/", f"甲{'子丑寅'[number]}\n乙{'子丑寅'[number]}")
    with django_assert_max_num_queries(12):
        legal.get("/library/synonyms/")


def test_the_editor_finds_pages_by_two_characters(legal):
    write_entry(title="流动摊贩的处置", slug="a", summary="", body=[], by=SYSTEM, at=AT)
    assert [page.title for page in HandbookEntry.objects.all().search("摊贩")] == ["流动摊贩的处置"]
    assert [page.title for page in HandbookEntry.objects.all().autocomplete("处置")] == ["流动摊贩的处置"]
