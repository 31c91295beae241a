"""The reader: the text of a day, editions at their own address, pages that say why there is no text."""

import datetime

import pytest
from django.urls import reverse

from lianbing.library import ports, services
from lianbing.library.models import Law, LawEdition
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people
from tests.factories.library import AT, edition

pytestmark = pytest.mark.django_db
LAW = "/library/测试市市容条例/"


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


@pytest.fixture
def three():
    """Editions of 2020 and 2024, and one that holds from 2099 on."""
    return [
        edition(body=["第一条 二〇二〇年的文本。"]),
        edition(history=("2024年1月2日 修订", "2024年7月1日 施行"), body=["第一条 二〇二四年的文本。"]),
        edition(history=("2026年1月2日 修订", "2099年1月1日 施行"), body=["第一条 将来的文本。"]),
    ]


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "二〇二四年的文本"),
        ("?on=2020-01-02", "二〇二〇年的文本"),
        ("?on=2024-06-30", "二〇二〇年的文本"),
        ("?on=2024-07-01", "二〇二四年的文本"),
        ("?on=2099-01-01", "将来的文本"),
        ("?on=２０２４年7月1日", "二〇二四年的文本"),
    ],
)
def test_a_law_shows_the_text_in_force_that_day(officer, three, query, words):
    assert words in read(officer, LAW + query)


@pytest.mark.parametrize("written", ["2024-06-30", "2024年6月30日", "２０２４/6/30", "20240630"])
def test_the_day_asked_for_stands_in_the_field_however_it_was_written(officer, three, written):
    assert 'value="2024-06-30"' in read(officer, f"{LAW}?on={written}")


def test_the_day_stays_while_one_moves_on(officer, three):
    text = read(officer, f"{LAW}?on=2024-06-30")
    for other in three:
        assert f'{other.get_absolute_url()}?on=2024-06-30"' in text
    assert 'href="#art-1"' in text
    other = read(officer, f"{three[1].get_absolute_url()}?on=2024-06-30")
    assert f'href="{reverse("library:law", args=["测试市市容条例"])}?on=2024-06-30"' in other
    assert "二〇二四年的文本" in other


@pytest.mark.parametrize(
    "on", ["2019-02-30", "gestern", "%00", "0001-01-01", "9999-12-31", "2019-13-01", "1" * 4000]
)
def test_an_impossible_day_is_named_and_no_text_is_shown(officer, three, on):
    text = read(officer, f"{LAW}?on={on}", status=400)
    assert 'class="alert alert-bad"' in text
    assert "的文本" not in text


def test_before_its_first_edition_a_law_says_so(officer, three):
    text = read(officer, f"{LAW}?on=2019-12-31")
    assert "的文本" not in text
    assert f"{three[0].get_absolute_url()}?on=2019-12-31" in text


def test_in_a_gap_the_editions_around_it_are_named(officer, three):
    LawEdition.objects.filter(pk=three[0].pk).update(effective_to=datetime.date(2022, 1, 1))
    text = read(officer, f"{LAW}?on=2023-01-01")
    assert "的文本" not in text
    assert "2022-01-01" in text
    assert "2024-06-30" in text


def test_a_repealed_law_is_never_the_default(officer):
    old = edition()
    LawEdition.objects.update(effective_to=datetime.date(2022, 1, 1), repealed_by="《新条例》")
    text = read(officer, LAW)
    assert "这是第1号条文" not in text
    assert "《新条例》" in text
    assert "badge-bad" in read(officer, old.get_absolute_url())
    assert "这是第1号条文" in read(officer, f"{LAW}?on=2021-12-31")


def test_pending_and_amended_editions_are_marked_at_their_own_address(officer, three):
    assert "alert-warn law-mark" in read(officer, three[0].get_absolute_url())
    assert "law-mark" not in read(officer, three[1].get_absolute_url())
    assert "alert-info law-mark" in read(officer, three[2].get_absolute_url())


def test_a_law_with_a_pending_edition_only_says_from_when_it_holds(officer):
    edition(history=("2026年1月2日 通过", "2099年1月1日 施行"))
    text = read(officer, LAW)
    assert "2099-01-01" in text
    assert "这是第1号条文" not in text


def test_a_text_without_dates_says_that_nobody_knows(officer):
    edition(history=())
    text = read(officer, f"{LAW}?on=1950-01-01")
    assert "这是第1号条文" in text
    assert "alert-warn law-mark" in text


def test_a_text_that_does_not_hold_is_cited_with_its_date(officer, three):
    assert 'data-cite="《测试市市容条例》（2020年1月2日版）"' in read(officer, three[0].get_absolute_url())
    assert 'data-cite="《测试市市容条例》"' in read(officer, LAW)


