"""The front page: for a stranger, for each role, and what it refuses."""

import pytest
from django.urls import reverse

from lianbing.kit.models import BackupRecord
from lianbing.people.rules import Role
from tests.factories.people import officer, staff

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


def test_the_system_administrator_is_told_that_there_is_no_backup(client):
    client.force_login(staff(Role.SYSTEM_ADMINISTRATOR))
    response = client.get(reverse("home:front"))
    assert [panel.urgent for panel in response.context["panels"]] == [True]


def test_a_fresh_backup_is_not_urgent(client, at, settings):
    from lianbing.kit import clock

    BackupRecord.objects.create(made_at=at, path="a", files=1, bytes=10, sha256="0" * 64)
    client.force_login(staff(Role.SYSTEM_ADMINISTRATOR))
    with clock.pinned(at):
        response = client.get(reverse("home:front"))
    assert [panel.urgent for panel in response.context["panels"]] == [False]


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
