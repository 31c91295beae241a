"""A candidate takes an exam on a phone: in the ordinary way, and with the network cut in the middle."""

import json
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate, uid_of

pytestmark = pytest.mark.browser


@pytest.fixture
def exam(site):
    return site.exam()


@pytest.fixture
def candidate(site, exam, phone, sign_in):
    sign_in(phone, exam["session"])
    return Candidate(site, exam, phone.new_page())


def test_the_whole_paper_is_answered_and_handed_in(candidate):
    candidate.open().answer_all(6)
    candidate.expect_saved()
    shown = candidate.shown()
    assert len(shown) == 6
    assert candidate.stored() == shown
    number = candidate.hand_in()
    assert candidate.site.rows(
        "SELECT state, receipt_number FROM exams_attempt WHERE uid = ?", uid_of(candidate.exam)
    ) == [("submitted", number)]
    candidate.page.reload()
    expect(candidate.page.get_by_text(number).first).to_be_visible()


def test_the_network_is_cut_for_a_minute_in_the_middle(candidate, phone):
    candidate.open().choose(1)
    candidate.expect_saved()
    phone.set_offline(True)
    cut = time.monotonic()
    candidate.next()
    for _ in range(4):
        candidate.choose(1)
        candidate.next()
    candidate.choose(1)
    expect(candidate.page.locator("#unsaved")).to_have_attribute("data-count", "5")
    expect(candidate.page.locator("#connection")).to_be_visible()
    expect(candidate.page.locator("#unsaved")).to_have_attribute("data-state", "late", timeout=20000)
    assert len(candidate.stored()) == 1
    candidate.page.wait_for_timeout(max(0, 60 - (time.monotonic() - cut)) * 1000)
    phone.set_offline(False)
    candidate.expect_saved(within=15)
    assert candidate.stored() == candidate.shown()
    assert len(candidate.stored()) == 6
    candidate.hand_in()


def test_no_key_reaches_the_browser_before_release(candidate):
    seen = []
    candidate.page.on("response", lambda reply: seen.append(reply))
    candidate.open().answer_all(6)
    candidate.expect_saved()
    candidate.hand_in()
    texts = [reply.text() for reply in seen if "/static/" not in reply.url and reply.status == 200]
    assert len(texts) > 3
    for text in texts:
        assert "SECRET-EXPLANATION" not in text
        assert '"key"' not in text
        assert "difficulty" not in text


def test_a_flag_and_the_navigator_say_what_is_missing(candidate):
    page = candidate.open().page
    candidate.choose(0)
    page.click("#flag")
    candidate.expect_saved()
    page.click("#open-navigator")
    cells = page.locator("#grid .cell")
    assert cells.count() == 6
    assert cells.nth(0).get_attribute("class").split() == ["cell", "is-answered", "is-flagged"]
    cells.nth(5).click()
    page.click("#finish")
    expect(page.locator("#list-unanswered b")).to_have_text("5")
    expect(page.locator("#list-flagged b")).to_have_text("1")
    page.locator("#list-unanswered .cell").first.click()
    expect(page.locator("#place")).to_have_text("2/6")


def test_an_answer_can_be_changed_and_cleared(candidate):
    candidate.open()
    candidate.choose(0)
    [second] = candidate.choose(2)
    candidate.expect_saved()
    assert candidate.stored() == {"1": [second]}
    candidate.page.click("#clear")
    candidate.expect_saved()
    assert candidate.stored() == {}


def test_keys_choose_and_move(site, exam, desk, sign_in):
    sign_in(desk, exam["session"])
    candidate = Candidate(site, exam, desk.new_page()).open()
    for pressed in ("2", "ArrowRight", "a", "ArrowRight", "1", "2", "f"):
        candidate.page.keyboard.press(pressed)
    candidate.expect_saved()
    answers = candidate.stored()
    assert [len(answers[key]) for key in sorted(answers)] == [1, 1, 2]
    [(flags,)] = site.rows("SELECT flags FROM exams_attempt WHERE uid = ?", uid_of(exam))
    assert json.loads(flags) == [3]


def test_axe_finds_nothing_serious_while_taking(candidate):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = candidate.open().page
    candidate.choose(1)
    candidate.page.click("#flag")
    candidate.expect_saved()
    for sheet in ("", "#open-navigator", "#grid-finish"):
        if sheet:
            page.click(sheet)
            page.wait_for_timeout(200)
        found = axe.Axe().run(page).response["violations"]
        assert [
            (v["id"], [n["html"] for n in v["nodes"]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ] == []
