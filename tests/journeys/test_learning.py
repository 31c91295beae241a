"""An officer finishes a lesson with film, article and three questions on a phone, the signal lost once."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
LONG = 60_000


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("tests/journeys/learning_seed.py").splitlines()[-1])


def _tick(page, right):
    for at, option in enumerate(right):
        page.locator("#check-form fieldset").nth(at).locator(f"input[value='{option}']").check()


def test_a_lesson_is_finished_although_the_signal_was_lost(site, seeded, contexts, sign_in):
    phone = contexts(**PHONE)
    sign_in(phone, seeded["officer"])
    page = phone.new_page()
    page.goto(f"{site.url}/courses/{seeded['course']}/")
    page.locator(".course-go").click()
    expect(page.locator("#learn-bar")).to_have_attribute("data-state", "counting")
    page.locator("video").evaluate("film => film.play()")
    _wait_for_beat(site, page)
    phone.set_offline(True)
    page.locator("#note-text").fill("先亮证，再询问")
    page.locator("#note-form button").click()
    _tick(page, seeded["right"])
    page.locator("#check-form button").click()
    expect(page.locator("#check-waiting")).to_be_visible()
    expect(page.locator("#learn-offline")).to_be_visible()
    # The note, the try and one beat at least wait in the browser.
    expect(page.locator("#learn-unsent")).to_have_attribute("data-count", "3", timeout=LONG)
    assert _counts(site)["tries"] == 0
    phone.set_offline(False)
    expect(page.locator("#check-result")).to_contain_text("3", timeout=LONG)
    expect(page.locator("#learn-offline")).to_be_hidden()
    expect(page.locator("#learn-unsent")).to_be_hidden()
    expect(page.locator("#learn-completed")).to_be_visible(timeout=LONG)
    page.locator("#learn-completed").click()
    expect(page.locator("main")).to_contain_text("执法证件与现场规范")
    counts = _counts(site)
    assert (counts["tries"], counts["notes"], counts["completed"], counts["told"]) == (1, 1, 1, 1)
    assert 24_000 <= counts["credited"] <= 48_000
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _wait_for_beat(site, page):
    """Until the server has credited the first quarter of a minute, the film in it."""
    for _turn in range(60):
        if _counts(site)["credited"]:
            return
        page.wait_for_timeout(500)
    raise AssertionError("no beat arrived")


def _counts(site):
    (credited,) = site.rows("SELECT coalesce(max(credited_ms), 0) FROM courses_progress")[0]
    told = "SELECT count(*) FROM kit_outboxmessage WHERE topic = 'course_completed'"
    completed = "SELECT count(*) FROM courses_enrolment WHERE completed_at IS NOT NULL"
    asked = {
        "tries": "SELECT count(*) FROM courses_lessontry",
        "notes": "SELECT count(*) FROM courses_note",
        "completed": completed,
        "told": told,
    }
    return {name: site.rows(sql)[0][0] for name, sql in asked.items()} | {"credited": credited}


def test_the_trainer_sees_who_is_how_far(site, seeded, contexts, sign_in):
    desk = contexts(**DESK)
    sign_in(desk, seeded["trainer"])
    page = desk.new_page()
    page.goto(f"{site.url}/courses/{seeded['course']}/learners/")
    expect(page.locator("main")).to_contain_text("陈小满")
    expect(page.locator("main")).to_contain_text("周未学")
    expect(page.locator("main")).not_to_contain_text("先亮证，再询问")
