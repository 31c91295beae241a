"""The exam page is reloaded while there is no network at all."""

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def candidate(site, contexts, sign_in):
    phone = contexts(**{**PHONE, "service_workers": "allow"})
    exam = site.exam()
    sign_in(phone, exam["session"])
    return Candidate(site, exam, phone.new_page())


def ready_for_the_tunnel(candidate):
    """The page is open, the worker has filled its store, the paper is kept."""
    candidate.open()
    candidate.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    candidate.choose(1)
    candidate.expect_saved()
    candidate.page.reload()
    candidate.ready()


def test_a_reload_without_any_network_goes_on_where_it_was(candidate):
    ready_for_the_tunnel(candidate)
    candidate.page.context.set_offline(True)
    candidate.next()
    candidate.choose(1)
    candidate.page.on("dialog", lambda dialog: dialog.accept())
    candidate.page.reload()
    expect(candidate.page.locator("#question .option").first).to_be_visible()
    expect(candidate.page.locator("#unsaved")).to_have_attribute("data-count", "1")
    assert len(candidate.shown()) == 2
    expect(candidate.page.locator("#time-doubt")).to_be_visible()
    candidate.page.click("#next")
    candidate.page.click("#next")
    candidate.choose(2)
    candidate.page.context.set_offline(False)
    candidate.expect_saved()
    assert candidate.stored() == candidate.shown()
    assert len(candidate.stored()) == 3
    candidate.page.click("#open-navigator")
    candidate.page.click("#grid-finish")
    candidate.page.click("#hand-in-confirm")
    expect(candidate.page.locator("#receipt")).to_be_visible()


def test_what_the_worker_keeps_holds_nobodys_paper(candidate):
    ready_for_the_tunnel(candidate)
    kept = candidate.page.evaluate(
        """caches.open("lianbing-exam-1").then(async (store) =>
        Promise.all((await store.keys()).map(async (one) => [one.url, await (await store.match(one)).text()])))"""
    )
    assert len(kept) >= 14
    assert not [url for url, text in kept if "选项 b2" in text or "陈小满" in text or "/attempts/" in url]


def test_the_paper_is_kept_encrypted(candidate):
    ready_for_the_tunnel(candidate)
    found = candidate.page.evaluate(
        """new Promise((done) => { indexedDB.open("lianbing-exam").onsuccess = ({ target }) => {
        const all = (name) => new Promise((ok) => target.result.transaction(name).objectStore(name).getAll().onsuccess =
          (r) => ok(r.target.result));
        Promise.all(["papers", "events", "keys"].map(all)).then(([papers, events, keys]) => done(
          [papers.map(Object.keys), events.map((e) => Object.keys(e.sealed)), keys.map((k) => k.extractable)])); } })"""
    )
    assert found == [[["iv", "data"]], [["iv", "data"]], [False]]
