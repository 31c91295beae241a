"""The front page: for a stranger, for each role, and what it refuses."""

import pytest
from django.urls import reverse

from lianbing.kit import clock
from lianbing.kit.models import BackupRecord
from lianbing.people.rules import GRANTABLE, Role
from tests.factories.people import UserFactory, officer, staff, unit

pytestmark = pytest.mark.django_db


def test_a_stranger_is_told_what_this_is(client):
    response = client.get(reverse("home:front"))
    assert response.status_code == 200
    assert "home/stranger.html" in [template.name for template in response.templates]


def test_an_officer_is_greeted_by_name(client):
    client.force_login(officer(name="林小满").user)
    response = client.get(reverse("home:front"))
    assert "测试员" in response.text or "林小满" in response.text


def test_the_front_page_only_reads(client):
    assert client.post(reverse("home:front")).status_code == 405


def backup_panel(client, at):
    client.force_login(staff(Role.SYSTEM_ADMINISTRATOR))
    with clock.pinned(at):
        panels = client.get(reverse("home:front")).context["panels"]
    return next(panel for panel in panels if panel.template == "home/panels/backup.html")


def test_the_system_administrator_is_told_that_there_is_no_backup(client, at):
    assert backup_panel(client, at).urgent


def test_a_fresh_backup_is_not_urgent(client, at):
    BackupRecord.objects.create(made_at=at, path="a", files=1, bytes=10, sha256="0" * 64)
    assert not backup_panel(client, at).urgent


def test_an_account_without_a_role_is_told_whom_to_ask(client):
    client.force_login(UserFactory())
    assert client.get(reverse("home:front")).context["panels"] == []


def test_every_staff_role_sees_the_style_page(client):
    client.force_login(staff(Role.TRAINER))
    assert client.get(reverse("home:style")).status_code == 200


def test_an_officer_does_not_see_the_style_page(client):
    client.force_login(officer().user)
    response = client.get(reverse("home:style"))
    assert response.status_code == 403
    assert "403.html" in [template.name for template in response.templates]


def test_an_unknown_address_is_answered_in_the_same_dress(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "kit/lianbing.css" in response.text


@pytest.mark.parametrize("role", sorted(GRANTABLE))
def test_every_role_has_a_front_page_of_few_statements(client, role, django_assert_max_num_queries):
    client.force_login(staff(role))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("home:front")).status_code == 200


def test_the_security_administrator_sees_accounts_without_a_role(client):
    idle = UserFactory()
    client.force_login(staff(Role.SECURITY_ADMINISTRATOR))
    panel = client.get(reverse("home:front")).context["panels"][0]
    assert (panel.urgent, panel.context["accounts"]) == (True, [idle])


def test_people_are_counted_within_ones_own_units(client, at):
    ours, theirs = unit("一大队"), unit("二大队")
    officer(unit=ours)
    officer(unit=theirs)
    client.force_login(staff(Role.HR, unit=ours))
    with clock.pinned(at):
        panels = client.get(reverse("home:front")).context["panels"]
    counts = next(panel.context["counts"] for panel in panels if panel.template == "home/panels/people.html")
    assert (counts["total"], counts["officers"], counts["waiting"]) == (1, 1, 0)
