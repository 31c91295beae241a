"""A scheme from a preset, a month gathered, computed, confirmed by another, published; the officer opens a point
and appeals; HR upholds and corrects; both statements stay readable."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
# By hand: 20 points for case files, 40 for hours and drills earned nothing, 40 without entries are left out:
# 70 / 100 × 20 = 14, 14 / 60 × 100 = 23.33; corrected 95 / 100 × 20 = 19, 19 / 60 × 100 = 31.67.
BEFORE, AFTER = "23.33", "31.67"
LINE, LABEL = "案卷质量评分", "案卷评查得分"


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("-m", "tests.journeys.rating_seed", "begin").splitlines()[-1])


def press(page, address):
    """Open the confirmation of a step from the desk of the period."""
    page.click(f"a[href$='/do/{address}/']")


def yes(page):
    page.click("main form.confirm [type=submit]")


def adopt_a_preset(site, page, seeded):
    page.goto(f"{site.url}/ratings/schemes/new/")
    page.fill("[name=title]", "星级队员考核办法")
    page.check("[name=preset][value=star]")
    page.click("main form.form [type=submit]")
    page.click("a[href$='/adopt/']")
    page.fill("[name=starts_on]", seeded["starts_on"])
    page.check("[name=looked]")
    yes(page)
    expect(page.locator("h1")).to_have_text("星级队员考核办法")


def open_and_gather(site, page, seeded):
    page.goto(f"{site.url}/ratings/periods/new/")
    page.select_option("[name=span]", seeded["span"])
    page.select_option("[name=unit]", str(seeded["unit"]))
    page.select_option("[name=scheme]", index=1)
    page.click("main form.form [type=submit]")
    gather(page)


def gather(page):
    page.click("form[action$='/gather/'] [type=submit]")
    expect(page.locator("main li.list-row").first).to_be_visible()
    page.click("main a.btn-primary")


def review_and_publish(page, desk, site, leader):
    press(page, "reviewed")
    page.fill("[name=reason]", "逐项核对无误")
    yes(page)
    period = page.url
    press(page, "confirmed")
    page.check("[name=looked]")
    yes(page)
    expect(page.locator(".alert-bad")).to_be_visible()
    leader.goto(period)
    press(leader, "confirmed")
    leader.check("[name=looked]")
    yes(leader)
    page.goto(period)
    press(page, "published")
    yes(page)
    expect(page.locator(".rating-step.is-done")).to_have_count(6)
    return period


def narrow(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def open_the_point(site, page):
    page.goto(f"{site.url}/ratings/")
    page.click("table a")
    expect(page.locator(".rating-score strong")).to_have_text(BEFORE)
    result = page.url
    line = page.locator(".rating-line", has_text=LINE)
    line.locator("summary").click()
    assert narrow(page)
    line.locator(".rating-facts a", has_text=LABEL).click()
    expect(page.locator("main")).to_contain_text(LABEL)
    expect(page.locator("main")).to_contain_text("70")
    page.goto(result)
    return result


def test_from_the_scheme_to_the_corrected_statement(site, seeded, contexts, desk, phone, sign_in):
    boardroom = contexts(viewport={"width": 1440, "height": 900}, locale="zh-CN", service_workers="block")
    for context, who in ((desk, "hr"), (phone, "officer"), (boardroom, "leader")):
        sign_in(context, seeded[who])
    hr, officer, leader = desk.new_page(), phone.new_page(), boardroom.new_page()

    adopt_a_preset(site, hr, seeded)
    open_and_gather(site, hr, seeded)
    officer.goto(f"{site.url}/ratings/")
    expect(officer.locator(".empty")).to_be_visible()
    press(hr, "computed")
    yes(hr)
    period = review_and_publish(hr, desk, site, leader)

    old = open_the_point(site, officer)
    officer.click("a[href$='/appeal/']")
    officer.fill("[name=text]", "第三卷已补正归档，评查得分未计入，请核对。")
    officer.click("main form.form [type=submit]")
    assert narrow(officer)

    hr.goto(f"{site.url}/ratings/appeals/?state=filed")
    hr.click("table a")
    hr.check("[name=upheld][value=yes]")
    hr.fill("[name=decision]", "经核对确有漏登，更正为九十五分。")
    yes(hr)
    appeal = hr.url
    site.run("-m", "tests.journeys.rating_seed", "correct")
    hr.goto(period)
    gather(hr)
    hr.goto(appeal)
    hr.click("a[href*='/do/corrected/']")
    expect(hr.locator("[name=reason]")).to_have_value(re.compile("更正为九十五分"))
    yes(hr)
    review_and_publish(hr, desk, site, leader)

    officer.goto(old)
    expect(officer.locator(".rating-score strong")).to_have_text(BEFORE)
    officer.click(".alert-warn a")
    expect(officer.locator(".rating-score strong")).to_have_text(AFTER)
    expect(officer.locator("main")).to_contain_text("经核对确有漏登")
    hr.goto(period)
    expect(hr.locator("section table tbody tr")).to_have_count(2)
