"""Two tabs, a reload, and what is sent after a reload: the newest opening holds the clock, nothing counts twice."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(site, contexts, sign_in):
    """The lesson just begun on a phone: (page, address, session of its learner)."""
    if not hasattr(site, "learning"):
        site.learning = json.loads(site.run("tests/journeys/learning_seed.py").splitlines()[-1])
    phone = contexts(**PHONE)
    sign_in(phone, site.learning["officer"])
    page = phone.new_page()
    page.goto(f"{site.url}/courses/{site.learning['course']}/")
    page.locator(".course-go").click()
    expect(page.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    return page, page.url, site.learning["officer"]


def test_the_newest_opening_holds_the_clock(lesson, contexts, sign_in):
    page, address, session = lesson
    desk = contexts(**DESK)
    sign_in(desk, session)
    other = desk.new_page()
    other.goto(address)
    expect(other.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    expect(page.locator("#learn-elsewhere")).to_be_visible(timeout=40_000)
    page.locator("#learn-here").click()
    expect(page.locator("#learn-elsewhere")).to_be_hidden()
    expect(other.locator("#learn-elsewhere")).to_be_visible(timeout=40_000)


def test_what_waits_is_sent_after_a_reload(site, lesson):
    page, _address, _session = lesson
    page.route("**/sync", lambda route: route.abort())
    page.locator("#note-text").fill("重新加载之后仍在")
    page.locator("#note-form button").click()
    expect(page.locator("#learn-unsent")).to_be_visible()
    page.unroute("**/sync")
    page.reload()
    expect(page.locator("#note-list")).to_contain_text("重新加载之后仍在")
    expect(page.locator("#note-list .badge-warn")).to_have_count(0)
    assert site.rows("SELECT count(*) FROM courses_note WHERE text = ?", "重新加载之后仍在") == [(1,)]


def test_jumping_ahead_shows_nothing_of_the_film(site, lesson):
    page, _address, _session = lesson
    film = page.locator("video")
    film.evaluate("film => { film.currentTime = 5 }")
    film.evaluate("film => film.play()")
    page.wait_for_timeout(17_000)
    (seen,) = site.rows("SELECT seen FROM courses_progress ORDER BY id DESC")[0]
    shown = sum(end - start for ranges in json.loads(seen) for start, end in ranges)
    assert 0 < shown <= 1_500


def test_a_lesson_that_was_opened_opens_again_without_a_signal(site, lesson, contexts, sign_in):
    """127.0.0.1 counts as secure, as https does: the service worker may keep the page."""
    _page, address, session = lesson
    phone = contexts(**{**PHONE, "service_workers": "allow"})
    sign_in(phone, session)
    page = phone.new_page()
    page.goto(address)
    expect(page.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    _until_kept(page)
    phone.set_offline(True)
    page.reload()
    expect(page.locator("#learn-offline")).to_be_visible(timeout=30_000)
    expect(page.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    phone.set_offline(False)
    expect(page.locator("#learn-offline")).to_be_hidden(timeout=40_000)


def test_after_minutes_without_a_touch_the_time_stops(site, lesson, contexts, sign_in):
    _page, address, session = lesson
    phone = contexts(**PHONE)
    sign_in(phone, session)
    page = phone.new_page()
    page.clock.install()
    page.goto(address)
    expect(page.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    page.clock.fast_forward(6 * 60_000)
    expect(page.locator("#learn-idle")).to_be_visible()
    page.locator("#learn-back").click()
    expect(page.locator("#learn-idle")).to_be_hidden()


KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("lianbing-pages-"));
  const keys = await Promise.all(names.map((name) => caches.open(name).then((store) => store.keys())));
  return keys.flat().some((one) => new URL(one.url).pathname === location.pathname);
}"""


def _until_kept(page):
    for _turn in range(60):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(300)
    raise AssertionError("the page was not kept")
