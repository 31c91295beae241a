"""The handbook on a phone: opened once, it opens without the server, says how old it is, and is confirmed."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
KEEPING = {**PHONE, "service_workers": "allow"}
KEPT = """async () => {
  const store = await caches.open("lianbing-pages-library-1");
  return (await store.keys()).map((one) => new URL(one.url).pathname);
}"""


def kept(page, path):
    """Wait until the worker has put this page away."""
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('{path}')", timeout=15000)


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_book_and_a_card_open_without_a_connection_and_the_book_is_confirmed(site, contexts, sign_in):
    seeded = json.loads(site.run("tests/journeys/book_seed.py").splitlines()[-1])
    phone = contexts(**KEEPING)
    sign_in(phone, seeded["officer"])
    page = phone.new_page()
    _open(page, site.url)
    site.stop()
    _read_without_a_connection(page, site.url)
    site.start()
    _confirm(page, site.url)
    _follow(contexts, sign_in, site.url, seeded["hr"])


def _open(page, site):
    """From the front page to the book, and to one card."""
    page.goto(site)
    page.get_by_role("link", name="打开并确认").first.click()
    expect(page.locator("h1")).to_contain_text("一线执法岗")
    kept(page, "/library/handbook/mine/")
    page.goto(f"{site}/library/cards/SR-01/")
    kept(page, "/library/cards/SR-01/")


def _read_without_a_connection(page, site):
    """The card that was opened, the book with its age, and a card that was never opened, in the book."""
    page.goto(f"{site}/library/cards/SR-01/")
    expect(page.locator("h1")).to_contain_text("擅自占道摆摊")
    expect(page.locator("#book-copy")).to_contain_text("分钟，内容可能已有变动")
    page.goto(f"{site}/library/handbook/mine/")
    expect(page.locator("#book-copy")).to_be_visible()
    expect(page.get_by_role("button", name="我已持有")).to_be_hidden()
    page.get_by_label("在本手册中查找").fill("堆放")
    expect(page.locator("#card-SR-01")).to_be_hidden()
    expect(page.locator("#card-SR-02")).to_be_visible()
    page.goto(f"{site}/library/cards/SR-02/")
    expect(page.locator("#card-SR-02")).to_have_attribute("open", "")
    assert fits(page)


def _confirm(page, site):
    page.goto(f"{site}/library/handbook/mine/")
    expect(page.locator("#book-copy")).to_be_hidden()
    page.get_by_role("button", name="我已持有").click()
    expect(page.locator("main")).to_contain_text("已于")


def _follow(contexts, sign_in, site, session):
    desk = contexts(**DESK)
    sign_in(desk, session)
    page = desk.new_page()
    page.goto(f"{site}/library/handbook/books/receipts/")
    expect(page.locator("tbody").last).to_contain_text("陈小满")
    expect(page.locator("tbody").last).to_contain_text("已确认")
