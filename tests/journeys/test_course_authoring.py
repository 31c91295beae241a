"""A trainer writes a lesson with a film, an article and three questions; a second one approves; it is published."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.factories.films import film
from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
BODY = "lessons-0-value-body"


def test_a_lesson_is_written_approved_and_published(site, contexts, sign_in, tmp_path):
    seeded = json.loads(site.run("tests/journeys/course_seed.py").splitlines()[-1])
    pages = {}
    for name, screen in (("author", DESK), ("second", DESK), ("learner", PHONE)):
        context = contexts(**screen)
        sign_in(context, seeded[name])
        pages[name] = context.new_page()
    (tmp_path / "取证.mp4").write_bytes(film(90))
    address = _write(pages["author"], site.url, tmp_path / "取证.mp4")
    _approve(pages["second"], site.url, address)
    _appears(pages["learner"], site.url)


def _write(page, site, path):
    """From the desk straight into the editor; hands in; returns the address of the review."""
    page.goto(f"{site}/courses/manage/")
    page.locator("a[href='/courses/manage/write/']").click()
    page.locator("[name=title]").fill("摊点执法")
    page.locator("[name=category]").select_option(label="执法业务")
    _insert(page.locator("[data-contentpath=lessons]"))
    page.locator("[name=lessons-0-value-title]").fill("先亮证")
    _insert(page.locator("[data-contentpath=body]"), "视频")
    _film(page, path)
    _insert(page.locator("[data-contentpath=body]"), "法规条文")
    page.locator(f"[name={BODY}-1-value-citation]").fill("《云汐市摊点管理条例》第二条")
    for number in range(3):
        _question(page, number)
    _preview(page)
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("[name=action-submit]").click()
    expect(page).to_have_url(re.compile(r"/courses/manage/\d+/review/$"))
    expect(page.locator("main")).to_contain_text("先亮证")
    expect(page.locator("[value=approve]")).to_have_count(0)
    return page.url


def _insert(stream, name=""):
    """Add a block at the end of a stream; a name where there are several kinds."""
    stream.locator("button.c-sf-add-button").last.click()
    if name:
        stream.page.locator("[role=option]").filter(has_text=name).first.click()


def _film(page, path):
    page.locator(f"#{BODY}-0-value-film-chooser button:visible").first.click()
    modal = page.locator(".modal-body")
    modal.locator("[role=tab]").last.click()
    modal.locator("input[type=file]").set_input_files(path)
    modal.locator("input[name$=title]").fill("取证")
    modal.locator("#tab-upload [type=submit]").click()
    expect(page.locator(f"#{BODY}-0-value-film-chooser")).to_contain_text("取证")


def _question(page, number):
    """Put one question into the check at the end, found by its words."""
    check = page.locator("[data-contentpath=check]")
    check.locator("button.c-sf-add-button").last.click()
    chooser = page.locator(f"#lessons-0-value-check-{number}-value-chooser")
    chooser.locator("button:visible").first.click()
    modal = page.locator(".modal-body")
    modal.locator("[name=q]").fill(f"第{number + 1}问")
    modal.locator("[data-chooser-modal-choice]").filter(has_text=f"第{number + 1}问").click()
    expect(chooser).to_contain_text(f"第{number + 1}问")


def _preview(page):
    """What a phone shows, beside the editor."""
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("[data-preview-iframe], #w-preview-iframe, iframe[title]").last
    expect(shown.locator("main")).to_contain_text("执法人员不得少于两人。")


def _approve(page, site, address):
    page.goto(f"{site}/courses/manage/?state=in_review")
    page.locator(f"a[href='{address.removeprefix(site)}']").click()
    expect(page.locator("main")).to_contain_text("执法人员不得少于两人。")
    page.locator("[name=comment]").fill("内容准确")
    page.locator("[value=approve]").click()
    expect(page.locator("main")).to_contain_text("内容准确")


def _appears(page, site):
    """Learners find it, and see no desk."""
    page.goto(f"{site}/courses/")
    expect(page.locator("main")).to_contain_text("摊点执法")
    assert page.goto(f"{site}/courses/manage/").status == 403
