"""An officer drills ten questions of every kind on a phone, the signal lost in the middle."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser
LONG = 30_000


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("tests/journeys/drill_seed.py").splitlines()[-1])


def _fill(piece, key):
    """Answer a piece of a question rightly."""
    for option in key.get("options", []):
        piece.locator(f"input[value='{option}']").check()
    for blank, words in key.get("blanks", {}).items():
        piece.locator(f"[data-blank='{blank}']").fill(words[-1])
    for place, step in enumerate(key.get("order", []), start=1):
        piece.locator(f"select[data-step='{step}']").select_option(str(place))


def _answer(page, keys, *, right=True, guess=False):
    card = page.locator(".drill-card:not([hidden])")
    told = keys[card.get_attribute("data-version")]
    if right:
        for part, key in told.items():
            _fill(card.locator(f"[data-part='{part}']"), key)
    else:
        wrong = next(
            one for one in card.locator("input").all() if one.get_attribute("value") not in str(told)
        )
        wrong.check()
    card.locator("button[name=guessed]" if guess else ".drill-form .btn-primary").click()
    return card


def _answered(site):
    return site.rows(
        "SELECT count(*), coalesce(sum(right), 0), coalesce(sum(guessed), 0) FROM drills_drillanswer"
    )[0]


def _open(site, seeded, contexts, sign_in, **options):
    phone = contexts(**{**PHONE, **options})
    sign_in(phone, seeded["officers"][0])
    page = phone.new_page()
    page.goto(f"{site.url}/drills/")
    page.locator("main .drill-start").click()
    return phone, page


def test_ten_questions_are_drilled_although_the_signal_was_lost(site, seeded, contexts, sign_in):
    phone, page = _open(site, seeded, contexts, sign_in)
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    for turn in range(10):
        if turn == 4:
            expect(page.locator("#drill-unsent")).to_have_attribute("data-count", "0", timeout=LONG)
            phone.set_offline(True)
        card = _answer(page, seeded["keys"], guess=turn == 6)
        expect(card.locator(".drill-feedback .alert")).to_have_class("alert alert-ok")
        expect(card.locator(".drill-feedback")).to_contain_text("先亮证，再询问。")
        if turn == 5:
            card.locator(".drill-article summary").click()
            expect(card.locator(".drill-article blockquote")).to_be_visible()
            card.locator(".drill-keep").click()
            expect(page.locator("#drill-offline")).to_be_visible()
        card.locator(".drill-go").click()
    expect(page.locator("#drill-right")).to_have_text("10")
    expect(page.locator("#drill-unsent")).to_have_attribute("data-count", "7")
    assert _answered(site)[0] == 4
    phone.set_offline(False)
    expect(page.locator("#drill-unsent")).to_have_attribute("data-count", "0", timeout=LONG)
    expect(page.locator("#drill-offline")).to_be_hidden()
    assert tuple(_answered(site)) == (10, 10, 1)
    assert site.rows("SELECT count(*) FROM drills_bookmark")[0][0] == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.reload()
    expect(page.locator("#drill-done")).to_be_visible()


def test_drills_work_without_javascript(site, seeded, contexts, sign_in):
    phone = contexts(**PHONE, java_script_enabled=False)
    sign_in(phone, seeded["officers"][2])
    page = phone.new_page()
    page.goto(f"{site.url}/drills/")
    page.locator("main .drill-start").click()
    first = page.locator(".drill-card:visible .drill-place").inner_text()
    card = page.locator(".drill-card:visible")
    for part, key in seeded["keys"][card.get_attribute("data-version")].items():
        _fill(card.locator(f"[data-part='{part}']"), key)
    card.locator(".drill-form .btn-primary").click()
    expect(page.locator("main .alert-ok")).to_be_visible()
    expect(page.locator("main")).to_contain_text("先亮证，再询问。")
    page.locator("main .btn-primary").click()
    assert page.locator(".drill-card:visible .drill-place").inner_text() != first


def test_todays_set_is_carried_along_and_goes_on_without_a_signal(site, seeded, contexts, sign_in):
    phone = contexts(**{**PHONE, "service_workers": "allow"})
    sign_in(phone, seeded["officers"][1])
    page = phone.new_page()
    page.goto(f"{site.url}/drills/")
    address = page.locator("main .drill-start").get_attribute("href")
    for _turn in range(60):
        if page.evaluate("async (path) => Boolean(await caches.match(path))", address):
            break
        page.wait_for_timeout(250)
    phone.set_offline(True)
    page.goto(site.url + address)
    expect(page.locator("body")).to_have_attribute("data-ready", "yes")
    for _turn in range(2):
        _answer(page, seeded["keys"])
        page.locator(".drill-card:not([hidden]) .drill-go").click()
    page.reload()
    expect(page.locator(".drill-card:not([hidden]) .drill-place")).to_contain_text("3 / 10")
    expect(page.locator("#drill-unsent")).to_have_attribute("data-count", "2")
    page.goto(f"{site.url}/drills/")
    expect(page.locator("#drill-unsent")).to_contain_text("2")
    phone.set_offline(False)
    expect(page.locator("#drill-unsent")).to_be_hidden(timeout=LONG)
    expect(page.locator(".drill-home .progress").first).to_contain_text("2 / 10", timeout=LONG)
