"""A certificate proves itself: on a phone that lost the network, and on a computer without the site."""

import json
import sqlite3

import pytest
from playwright.sync_api import expect

from tests.journeys.site import Site
from tests.journeys.test_certificates import enter, logins, narrow, site  # noqa: F401 -- fixtures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def signed(site):  # noqa: F811 -- the fixture of that name
    """The newest certificate of the demo bureau: its id, its code, its token."""
    site.manage("run_due", "--json")
    with sqlite3.connect(f"file:{site.data_dir / 'lianbing.sqlite3'}?mode=ro", uri=True) as database:
        row = database.execute(
            "select c.uid, c.number, k.offline, k.token from certificates_certificate c "
            "join certificates_credential k on k.certificate_id = c.id where not exists "
            "(select 1 from certificates_certificateevent e where e.certificate_id = c.id and e.kind = 'revoked') "
            "and c.valid_from <= date('now') and c.valid_until >= date('now') order by c.id desc limit 1"
        ).fetchone()
    return dict(zip(("uid", "number", "offline", "token"), row, strict=True))


def check(page, text):
    """Paste a text into the page that checks codes."""
    page.fill("[name=text]", text)
    page.locator("#offline-form button[type=submit]").click()


def test_a_phone_without_a_network_checks_the_code(site, signed, phone):  # noqa: F811 -- the fixture of that name
    page = phone.new_page()
    page.goto(f"{site.url}/verify/offline/")
    check(page, signed["offline"])
    expect(page.locator(".verdict-ok")).to_be_visible()
    page.goto(f"{site.url}/verify/offline/")
    phone.set_offline(True)
    check(page, signed["offline"])
    expect(page.locator("#offline-verdict .verdict-ok")).to_be_visible()
    expect(page.locator("#offline-verdict")).to_contain_text(signed["number"])
    check(page, signed["offline"].replace(signed["number"], signed["number"][:-1] + "x"))
    expect(page.locator("#offline-verdict .verdict-bad")).to_be_visible()
    phone.set_offline(False)
    assert narrow(page)


def test_a_computer_without_the_site_checks_the_file(site, signed, tmp_path, desk):  # noqa: F811 -- the fixture of that name
    page = desk.new_page()
    for name, path in (("keys.json", "/verify/keys/"), ("status.jwt", "/verify/status/1/")):
        (tmp_path / name).write_bytes(page.request.get(f"{site.url}{path}").body())
    (tmp_path / "one.jwt").write_text(signed["token"], encoding="utf-8")
    elsewhere = Site(tmp_path / "elsewhere")
    given = ("--keys", str(tmp_path / "keys.json"), "--status", str(tmp_path / "status.jwt"), "--json")
    told = json.loads(elsewhere.manage("verify_certificate", str(tmp_path / "one.jwt"), *given))
    assert (told["valid"], told["status"], told["number"]) == (True, "list", signed["number"])
    assert not (tmp_path / "elsewhere" / "lianbing.sqlite3").exists()


def test_a_revocation_reaches_everybody_within_the_minute(site, signed, tmp_path, desk):  # noqa: F811 -- the fixture of that name
    uid = signed["uid"]
    site.manage("revoke_certificate", "--uid", uid, "--reason", "调查认定违规", "--json")
    page = desk.new_page()
    (tmp_path / "keys.json").write_bytes(page.request.get(f"{site.url}/verify/keys/").body())
    (tmp_path / "status.jwt").write_bytes(page.request.get(f"{site.url}/verify/status/1/").body())
    (tmp_path / "one.txt").write_text(signed["offline"], encoding="utf-8")
    given = (
        "--keys",
        str(tmp_path / "keys.json"),
        "--status",
        str(tmp_path / "status.jwt"),
        "--offline",
        "--json",
    )
    told = json.loads(site.manage("verify_certificate", str(tmp_path / "one.txt"), *given, check=False))
    assert (told["valid"], told["code"]) == (False, "revoked")
    page.goto(f"{site.url}/verify/offline/")
    check(page, signed["offline"])
    expect(page.locator(".verdict-bad")).to_be_visible()
