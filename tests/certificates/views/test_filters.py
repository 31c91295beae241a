"""Saving, opening and removing filters in the browser, on every list that keeps them."""

import pytest
from django.urls import reverse

from certificates.models import SavedFilter
from certificates.rules.filters import PAGES
from tests.factories import qualifying

pytestmark = pytest.mark.django_db
SAVE, REGISTER = "/certificates/filters/save", "/certificates/register/"


def removal(kept):
    return reverse("certificates:filter_remove", args=[kept.pk])


def keep(client, page="certificates:register", query="state=valid", title="有效的"):
    return client.post(SAVE, {"page": page, "query": query, "title": title})


@pytest.mark.parametrize("page", PAGES)
def test_every_list_offers_to_keep_what_it_shows_and_then_shows_it(bureau, as_user, page):
    qualifying.rules()
    client, address = as_user(bureau.hr), reverse(page)
    assert SAVE not in client.get(address).content.decode()
    assert 'value="q=%E7%8E%8B"' in client.get(address, {"q": "王", "page": "2"}).content.decode()
    answer = keep(client, page, "q=%E7%8E%8B&page=2", "姓王的")
    assert answer.url == f"{address}?q=%E7%8E%8B"
    shown = client.get(answer.url).content.decode()
    assert SAVE not in shown
    assert f'<a href="{answer.url}" aria-current="true">姓王的</a>' in shown
    assert f'<a href="{answer.url}">姓王的</a>' in client.get(address).content.decode()


def test_nobody_else_sees_or_removes_it(bureau, as_user):
    keep(as_user(bureau.hr))
    kept = SavedFilter.objects.get()
    other = as_user(bureau.leader)
    assert "有效的" not in other.get(REGISTER).content.decode()
    assert other.post(removal(kept)).status_code == 404
    assert as_user(None).post(removal(kept)).url.startswith("/sign-in/")
    assert SavedFilter.objects.exists()


def test_what_was_removed_is_still_shown_and_can_be_kept_again(bureau, as_user):
    client = as_user(bureau.hr)
    keep(client)
    answer = client.post(removal(SavedFilter.objects.get()))
    assert answer.url == REGISTER + "?state=valid"
    shown = client.get(answer.url).content.decode()
    assert "有效的" in shown
    assert SAVE in shown
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("query", "back"),
    [("//evil.example", ""), ("next=//evil.example", "?next=%2F%2Fevil.example"), ("a=1\r\nX: y", None)],
)
def test_it_leads_back_to_the_list_and_nowhere_else(bureau, as_user, query, back):
    answer = keep(as_user(bureau.hr), query=query)
    assert answer.status_code == 302
    assert answer.url.startswith(REGISTER)
    assert back is None or answer.url == REGISTER + back
    assert "\n" not in answer.url


def test_an_unknown_list_and_an_unknown_filter_are_not_found(bureau, as_user):
    client = as_user(bureau.hr)
    assert keep(client, page="https://evil.example/").status_code == 404
    assert keep(client, page="people:people").status_code == 404
    assert client.post(SAVE).status_code == 404
    assert client.post(f"/certificates/filters/{'9' * 30}/remove").status_code == 404


def test_a_refusal_comes_back_in_words_with_the_filter_still_on(bureau, as_user):
    client = as_user(bureau.hr)
    answer = keep(client, title=" ")
    assert answer.url == REGISTER + "?state=valid"
    assert "alert-bad" in client.get(answer.url).content.decode()
    assert keep(client, query="q=" + "x" * 3000).url == REGISTER


def test_the_name_is_shown_as_text(bureau, as_user):
    client = as_user(bureau.hr)
    keep(client, title="<b>1</b>", query="q=%22%3E%3Cb%3E")
    shown = client.get(REGISTER).content.decode()
    assert "<b>" not in shown
    assert "&lt;b&gt;1" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_row_costs_one_statement_however_long(bureau, as_user, count, django_assert_num_queries):
    client = as_user(bureau.hr)
    for number in range(count):
        keep(client, title=str(number))
    client.get(REGISTER)
    with django_assert_num_queries(6):
        client.get(REGISTER)
