"""Somebody moves to another squad and post: their list, path and tasks change; what they did stays (R67)."""

import json
import time

import pytest
from playwright.sync_api import expect

from lianbing.kit import clock

pytestmark = pytest.mark.browser
MINUTE = 60


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("-m", "tests.journeys.training_seed", "move").splitlines()[-1])


def test_tasks_follow_the_post_within_a_minute(site, seeded, desk, phone, sign_in):
    sign_in(phone, seeded["officer"])
    sign_in(desk, seeded["keeper"])
    page = phone.new_page()
    page.goto(f"{site.url}/courses/tasks/")
    expect(to_do(page)).to_have_count(2)
    confirm(page, "滨河辖区情况")
    expect(to_do(page)).to_contain_text(["夜市管理要点"])

    move(site, desk.new_page(), seeded)
    soon(page, "审核意见怎么写")
    expect(to_do(page)).to_contain_text(["古城保护条例"])
    expect(to_do(page)).to_have_count(2)
    expect(page.locator("main li", has_text="夜市管理要点")).to_have_count(0)
    expect(page.locator("main li", has_text="滨河辖区情况").locator(".badge-ok")).to_be_visible()


def to_do(page):
    return page.locator("main li:has(form)")


def confirm(page, title):
    page.locator("main li", has_text=title).locator("button").click()
    page.locator("dialog[open] button", has_text="已阅").click()
    expect(page.locator("main li", has_text=title).locator(".badge-ok")).to_be_visible()


def move(site, page, seeded):
    page.goto(f"{site.url}/people/{seeded['pk']}/move/")
    page.select_option("[name=unit]", str(seeded["unit"]))
    page.select_option("[name=post]", str(seeded["post"]))
    page.fill("[name=starts_on]", clock.today().isoformat())
    page.fill("[name=reason]", "轮岗交流")
    page.locator("main form button[type=submit].btn-primary").click()
    expect(page.locator("h1")).to_contain_text("陈小满")


def soon(page, title):
    """The task stands there within a minute, however often one looks."""
    end = time.monotonic() + MINUTE
    while True:
        page.reload()
        try:
            expect(page.locator("main li", has_text=title)).to_be_visible(timeout=2000)
        except AssertionError:
            assert time.monotonic() < end, f"{title}: not there after a minute"
        else:
            return
