"""A candidate at a browser: opens the exam, chooses, waits for the tick. And what the server has of it."""

import json
import uuid

from playwright.sync_api import Page, expect


def uid_of(exam):
    """The attempt's id as SQLite holds it."""
    return uuid.UUID(exam["attempt"]).hex


class Candidate:
    """One tab with the exam in it."""

    def __init__(self, site, exam, page: Page) -> None:
        self.site, self.exam, self.page = site, exam, page
        self.address = f"{site.url}/exams/attempts/{exam['attempt']}/"

    def open(self, ready=True):
        """Go to the exam and wait until the pen has been taken."""
        self.page.goto(self.address)
        if ready:
            self.ready()
        return self

    def ready(self):
        """The page has the pen."""
        expect(self.page.locator("body")).to_have_attribute("data-ready", "yes")
        return self

    def choose(self, *places):
        """Tap options of the question shown, by place from 0. Returns the ids chosen."""
        options = self.page.locator("#question input")
        for place in places:
            options.nth(place).locator("xpath=..").click()
        return [options.nth(place).get_attribute("value") for place in places]

    def next(self):
        """To the next question."""
        self.page.click("#next")

    def answer_all(self, items):
        """Answer every question with its second option."""
        for number in range(items):
            self.choose(1)
            if number < items - 1:
                self.next()

    def expect_saved(self, within=15):
        """The counter of unsaved answers is at 0 within so many seconds."""
        expect(self.page.locator("#unsaved")).to_have_attribute("data-count", "0", timeout=within * 1000)

    def hand_in(self):
        """Hand in and wait for the receipt; returns its number."""
        self.page.click("#finish")
        self.page.click("#hand-in-confirm")
        expect(self.page.locator("#receipt")).to_be_visible(timeout=20000)
        return self.page.inner_text("#receipt-number")

    def shown(self):
        """The answers as the page holds them."""
        return self.page.evaluate("lianbingExam.session.paper.answers")

    def stored(self):
        """The answers as the server holds them."""
        [(answers,)] = self.site.rows("SELECT answers FROM exams_attempt WHERE uid = ?", uid_of(self.exam))
        return json.loads(answers)

    def events(self, fate=0):
        """Events of one fate (0 applied, 1 stale, 2 late) as (item, value)."""
        return self.site.rows(
            "SELECT e.item, e.value FROM exams_answerevent e JOIN exams_attempt a ON a.id = e.attempt_id"
            " WHERE a.uid = ? AND e.fate = ? ORDER BY e.writer, e.seq",
            uid_of(self.exam),
            fate,
        )
