"""The legal section's forms: the facts of an edition, the former name of a law."""

import datetime

import pytest
from django.urls import reverse

from lianbing.library.services import facts_seen
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def legal(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def facts_address(found):
    return reverse("library:facts", args=[found.law.slug, found.slug])


def answer(found, **fields):
    return {"published_on": "2020-01-02", "reason": "核对", "seen": facts_seen(found)} | fields


def test_the_facts_are_corrected(legal):
    found = edition()
    address = facts_address(found)
    assert 'value="2020-01-02"' in legal.get(address).content.decode()
    response = legal.post(address, answer(found, issuing_body="市人大常委会", effective_on="2020年3月1日"))
    assert response.url == found.get_absolute_url()
    found.refresh_from_db()
    assert (found.issuing_body, found.effective_on) == ("市人大常委会", datetime.date(2020, 3, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"effective_on": "2020-02-30"},
        {"effective_on": "2019-01-01"},
        {"effective_to": "2019-01-01"},
        {"repealed_by": "《废止决定》"},
        {"issuing_body": "长" * 201},
        {"document_number": "\x00"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_saved(legal, fields):
    found = edition()
    response = legal.post(facts_address(found), answer(found, **fields))
    assert response.status_code == 200
    assert (
        'class="alert alert-bad"' in response.content.decode() or "field-error" in response.content.decode()
    )
    assert facts_seen(found) == facts_seen(type(found).objects.get())


def test_who_comes_second_is_told(legal):
    found = edition()
    stale = answer(found, issuing_body="甲")
    legal.post(facts_address(found), answer(found, issuing_body="乙"))
    legal.post(facts_address(found), stale)
    found.refresh_from_db()
    assert found.issuing_body == "乙"


def test_a_law_is_joined_to_its_former_name_and_parted_again(legal):
    old, new = edition("旧名条例").law, edition("新名条例", history=("2024年1月2日 通过",)).law
    address = reverse("library:continues", args=[new.slug])
    assert "旧名条例" not in legal.get(address).content.decode()
    assert f'value="{old.slug}"' in legal.get(f"{address}?q=旧名").content.decode()
    assert legal.post(address, {"continues": old.slug}).url == address
    new.refresh_from_db()
    assert new.continues == old
    assert 'name="part"' in legal.get(address).content.decode()
    legal.post(address, {"part": "1"})
    new.refresh_from_db()
    assert new.continues is None


@pytest.mark.parametrize("slug", ["旧名条例", "新名条例", "没有", "\x00", ""])
def test_a_senseless_join_is_refused_in_words(legal, slug):
    edition("旧名条例")
    new = edition("新名条例", history=("2019年1月2日 通过",)).law
    response = legal.post(reverse("library:continues", args=[new.slug]), {"continues": slug}, follow=True)
    assert response.status_code in {200, 404}
    new.refresh_from_db()
    assert new.continues is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_costs_the_same_whatever_it_finds(legal, rows, django_assert_max_num_queries):
    for number in range(rows):
        edition(f"旧名条例{number}")
    law = edition("新名条例").law
    with django_assert_max_num_queries(15):
        legal.get(reverse("library:continues", args=[law.slug]) + "?q=旧名")


def test_others_may_not(client):
    client.force_login(people.officer().user)
    found = edition()
    for address in (facts_address(found), reverse("library:continues", args=[found.law.slug])):
        assert client.get(address).status_code == 403
        assert client.post(address, {"part": "1"}).status_code == 403
