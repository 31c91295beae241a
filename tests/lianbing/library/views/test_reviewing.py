"""Law texts on their way: the list, the page with the comparison, the decision."""

import pytest
from django.urls import reverse

from lianbing.library.models import LawDraft, LawEdition
from lianbing.people.rules import Role
from tests.factories import people
from tests.factories.law_drafts import draft, submit
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.staff(Role.TRAINER)


@pytest.fixture
def keeper(client):
    client.force_login(people.staff(Role.LEGAL))
    return client


def page(written):
    return reverse("library:review", args=[written.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(keeper, author, rows, django_assert_max_num_queries):
    for number in range(rows):
        submit(draft(author, title=f"条例{number}"), author)
        draft(author, title=f"草稿{number}")
    with django_assert_max_num_queries(15):
        text = keeper.get(reverse("library:drafts")).content.decode()
    assert all(f"条例{number}" in text and f"草稿{number}" in text for number in range(rows))


def test_the_empty_list_has_a_page(keeper):
    assert keeper.get(reverse("library:drafts")).status_code == 200
    assert keeper.post(reverse("library:drafts")).status_code == 405


def test_the_page_shows_what_changes_against_the_edition_in_force(keeper, author):
    edition("市容条例", body=["第一条 为了市容美观，制定本条例。"])
    text = keeper.get(page(submit(draft(author), author))).content.decode()
    assert "整洁</ins>" in text
    assert "美观</del>" in text
    assert 'value="approve"' in text


def test_the_legal_section_approves(keeper, author):
    written = submit(draft(author), author)
    response = keeper.post(page(written), {"decision": "approve", "comment": ""})
    made = LawEdition.objects.get()
    assert response.url == made.get_absolute_url()
    assert keeper.get(page(written)).url == made.get_absolute_url()


def test_the_legal_section_sends_back_with_a_comment(keeper, author):
    written = submit(draft(author), author)
    assert keeper.post(page(written), {"decision": "send_back", "comment": " "}).status_code == 200
    assert keeper.post(page(written), {"decision": "send_back", "comment": "缺第二款"}).status_code == 302
    assert "缺第二款" in keeper.get(page(written)).content.decode()
    again = keeper.post(page(written), {"decision": "approve"})
    assert again.status_code == 200
    assert not LawEdition.objects.exists()


def test_doubts_stand_on_the_page_with_their_lines_and_must_be_ticked(keeper, author):
    written = submit(draft(author, body="第一条 甲。\n第三条 丙。"), author)
    assert "第三条" in keeper.get(page(written)).content.decode()
    assert keeper.post(page(written), {"decision": "approve"}).status_code == 200
    assert not LawEdition.objects.exists()
    keeper.post(page(written), {"decision": "approve", "doubts_checked": "on"})
    assert LawEdition.objects.get().status == "published"


def test_the_author_sees_the_page_but_decides_nothing(client):
    author = people.staff(Role.LEGAL)
    client.force_login(author)
    written = submit(draft(author), author)
    assert 'value="approve"' not in client.get(page(written)).content.decode()
    assert client.post(page(written), {"decision": "approve"}).status_code == 200
    assert not LawEdition.objects.exists()


def test_a_trainer_sees_the_page_but_decides_nothing(client, author):
    client.force_login(people.staff(Role.TRAINER))
    written = submit(draft(author), author)
    assert 'value="approve"' not in client.get(page(written)).content.decode()
    client.post(page(written), {"decision": "approve"})
    assert not LawEdition.objects.exists()


@pytest.mark.parametrize("data", [{}, {"decision": "x"}, {"decision": "approve", "comment": "字" * 501}])
def test_a_decision_that_is_none_is_refused(keeper, author, data):
    written = submit(draft(author), author)
    assert keeper.post(page(written), data).status_code == 200
    assert not LawEdition.objects.exists()


def test_a_text_that_cannot_be_published_says_why(keeper, author):
    text = keeper.get(page(submit(draft(author, body="没有条文。"), author))).content.decode()
    assert "alert-bad" in text
    assert "disabled" in text


def test_a_new_edition_begins_in_the_editor(keeper):
    last = edition("市容条例")
    address = reverse("library:amend", args=[last.law.slug, last.slug])
    assert keeper.get(address).status_code == 200
    response = keeper.post(address)
    begun = LawDraft.objects.get()
    assert response.url == reverse("wagtailsnippets_library_lawdraft:edit", args=[begun.pk])
    assert "这是第1号条文" in keeper.get(response.url).content.decode()


@pytest.mark.parametrize("name", ["drafts", "doubtful"])
def test_officers_do_not_come_here(client, author, name):
    client.force_login(people.officer().user)
    assert client.get(reverse(f"library:{name}")).status_code == 403
    assert client.post(page(submit(draft(author), author)), {"decision": "approve"}).status_code == 403


def test_who_wrote_submitted_and_approved_stands_on_the_record(keeper, author):
    written = submit(draft(author), author)
    keeper.post(page(written), {"decision": "approve", "comment": "与公报一致"})
    made = LawEdition.objects.get()
    text = keeper.get(reverse("library:record", args=[made.law.slug, made.slug])).content.decode()
    assert author.staff_number in text
    assert "与公报一致" in text
    assert text.count("<tr>") == 4


def test_officers_do_not_read_the_record(client):
    client.force_login(people.officer().user)
    made = edition("市容条例")
    assert client.get(reverse("library:record", args=[made.law.slug, made.slug])).status_code == 403
