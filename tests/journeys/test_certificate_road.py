"""From exams and hours to the register, suspended by a person after a failed change exam, and reinstated."""

import json
import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MINUTE = 60


@pytest.fixture(scope="module")
def seeded(site):
    return step(site, "bureau")


@pytest.fixture
def staff(contexts, sign_in, seeded):
    """Pages of HR, the leader and the officer, and of a stranger in the street."""

    def page(width, session=None):
        context = contexts(viewport={"width": width, "height": 900}, locale="zh-CN", service_workers="block")
        if session:
            sign_in(context, seeded[session])
        return context.new_page()

    return {
        "hr": page(1440, "hr"),
        "leader": page(1440, "leader"),
        "officer": page(360, "officer"),
        "anybody": page(360),
    }


def test_the_road_to_the_certificate_and_back(site, seeded, staff):
    hr, officer = staff["hr"], staff["officer"]
    needs(site, officer, 3)
    step(site, "exam")
    needs(site, officer, 1)
    state_with_a_document(site, hr, seeded)
    needs(site, officer, 0)
    off_duty_everywhere(site, staff, seeded)

    enter_in_the_register(site, hr, seeded)
    on_duty_everywhere(site, staff, seeded)

    step(site, "failed")
    open_the_proposal(site, hr)
    on_duty_everywhere(site, staff, seeded)
    answer(site, officer, "当日值守防汛，请求补考。")
    open_the_proposal(site, hr)
    expect(hr.locator("main")).to_contain_text("当日值守防汛")
    confirm(hr, "云城执〔停〕1号")
    off_duty_everywhere(site, staff, seeded)

    step(site, "trained")
    step(site, "passed")
    open_the_proposal(site, hr)
    confirm(hr, "云城执〔复〕1号")
    on_duty_everywhere(site, staff, seeded)


def step(site, name):
    """Let something happen outside the browser."""
    return json.loads(site.run("-m", "tests.journeys.road_seed", name).splitlines()[-1])


def needs(site, page, count):
    """The officer reads on a phone how many requirements are still missing."""
    page.goto(f"{site.url}/certificates/eligibility/")
    expect(page.locator("main section.card h2 .badge").first).to_have_text(str(count))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def state_with_a_document(site, page, seeded):
    """The public exam was held by the justice department: HR enters it with its document."""
    page.goto(f"{site.url}/certificates/eligibility/people/?standing=lacks")
    page.click("main tbody th a")
    page.click("main a[href$='/state']")
    page.select_option("[name=part]", "public_exam")
    page.fill("[name=on]", "2026-03-02")
    page.fill("[name=document_no]", "云司通〔2026〕41号")
    page.click("main form .btn-primary")
    expect(page.locator("main table")).to_contain_text("云司通〔2026〕41号")


def enter_in_the_register(site, page, seeded):
    """From the list of those who may apply to the issue of the card by the justice department."""
    page.goto(f"{site.url}/certificates/eligibility/people/?standing=ready")
    page.click("main tbody th a")
    page.click("a[href*='/certificates/enforcement/new/']")
    page.check("[name=how][value=passed]")
    page.click("main form .btn-primary")
    page.click("a[href$='/issued/']")
    page.fill("[name=certificate_no]", "云A0100001")
    page.fill("[name=document_no]", "云司证〔2026〕7号")
    page.click("main form .btn-primary")
    expect(page.locator("main .badge-ok").first).to_be_visible()


def places(site, staff, seeded):
    """Everywhere where it shows whether the officer is on duty: page, address, and the mark to look at."""
    row = "main tr:has-text('陈小满')"
    return [
        (staff["hr"], f"/people/{seeded['pk']}/", "main dl"),
        (staff["hr"], "/people/", row),
        (staff["hr"], "/certificates/enforcement/", row),
        (staff["anybody"], f"/roster/{seeded['roster']}/", "main tbody"),
    ]


def on_duty_everywhere(site, staff, seeded):
    for page, address, where in places(site, staff, seeded):
        page.goto(site.url + address)
        expect(page.locator(where).locator(".badge-ok").first).to_be_visible()
        expect(page.locator(where).locator(".badge-bad")).to_have_count(0)
    alarms(site, staff, 0)
    staff["officer"].goto(f"{site.url}/certificates/")
    expect(staff["officer"].locator("main .badge-bad")).to_have_count(0)


def off_duty_everywhere(site, staff, seeded):
    """The same minute: on every list, on the front pages of HR and the leader, and for the officer."""
    for page, address, where in places(site, staff, seeded)[:2]:
        page.goto(site.url + address)
        expect(page.locator(where).locator(".badge-bad").first).to_be_visible()
    staff["anybody"].goto(f"{site.url}/roster/{seeded['roster']}/")
    expect(staff["anybody"].locator("main tbody .badge-ok")).to_have_count(0)
    alarms(site, staff, 1)
    staff["hr"].goto(f"{site.url}/certificates/enforcement/alarms/")
    expect(staff["hr"].locator("main")).to_contain_text("陈小满")


def alarms(site, staff, count):
    """The front pages of HR and the leader say how many are posted on enforcement and not on duty."""
    staff["hr"].goto(site.url)
    tile = staff["hr"].locator("a.tile[href='/certificates/enforcement/alarms/'] .tile-number")
    expect(tile).to_have_text(str(count))
    staff["leader"].goto(site.url)
    expect(staff["leader"].locator(".panel:has-text('陈小满')")).to_have_count(count)


def open_the_proposal(site, page):
    """It is made by itself within a minute; HR comes to it from the front page."""
    end = time.monotonic() + MINUTE
    waiting = page.locator("a.tile[href='/certificates/proposals/']")
    page.goto(site.url)
    while waiting.locator(".tile-number").inner_text() != "1":
        assert time.monotonic() < end, "no proposal was made"
        time.sleep(1)
        page.reload()
    waiting.click()
    page.click("main tbody th a")


def answer(site, page, text):
    """The officer is told on the front page, and says something."""
    page.goto(site.url)
    page.locator("main .panel-urgent a[href*='/certificates/proposals/']").first.click()
    page.fill("textarea[name=text]", text)
    page.click("main form .btn-primary")
    expect(page.locator("main .prewrap")).to_have_text(text)


def confirm(page, number):
    """HR decides on a document; nothing is decided without a deliberate yes."""
    page.click("a[href$='/confirm']")
    page.fill("[name=document_no]", number)
    page.click("main .btn-danger")
    expect(page.locator("[name=confirmed]")).not_to_be_checked()
    page.check("[name=confirmed]")
    page.click("main .btn-danger")
    expect(page.locator("main")).to_contain_text(number)
