"""The legal section circulates a rule; an officer reads it on a phone, passes the check, confirms; the squad list."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser


def test_a_rule_is_circulated_read_and_followed(site, contexts, sign_in):
    seeded = json.loads(site.run("tests/journeys/circular_seed.py").splitlines()[-1])
    pages = {}
    for name, screen in (("legal", DESK), ("officer", PHONE), ("leader", DESK)):
        context = contexts(**screen)
        sign_in(context, seeded[name])
        pages[name] = context.new_page()
    _circulate(pages["legal"], site.url + seeded["document"])
    _read(pages["officer"], site.url, seeded["right"])
    _follow(pages["leader"], site.url)


def _circulate(page, address):
    page.goto(address)
    page.get_by_role("link", name="传阅", exact=True).click()
    page.get_by_label("滨河中队").check()
    page.get_by_label("题干关键词").fill("亮证")
    page.get_by_role("button", name="查找试题").click()
    page.get_by_label("先亮证后执法").check()
    expect(page.get_by_label("滨河中队")).to_be_checked()
    page.get_by_role("button", name="传阅", exact=True).click()
    expect(page.locator("main")).to_contain_text("周未阅")


def _read(page, site, right):
    """From the front page to the check, through a wrong answer, to the button at the end of the text."""
    page.goto(site)
    page.get_by_role("link", name="三十严禁").click()
    page.get_by_role("link", name="进入小测验").click()
    page.locator(f"main input[type=radio]:not([value='{right}'])").first.check()
    page.get_by_role("button", name="发送").click()
    expect(page.locator("main")).to_contain_text("两人以上。")
    page.get_by_role("link", name="再答一次").click()
    page.locator(f"main input[value='{right}']").check()
    page.get_by_role("button", name="发送").click()
    page.get_by_role("link", name="返回正文").click()
    button = page.get_by_role("button", name="已阅")
    expect(button).to_be_disabled()
    button.scroll_into_view_if_needed()
    expect(button).to_be_enabled()
    button.click()
    expect(page.locator("main")).to_contain_text("已于")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _follow(page, site):
    page.goto(f"{site}/library/circulations/")
    page.get_by_role("link", name="三十严禁").click()
    page.get_by_role("link", name="未阅").first.click()
    expect(page.locator("tbody").last).to_contain_text("周未阅")
    expect(page.locator("tbody").last).not_to_contain_text("陈小满")
