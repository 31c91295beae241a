"""The handbook: read by all, written at /cms/ by the legal section and trainers."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from lianbing.library.models import HandbookEntry
from lianbing.library.services import ensure_handbook, write_entry
from lianbing.people.rules import SYSTEM, Role
from tests.factories import people
from tests.factories.library import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(at):
    edition("市容条例")
    body = [
        ("heading", "要点"),
        ("text", "<p>先<b>劝导</b>。</p>"),
        ("article", {"citation": "《市容条例》第二条", "note": "依据"}),
        ("article", {"citation": "《没有的条例》第二条", "note": ""}),
        ("warning", "注意。"),
    ]
    return write_entry(title="摊点", slug="stalls", summary="怎么办", body=body, by=SYSTEM, at=at)


def enter(client, *roles):
    client.force_login(people.staff(*roles) if roles else people.officer().user)
    return client


def test_the_handbook_is_read_by_everybody_signed_in(client, entry, django_assert_max_num_queries):
    enter(client)
    assert "摊点" in client.get("/library/handbook/").content.decode()
    with django_assert_max_num_queries(15):
        text = client.get("/library/handbook/stalls/").content.decode()
    assert "这是第2号条文。" in text
    assert "#art-2" in text
    assert "《没有的条例》第二条" in text


def test_an_unpublished_entry_is_not_shown(client, entry):
    entry.unpublish()
    assert enter(client).get("/library/handbook/stalls/").status_code == 404


def test_the_empty_handbook_has_a_page(client):
    assert enter(client).get("/library/handbook/").status_code == 200
    assert client.post("/library/handbook/").status_code == 405


@pytest.mark.parametrize("role", [Role.LEGAL, Role.TRAINER])
def test_an_editor_opens_the_page_editor(client, entry, role):
    enter(client, role)
    assert client.get("/cms/").status_code == 200
    response = client.get(f"/cms/pages/{entry.pk}/edit/")
    assert response.status_code == 200
    assert "摊点" in response.content.decode()
    assert client.get(f"/cms/pages/add/library/handbookentry/{ensure_handbook().pk}/").status_code == 200


@pytest.mark.parametrize(
    "roles", [(), (Role.HR,), (Role.EXAM_ADMINISTRATOR,), (Role.SYSTEM_ADMINISTRATOR,), (Role.LEADER,)]
)
def test_nobody_else_enters_the_editor(client, entry, roles):
    enter(client, *roles)
    for address in ("/cms/", f"/cms/pages/{entry.pk}/edit/", "/cms/users/", "/cms/nonsense/"):
        assert client.get(address).status_code == 403


def test_a_role_that_was_lost_shuts_the_door_though_the_group_stays(client, entry):
    user = people.staff(Role.TRAINER)
    client.force_login(user)
    client.get("/cms/")
    assert Group.objects.filter(user=user).exists()
    user.role_grants.all().delete()
    assert client.get("/cms/").status_code == 403


def test_an_editor_manages_neither_users_nor_settings(client, entry):
    enter(client, Role.LEGAL)
    for address in ("/cms/users/", "/cms/groups/", "/cms/sites/"):
        assert client.get(address).status_code in {302, 403, 404}


FORM = {
    "title": "流动摊点",
    "slug": "stalls",
    "summary": "新",
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "warning",
    "body-0-id": "",
    "body-0-value": "小心。",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "1000",
}


def test_an_editor_saves_a_published_change(client, entry):
    enter(client, Role.LEGAL)
    data = {**FORM, "action-publish": "1"}
    assert client.post(f"/cms/pages/{entry.pk}/edit/", data).status_code == 302
    assert "小心。" in client.get("/library/handbook/stalls/").content.decode()


def test_the_preview_may_stand_in_the_editors_frame(client, entry):
    enter(client, Role.LEGAL)
    address = f"/cms/pages/{entry.pk}/edit/preview/"
    assert client.post(address, FORM).json()["is_valid"]
    response = client.get(address)
    assert "小心。" in response.content.decode()
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_editor_links_to_the_page_where_it_is_served(entry):
    assert entry.get_url() == "/library/handbook/stalls/"
    assert ensure_handbook().get_url() == "/library/handbook/"


def test_wagtail_keeps_no_accounts_of_its_own(client):
    client.force_login(people.staff(Role.TRAINER))
    assert client.get("/cms/account/").url == "/password/"
    assert client.get("/cms/login/").url == "/sign-in/"
    assert client.get("/cms/password_reset/").status_code == 404


def test_wagtails_way_out_is_ours_and_takes_no_get(client):
    user = people.staff(Role.TRAINER)
    client.force_login(user)
    assert client.get("/cms/logout/").status_code == 405
    assert client.get("/cms/").status_code == 200
    assert client.post("/cms/logout/").url == "/sign-in/"
    assert type(user).objects.get(pk=user.pk).auth_epoch == user.auth_epoch + 1


def test_an_entry_takes_no_address_of_the_books():
    entry = HandbookEntry(title="我的", slug="mine")
    with pytest.raises(ValidationError):
        entry.clean()
