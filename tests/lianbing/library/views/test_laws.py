"""The list, and the legal section's word on an edition."""

import datetime

import pytest
from django.urls import reverse

from lianbing.library.models import Law, LawEdition
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(officer, rows, django_assert_max_num_queries):
    for number in range(rows):
        edition(f"条例{number}")
    with django_assert_max_num_queries(15) as captured:
        assert officer.get("/library/").status_code == 200
    assert len([q for q in captured.captured_queries if "library_law" in q["sql"]]) <= 7


def test_the_list_is_searched_and_filtered(legal):
    edition("城市绿化条例")
    edition("道路条例", history=())
    for query, shown in [("?q=绿化", "城市绿化条例"), ("?drafts=on", "道路条例")]:
        text = legal.get(f"/library/{query}").content.decode()
        assert [name in text for name in ("城市绿化条例", "道路条例")].count(True) == 1
        assert shown in text
    assert legal.get("/library/?level=nonsense&page=99&q=%00").status_code == 200


def test_the_laws_in_force_come_first_and_each_says_how_it_stands(officer):
    repealed = edition("甲条例")
    LawEdition.objects.filter(pk=repealed.pk).update(effective_to=datetime.date(2022, 1, 1))
    old = edition("乙旧条例").law
    new = edition("乙条例", history=("2024年1月2日 通过",)).law
    Law.objects.filter(pk=new.pk).update(continues=old)
    edition("丙条例", history=("2026年1月2日 通过", "2099年1月1日 施行"))
    gap = edition("丁条例", history=("2026年1月2日 通过", "2099年1月1日 施行"))
    edition("丁条例", history=("2010年1月2日 通过",))
    LawEdition.objects.filter(law=gap.law, slug="2010-01-02").update(effective_to=datetime.date(2011, 1, 1))
    edition("戊条例")
    edition("己条例", history=())
    page = officer.get("/library/")
    stands = {law.title: (chip.tone, chip.follower) for law, chip in page.context["rows"]}
    assert list(stands)[:3] == sorted(["乙条例", "戊条例", "己条例"])
    assert stands == {
        "乙条例": ("ok", None),
        "戊条例": ("ok", None),
        "己条例": ("warn", None),
        "甲条例": ("bad", None),
        "乙旧条例": ("muted", new),
        "丙条例": ("info", None),
        "丁条例": ("warn", None),
    }


def test_a_draft_is_marked_with_its_doubts(officer):
    text = officer.get(edition(history=()).get_absolute_url()).content.decode()
    assert "badge-warn" in text


@pytest.mark.parametrize(
    "address",
    [
        "/library/没有/",
        "/library/测试市市容条例/1999-01-01/",
        "/library/handbook/x/",
        "/library/a%00b/",
        "/library/a%00/b/",
        "/library/<x>/",
    ],
)
def test_what_is_not_there_is_not_found(officer, address):
    edition()
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("action", ["confirm", "withdraw"])
def test_only_the_legal_section_decides(officer, action):
    found = edition(history=())
    address = reverse(f"library:{action}", args=[found.law.slug, found.slug])
    assert officer.post(address, {"reason": "x"}).status_code == 403
    found.refresh_from_db()
    assert found.is_draft


def test_the_legal_section_confirms(legal):
    found = edition(history=())
    address = reverse("library:confirm", args=[found.law.slug, found.slug])
    assert legal.get(address).status_code == 405
    assert legal.post(address).url == found.get_absolute_url()
    assert legal.post(address).status_code == 302
    found.refresh_from_db()
    assert found.status == "published"


def test_the_legal_section_withdraws_with_a_reason(legal):
    found = edition()
    address = reverse("library:withdraw", args=[found.law.slug, found.slug])
    assert legal.get(address).status_code == 200
    assert legal.post(address, {"reason": ""}).status_code == 200
    assert legal.post(address, {"reason": "录入错误"}).status_code == 302
    assert legal.get(found.get_absolute_url()).status_code == 404


def test_a_stranger_signs_in_first(client):
    assert client.get("/library/").url.startswith("/sign-in/")
    assert client.get(edition().get_absolute_url()).url.startswith("/sign-in/")
