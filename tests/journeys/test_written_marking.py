"""A paper with sections and a short answer: taken on a phone, marked by keyboard, released, explained."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def exam(site):
    return json.loads(site.run("-m", "tests.journeys.written_seed").splitlines()[-1])


def _take(site, exam, page):
    """Right, half of the right options, and a text."""
    candidate = Candidate(site, exam, page).open()
    head = page.locator(".exam-section")
    expect(head.locator("summary")).to_contain_text("一、单项选择题")
    expect(head).to_have_attribute("open", "")
    page.locator('#question input[value="a1"]').locator("xpath=..").click()
    candidate.next()
    expect(head).to_contain_text("多选、错选不得分。")
    page.locator('#question input[value="a1"]').locator("xpath=..").click()
    candidate.next()
    page.fill("#question textarea", "应当先责令改正，并告知陈述和申辩的权利。")
    candidate.expect_saved()
    candidate.hand_in()


def _close_and_be_told(site, exam, page):
    page.goto(f"{site.url}/exams/sittings/{exam['sitting']}/close/")
    page.fill("[name=reason]", "全部考生已交卷")
    page.click("main form button.btn-primary, main form button.btn-danger")
    page.goto(f"{site.url}/exams/sittings/{exam['sitting']}/release/")
    expect(page.locator(".alert-warn")).to_contain_text("1")
    expect(page.locator("main form")).to_have_count(0)


def _mark_by_keyboard(site, exam, page):
    page.goto(f"{site.url}/exams/marking/")
    page.locator("main a", has_text="法制业务考试").click()
    expect(page.get_by_role("button", name="评阅下一份")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".marking-text")).to_contain_text("应当先责令改正")
    assert exam["name"] not in page.content()
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("2")
    expect(page.locator("[data-sum]")).to_have_text("3.5")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/exams/marking/{exam['sitting']}/")
    page.goto(f"{site.url}/exams/marking/{exam['sitting']}/last/")
    page.keyboard.press("2")
    expect(page.locator("[data-sum]")).to_have_text("2")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/exams/marking/{exam['sitting']}/")


def test_taken_marked_released_and_explained(site, exam, phone, desk, contexts, sign_in):
    sign_in(phone, exam["session"])
    taker = phone.new_page()
    _take(site, exam, taker)
    sign_in(desk, exam["admin"])
    admin = desk.new_page()
    _close_and_be_told(site, exam, admin)
    bench = contexts(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    sign_in(bench, exam["marker"])
    _mark_by_keyboard(site, exam, bench.new_page())
    admin.reload()
    admin.click("main form button")
    taker.goto(f"{site.url}/exams/attempts/{exam['attempt']}/result/")
    expect(taker.locator(".big-number")).to_contain_text("9.5")
    sums = taker.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert [one.strip() for one in sums] == ["5", "2.5", "2", "9.5"]
    whys = taker.locator(".why")
    expect(whys).to_have_count(3)
    expect(whys.nth(1)).to_contain_text("1")
    expect(whys.nth(2).locator(".badge-ok")).to_have_count(1)
    expect(whys.nth(2).locator(".badge-muted")).to_have_count(1)
    assert taker.evaluate("document.documentElement.scrollWidth <= 360")
