"""A trainer writes a question with the keyboard; the legal section approves it; it may be drawn."""

import json

import pytest

pytestmark = pytest.mark.browser

SEED = """
import django; django.setup()
import datetime, json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lianbing.people.models import User
from lianbing.people.rules import SYSTEM, Role
from lianbing.people.models import RoleGrant
from question_bank import services
at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
services.make_bank(slug="yunxi", name="基础题库", people_needed=2, by=SYSTEM, at=at)
made = {}
for role in (Role.TRAINER, Role.LEGAL):
    user = User.objects.create_user(f"W-{role}", name=f"某{role}")
    RoleGrant.objects.create(user=user, role=role, starts_on=datetime.date(2020, 1, 1))
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    made[str(role)] = session.session_key
print(json.dumps(made))
"""


def test_from_the_keyboard_to_the_stock(site, desk, contexts, sign_in):
    sessions = json.loads(site.run("-c", SEED).splitlines()[-1])
    sign_in(desk, sessions["trainer"])
    page = desk.new_page()
    page.goto(f"{site.url}/bank/yunxi/new/single_choice/")
    page.fill("[name=stem]", "执法人员执法时不得少于（　）。")
    for place, text in enumerate(["一人", "二人", "三人"]):
        page.locator("[data-text]").nth(place).fill(text)
    page.locator("[data-remove]").nth(3).click()
    page.locator("[data-text]").nth(2).press("Enter")
    page.keyboard.type("四人")
    assert page.locator("[data-letter]").all_text_contents() == ["A", "B", "C", "D"]
    page.locator("[data-right]").nth(1).check()
    page.fill("[name=point]", "执法程序")
    page.fill("[name=citations]", "《云汐市市容环境管理条例》第三十三条")
    page.locator("main form .btn-primary").click()
    page.wait_for_selector(".question-options .is-right")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_selector(".badge-warn")

    legal = contexts(locale="zh-CN")
    sign_in(legal, sessions["legal"])
    other = legal.new_page()
    other.goto(page.url)
    other.locator("form[action$='/publish/'] button").click()
    other.wait_for_selector(".badge-ok")
    other.goto(f"{site.url}/bank/yunxi/?state=published")
    assert other.locator("table.table-cards tbody tr").count() == 1
