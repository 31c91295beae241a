"""Pages about the system: for the administrator, for phones, for whoever watches over the server."""

import datetime

import pytest

from lianbing.kit import clock, health, local_https
from lianbing.kit.models import BackupRecord, Lease
from lianbing.people.rules import Role
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(health, "_cached", {})


@pytest.fixture
def administrator(client):
    client.force_login(staff(Role.SYSTEM_ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def backup(age_in_hours):
    made = clock.now() - datetime.timedelta(hours=age_in_hours)
    return BackupRecord.objects.create(made_at=made, path="/b.tar.gz", files=3, bytes=2048, sha256="a" * 64)


def test_health_is_for_everybody(client):
    assert client.get("/healthz").content == b"ok"
    assert client.post("/healthz").status_code == 405


def test_ready_only_when_the_ticker_runs(client, monkeypatch):
    monkeypatch.setattr(health, "migrations_applied", lambda: True)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ticker"]) == (503, False)
    far = clock.now() + datetime.timedelta(seconds=60)
    Lease.objects.create(name="ticker", holder="x", expires_at=far)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)


def test_asking_for_readiness_leaves_no_row():
    assert health.database_takes_writes()
    assert not Lease.objects.filter(name="readyz").exists()


def test_the_system_page_is_red_without_a_backup(administrator):
    response = administrator.get("/system/")
    assert response.status_code == 200
    assert response.context["backup_stale"]


@pytest.mark.parametrize(("age", "stale"), [(1, False), (23, False), (25, True)])
def test_a_backup_is_stale_after_a_day(administrator, age, stale):
    backup(age)
    response = administrator.get("/system/")
    assert response.context["backup_stale"] is stale
    assert ("alert-bad" in response.content.decode()) is stale


def test_the_system_page_costs_the_same_however_many_backups(administrator, django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        backup(1)
        administrator.get("/system/")
        with django_assert_max_num_queries(15) as queries:
            administrator.get("/system/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_others_may_not_see_the_system_page(client):
    assert client.get("/system/").status_code == 302
    client.force_login(staff(Role.HR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/system/").status_code == 403


def test_trust_says_what_is_missing_over_http(client):
    page = client.get("/trust/")
    assert page.context["secure"] is False
    assert "local_https" in page.content.decode()
    assert client.get("/trust/authority.crt").status_code == 404


def test_trust_shows_the_way_once_there_is_an_authority(client, at):
    local_https.make("10.1.2.3", at=at)
    page = client.get("/trust/").content.decode()
    assert "https://10.1.2.3/trust/" in page
    assert "data:image/svg+xml" in page
    assert local_https.fingerprint(local_https.authority()) in page


def test_the_authority_can_be_downloaded_without_its_key(client, at):
    local_https.make("10.1.2.3", at=at)
    response = client.get("/trust/authority.crt")
    assert response["Content-Type"] == "application/x-x509-ca-cert"
    assert b"BEGIN CERTIFICATE" in response.content
    assert b"PRIVATE" not in response.content