def test_the_text_of_a_day_may_bear_the_laws_former_name(officer):
    old = edition("旧名条例")
    new = edition("新名条例", history=("2024年1月2日 通过",), body=["第一条 新文本。"])
    Law.objects.filter(pk=new.law_id).update(continues=old.law)
    for address in ("/library/新名条例/", "/library/旧名条例/"):
        assert "新文本" in read(officer, address)
        then = read(officer, f"{address}?on=2021-01-01")
        assert "这是第1号条文" in then
        assert "<h1>旧名条例</h1>" in then
    assert officer.get("/library/新名条例/2020-01-02/").status_code == 404


def test_every_piece_of_an_article_bears_its_anchor(officer):
    newer = edition(
        history=("2024年1月2日 <修订>",),
        body=["## 第一章 <总则>", "第一条 <b>甲</b>：", "（一）乙", "第二款"],
    )
    text = read(officer, newer.get_absolute_url())
    assert '<article class="law-article" id="art-1">' in text
    assert (
        '<p id="art-1-p1">&lt;b&gt;甲&lt;/b&gt;：</p><p id="art-1-p1-i1">（一）乙</p><p id="art-1-p2">'
        in text
    )
    assert '<a href="#h-1">第一章 &lt;总则&gt;</a>' in text
    assert "2024年1月2日 &lt;修订&gt;" in text


@pytest.mark.parametrize(("articles", "editions"), [(1, 1), (400, 1), (1, 5)])
def test_the_reader_costs_the_same_whatever_its_length(
    officer, articles, editions, django_assert_max_num_queries
):
    for number in range(editions):
        edition(history=(f"202{number}年1月2日 修订",), articles=articles)
    with django_assert_max_num_queries(15):
        read(officer, LAW)
    with django_assert_max_num_queries(15):
        read(officer, f"{LAW}?on=1999-01-01")


def test_a_long_text_is_linked_once_until_something_about_laws_changes(
    officer, django_assert_max_num_queries
):
    body = [f"第{n}条 依照《甲市乙条例》第一条办理。" for n in range(1, 162)]
    edition(body=body)
    assert "law-link" not in read(officer, LAW)
    with django_assert_max_num_queries(10):
        read(officer, LAW)
    cited = edition("甲市乙条例")
    assert f'href="{cited.get_absolute_url()}#art-1"' in read(officer, LAW)
    LawEdition.objects.filter(pk=cited.pk).update(status="withdrawn")
    services.withdraw_edition(edition=edition("丙条例"), reason="错误", by=SYSTEM, at=AT)
    assert "law-link" not in read(officer, LAW)


def test_each_day_asked_for_has_its_own_links_in_a_long_text(officer):
    edition(body=[f"第{n}条 依照《甲市乙条例》第一条办理。" for n in range(1, 162)])
    edition("甲市乙条例", history=("2021年1月2日 通过",))
    assert "law-link" not in read(officer, f"{LAW}?on=2020-06-01")
    assert "?on=2022-06-01#art-1" in read(officer, f"{LAW}?on=2022-06-01")


def test_a_withdrawn_edition_is_shown_nowhere(officer, three):
    LawEdition.objects.filter(pk=three[1].pk).update(status="withdrawn")
    assert "二〇二〇年的文本" in read(officer, LAW)
    read(officer, three[1].get_absolute_url(), status=404)
    LawEdition.objects.update(status="withdrawn")
    read(officer, LAW, status=404)


def test_a_stranger_and_a_wrong_method_are_turned_away(client, officer, three):
    assert officer.post(LAW).status_code == 405
    client.logout()
    assert client.get(f"{LAW}?on=2020-02-02").url.startswith(reverse("people:sign_in"))


def test_a_citation_of_the_same_text_stays_on_the_page(officer):
    edition(body=["第一条 甲。", "第二条 依照本条例第一条。", "第三条 见《乙条例》第一条。"])
    other = edition("乙条例")
    text = read(officer, f"{LAW}?on=2020-02-02")
    assert 'class="law-link" href="#art-1"' in text
    assert f'href="{other.get_absolute_url()}?on=2020-02-02#art-1"' in text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.LEGAL, 200), (Role.TRAINER, 200), (Role.INVIGILATOR, 403)]
)
def test_who_writes_sees_what_rests_on_an_article(client, role, status, monkeypatch):
    client.force_login(people.staff(role))
    found = edition()
    second = found.articles.get(number=2).pk
    seen = ports.Citing(second, "x", "题", "甲", "/", seen_by=frozenset({Role.LEGAL, Role.TRAINER}))
    unseen = ports.Citing(second, "y", "密", "乙", "/", seen_by=frozenset({Role.INVIGILATOR}))
    monkeypatch.setattr(ports, "_citing", {"test": lambda pks: [seen, unseen] if second in pks else []})
    address = reverse("library:cited_counts", args=[found.law.slug, found.slug])
    response = client.get(address)
    assert response.status_code == status
    if status == 200:
        assert response.json() == {"art-2": 1}
        assert f'data-counts="{address}"' in read(client, LAW)
