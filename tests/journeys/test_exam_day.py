"""An officer's exam day on a phone: sign in, read the rules, take the exam, hand in, see the result once released."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate

pytestmark = pytest.mark.browser

CLOSE = """import django, sys; django.setup()
from exams.models import Sitting
from exams.services.invigilation import close_sitting
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
close_sitting(sitting=Sitting.objects.get(uid=sys.argv[1]), reason="the hour is over", by=SYSTEM, at=clock.now())"""


def started(site, exam, phone):
    """From the sign-in page to the first question, by tapping."""
    page = phone.new_page()
    page.goto(f"{site.url}/sign-in/")
    page.fill("input[name=username]", exam["username"])
    page.fill("input[name=password]", exam["password"])
    page.click("main [type=submit]")
    page.goto(f"{site.url}/exams/")
    page.click("main article a.btn-primary")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/exams/attempts/*/")
    exam["attempt"] = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Candidate(site, exam, page).ready()


def answer_by_key(candidate, keys):
    """Every question right, found by the ids of the options."""
    for number in range(1, len(keys) + 1):
        for one in keys[str(number)]:
            candidate.page.locator(f"#question input[value={one}]").locator("xpath=..").click()
        if number < len(keys):
            candidate.next()


def test_from_signing_in_to_the_released_result(site, phone):
    exam = site.exam(started=False)
    candidate = started(site, exam, phone)
    answer_by_key(candidate, exam["keys"])
    candidate.expect_saved()
    number = candidate.hand_in()
    page = candidate.page
    result = f"{candidate.address}result/"
    page.goto(result)
    expect(page.get_by_text(number).first).to_be_visible()
    assert "SECRET-EXPLANATION" not in page.content()
    site.run("-c", CLOSE, exam["sitting"])
    report = json.loads(site.manage("release_results", exam["sitting"], "--json"))
    assert (report["released"], report["passed"]) == (1, 1)
    page.goto(result)
    expect(page.locator(".big-number")).to_contain_text("12")
    expect(page.get_by_text("SECRET-EXPLANATION").first).to_be_visible()
