"""A law is amended: written in the editor, seen and approved by a second person, read by all."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK

pytestmark = pytest.mark.browser


def test_an_amended_edition_is_written_reviewed_and_read(site, contexts, sign_in):
    seeded = json.loads(site.run("tests/journeys/law_seed.py").splitlines()[-1])
    pages = {}
    for name in ("author", "second", "superuser"):
        context = contexts(**DESK)
        sign_in(context, seeded[name])
        pages[name] = context.new_page()
    address = _write(pages["author"], site.url + seeded["law"])
    _nobody_but_a_second_person(pages, site.url, address)
    _approve(pages["second"], address)
    reader = pages["second"]
    expect(reader.locator("#art-4")).to_contain_text("处二百元罚款")
    expect(reader.locator("body")).to_contain_text("2026-11-01")
    pages["author"].goto(f"{site.url}/cms/snippets/library/lawdraft/")
    pages["author"].get_by_role("link", name="云汐市摊点管理条例").first.click()
    expect(pages["author"].locator("body")).to_contain_text("据此文本起草新版本")


def _write(page, law):
    """Write the next edition from the present one and submit it; returns the address of the review."""
    page.goto(law)
    page.get_by_role("link", name="据此文本起草新版本").click()
    page.get_by_role("button", name="开始起草").click()
    page.locator("[name=published_on]").fill("2026-11-01")
    page.keyboard.press("Escape")
    page.locator("[name=effective_on]").fill("2026-11-10")
    page.keyboard.press("Escape")
    body = page.locator("[name=body]")
    words = body.input_value().replace("第三条 违反规定的，处五十元罚款。", "")
    body.fill(f"{words.strip()}\n第三条 摊点应当保持整洁。\n第四条 违反规定的，处二百元罚款。")
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("[name=action-submit]").click()
    expect(page.locator(".messages")).to_be_visible()
    page.goto(re.sub(r"/library/.*", "/library/drafts/", law))
    page.get_by_role("link", name="云汐市摊点管理条例").click()
    expect(page.locator("main")).to_contain_text("您参与了本文本的起草")
    expect(page.locator("[value=approve]")).to_have_count(0)
    return page.url


def _nobody_but_a_second_person(pages, site, address):
    """Neither the superuser on our page nor in the editor has a button to approve or publish."""
    page = pages["superuser"]
    page.goto(address)
    expect(page.locator("main")).to_contain_text("修改内容")
    expect(page.locator("[value=approve]")).to_have_count(0)
    page.goto(f"{site}/cms/snippets/library/lawdraft/edit/{address.rstrip('/').rpartition('/')[2]}/")
    expect(page.locator("body")).to_contain_text("正由法制部门审核")
    expect(page.locator("[name=action-publish], [data-workflow-action-name=approve]")).to_have_count(0)


def _approve(page, address):
    """Step through the changes with the keyboard, then approve."""
    page.goto(address)
    expect(page.locator(".change-counts")).to_contain_text("新增")
    expect(page.locator(".change-added ins")).to_contain_text("摊点应当保持整洁")
    page.keyboard.press("j")
    expect(page.locator(".change:focus")).to_have_count(1)
    page.get_by_label("意见").fill("与公报一致")
    page.get_by_role("button", name="审核通过并发布").click()
    expect(page.locator("body")).to_contain_text("已通过并公布")
