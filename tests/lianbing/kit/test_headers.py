"""The headers every page carries, and the settings production insists on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse

from lianbing.kit.headers import ContentPolicy
from tests.factories.people import UserFactory

ROOT = Path(__file__).resolve().parents[3]
GOOD = {
    "LIANBING_ENV": "production",
    "LIANBING_SECRET_KEY": "Zk3v9QxTr7Lm2Wp8Nc5By1Hd6" * 3,
    "LIANBING_ALLOWED_HOSTS": "exam.example.org",
    "LIANBING_PUBLIC_URL": "https://exam.example.org",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
@pytest.mark.django_db
def test_every_page_carries_the_security_headers(client, name, value):
    assert client.get("/trust/")[name] == value


def policy(rf, path):
    return ContentPolicy(lambda request: HttpResponse())(rf.get(path))["Content-Security-Policy"]


def test_a_page_of_the_product_runs_no_inline_script(rf):
    found = policy(rf, "/exams/")
    assert "unsafe" not in found
    assert "script-src 'self';" in found + ";"
    assert "frame-ancestors 'none'" in found


def test_wagtails_admin_has_a_policy_of_its_own(rf):
    found = policy(rf, "/cms/pages/")
    assert "script-src 'self' 'unsafe-inline'" in found
    assert "object-src 'none'" in found
    assert "frame-ancestors 'self'" in found


def check(tmp_path, **environment):
    kept_out = ("LIANBING_", "DATABASE_URL", "DJANGO_ALLOW_ASYNC")  # the journeys set the last one
    clean = {k: v for k, v in os.environ.items() if not k.startswith(kept_out)}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**clean, "LIANBING_DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("proxy", ["", "10.0.0.1"])
def test_production_settings_are_clean(tmp_path, proxy):
    done = check(tmp_path, **GOOD, LIANBING_TRUSTED_PROXIES=proxy)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["LIANBING_SECRET_KEY", "LIANBING_ALLOWED_HOSTS", "LIANBING_PUBLIC_URL"])
def test_production_refuses_to_start_without(tmp_path, name):
    done = check(tmp_path, **{**GOOD, name: ""})
    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize("headers", [{}, {"HTTP_HOST": "elsewhere.example"}])
@pytest.mark.django_db
def test_refusals_and_files_carry_the_headers_too(client, headers):
    for address in ("/static/kit/lianbing.css", "/static/nothing", "/nowhere/"):
        response = client.get(address, **headers)
        assert response["X-Frame-Options"] == "DENY"
        assert "Content-Security-Policy" in response


@pytest.mark.django_db
def test_what_depends_on_who_asks_is_kept_by_no_browser(client):
    client.force_login(UserFactory())
    for address in ("/", "/exams/", "/library/", "/people/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_page_may_say_itself_how_long_it_keeps(rf):
    kept = HttpResponse(headers={"Vary": "Cookie", "Cache-Control": "max-age=60"})
    assert ContentPolicy(lambda request: kept)(rf.get("/"))["Cache-Control"] == "max-age=60"
