"""A squad's plan: not without a measure, approved from above, done when a session that names the line is closed."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOVED = "tests/journeys/moved_clock.py"
ZONE = ZoneInfo("Asia/Shanghai")
LINE = "季度学习日"


@pytest.fixture(scope="module")
def day(site):
    """Tomorrow in Shanghai. The site comes up at its noon, so that a morning lies behind and the day ahead."""
    noon = datetime.datetime.combine(
        datetime.datetime.now(ZONE) + datetime.timedelta(days=1), datetime.time(12), ZONE
    )
    site.stop()
    site.environment["MOVED_DAYS"] = str((noon - datetime.datetime.now(ZONE)) / datetime.timedelta(days=1))
    site.command = (MOVED, "serve")
    site.start()
    return noon.date()


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("-m", "tests.journeys.training_seed", "plan").splitlines()[-1])


def test_a_plan_is_approved_and_done(site, seeded, day, desk, contexts, sign_in):
    sign_in(desk, seeded["trainer"])
    above = contexts(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    sign_in(above, seeded["leader"])
    trainer, leader = desk.new_page(), above.new_page()

    begin(site, trainer, seeded, day)
    press(trainer, "form[action$='/submit/'] button")
    expect(trainer.locator(".alert-bad", has_text=LINE)).to_contain_text("衡量指标")
    leader.goto(trainer.url)
    expect(leader.locator("h1")).to_contain_text("滨河中队")
    expect(leader.locator("main a[href$='/decide/']")).to_have_count(0)

    complete(trainer, day)
    press(trainer, "form[action$='/submit/'] button")
    leader.goto(trainer.url)
    press(leader, "a[href$='/decide/']")
    press(leader, "button[name=approve]")
    expect(leader.locator("main .badge", has_text="已批准").first).to_be_visible()
    expect(leader.locator("main .table-cards tbody tr")).to_contain_text(["0 · 0.0%"])

    hold(site, trainer, seeded, day)
    leader.reload()
    expect(leader.locator("main .table-cards tbody tr")).to_contain_text(["1 · 100.0%"])


def press(page, selector):
    page.locator(f"main {selector}").first.click()


def begin(site, page, seeded, day):
    """A plan of one line that says no more than its title."""
    page.goto(f"{site.url}/training/plans/new/")
    page.select_option("[name=unit]", str(seeded["squad"]))
    page.select_option("[name=year]", str(day.year))
    press(page, "form button.btn-primary")
    press(page, "a[href$='/lines/new/']")
    page.fill("[name=title]", LINE)
    press(page, "form button.btn-primary")
    expect(page.locator("main tbody tr")).to_have_count(1)


def complete(page, day):
    """The line says how it is measured, how much, by whom and until when."""
    page.locator("main tbody a", has_text=LINE).click()
    page.select_option("[name=measure]", "classes")
    page.fill("[name=target]", "1")
    page.fill("[name=owner]", "陈小满")
    page.fill("[name=due_on]", day.replace(month=12, day=31).isoformat())
    press(page, "form button.btn-primary")
    expect(page.locator("main tbody tr")).to_contain_text(["陈小满"])


def hold(site, page, seeded, day):
    """The morning's study day is recorded for the line: everybody was there, and it is closed."""
    page.goto(f"{site.url}/training/sessions/new/")
    page.select_option("[name=kind]", "study_day")
    page.select_option("[name=category]", label="执法业务")
    page.fill("[name=topic]", LINE)
    page.fill("[name=starts_at]", f"{day.isoformat()}T09:00")
    page.fill("[name=ends_at]", f"{day.isoformat()}T10:30")
    page.locator("[name=plan_line]").select_option(index=1)
    page.locator(f"[name=audience-units][value='{seeded['path']}']").check()
    press(page, "form:not([role=search]) button.btn-primary")
    press(page, "form[action$='/roll/open/'] button")
    page.goto(page.url.replace("/code/", "/roll/"))
    press(page, ".roll-row button[value=present]")
    expect(page.locator(".roll-row .badge-ok")).to_be_visible()
    press(page, "a[href$='/roll/close/']")
    press(page, "form:not([role=search]) button.btn-primary")
    expect(page.locator("main a[href$='/roll/close/']")).to_have_count(0)
