"""A reader opens a law on a phone, goes to an item, copies its citation, and looks at the text of another day."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SEED = """
import django; django.setup()
import datetime, json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lianbing.library.services import import_text
from lianbing.people.models import RoleGrant, User
from lianbing.people.rules import SYSTEM, Role
at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
def edition(day, words):
    lines = ["# 云汐市测试条例", day + " 通过", "<!-- INFO END -->", "## 第一章 总则"]
    lines += [f"第{n}条 " + words + "。" * 60 for n in "一二三四五六七八九"]
    lines += ["## 第二章 罚则", "第十条 有下列情形之一的，" + words + "：", "（一）甲；", "（二）乙。", "另有规定的除外。"]
    import_text(data="\\n\\n".join(lines).encode(), file_name="law.md", by=SYSTEM, at=at)
edition("2018年1月2日", "从前的文本")
edition("2024年1月2日", "现在的文本")
user = User.objects.create_user("L-1", name="某法制")
RoleGrant.objects.create(user=user, role=Role.LEGAL, starts_on=datetime.date(2020, 1, 1))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
print(json.dumps(session.session_key))
"""


@pytest.fixture(scope="module")
def session(site):
    return json.loads(site.run("-c", SEED).splitlines()[-1])


@pytest.fixture
def page(site, phone, sign_in, session):
    sign_in(phone, session)
    phone.grant_permissions(["clipboard-read"], origin=site.url)
    return phone.new_page()


def in_view(page, selector):
    """Whether a piece stands between the bars at the top and at the bottom of the screen."""
    top, height = page.evaluate(
        "(one) => [document.querySelector(one).getBoundingClientRect().top, innerHeight]", selector
    )
    return 50 <= top <= height - 150


def test_an_item_is_found_highlighted_and_cited(site, page):
    page.goto(f"{site.url}/library/云汐市测试条例/#art-10-p1-i2")
    page.wait_for_selector("#art-10-p1-i2.is-chosen")
    assert in_view(page, "#art-10-p1-i2")
    assert page.locator("#law-tools select option:checked").text_content() == "第一款第二项"
    page.locator("[data-copy=cite]").click()
    expect(page.locator(".law-told")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == "《云汐市测试条例》第十条第一款第二项"
    assert page.locator("[data-here]").text_content() == "第二章 罚则"


def test_without_the_clipboard_of_https_it_is_copied_all_the_same(site, page):
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(f"{site.url}/library/云汐市测试条例/")
    page.locator("#art-3 .law-number").click()
    page.locator("[data-copy=cite]").click()
    expect(page.locator(".law-told")).to_contain_text("第三条")
    assert page.evaluate("navigator.clipboard.readText()") == "《云汐市测试条例》第三条"
    page.locator("[data-copy=link]").click()
    expect(page.locator(".law-told")).to_contain_text("#art-3")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/2024-01-02/#art-3")


def test_the_text_of_another_day_and_the_way_back(site, page):
    page.goto(f"{site.url}/library/云汐市测试条例/")
    page.locator("#id_on").fill("2019-05-01")
    page.locator(".law-asof button").click()
    page.wait_for_url("**/?on=2019-05-01")
    assert "从前的文本" in page.locator("#art-1").text_content()
    page.locator("#contents summary").click()
    page.locator('#contents a[href="#h-2"]').click()
    assert "on=2019-05-01" in page.url
    assert in_view(page, "#h-2")
    assert page.locator("#contents").get_attribute("open") is None
    page.locator("#art-10 .law-number").click()
    page.locator("[data-copy=cite]").click()
    expect(page.locator(".law-told")).to_contain_text("2018年1月2日版")
    page.locator(".law-mark a").first.click()
    page.wait_for_selector("#art-1")
    assert "现在的文本" in page.locator("#art-1").text_content()


def test_large_type_is_remembered(site, page):
    page.goto(f"{site.url}/library/云汐市测试条例/")
    page.locator("[data-large]").click()
    page.reload()
    assert page.locator("html.large-type").count() == 1
    assert page.locator("[data-large]").get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_the_keyboard(site, page):
    page.goto(f"{site.url}/library/云汐市测试条例/")
    page.locator("#art-10 .law-number").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.copy") == "cite"
    page.locator("#law-piece").select_option("art-10-p2")
    page.wait_for_selector("#art-10-p2.is-chosen")
    page.locator("#law-piece").press("Escape")
    assert page.locator("#law-tools").is_hidden()
    assert page.evaluate("document.activeElement.closest('article').id") == "art-10"


def test_from_a_word_to_the_citation_of_an_earlier_text(site, page):
    """Search a word, open the article, see the text of an earlier year, copy its citation."""
    page.goto(f"{site.url}/library/")
    page.locator("main input[name=q]").first.fill("乙")
    page.keyboard.press("Enter")
    page.locator("main a", has_text="第十条").first.click()
    page.wait_for_selector("#art-10")
    assert "现在的文本" in page.inner_text("#art-10")
    page.locator("#id_on").fill("2019-05-01")
    page.locator("#id_on").press("Enter")
    page.wait_for_url("**on=2019-05-01**")
    assert "从前的文本" in page.inner_text("#art-10")
    page.locator("#art-10 .law-number").click()
    page.locator("[data-copy=cite]").click()
    expect(page.locator(".law-told")).not_to_be_empty()
    cited = page.evaluate("navigator.clipboard.readText()")
    assert cited.startswith("《云汐市测试条例》")
    assert "第十条" in cited
    assert "2018" in cited
