"""A trainer filters a bank, moves the ticked questions to a pool, takes it back, and reads the map."""

import json

import pytest

pytestmark = pytest.mark.browser

SEED = """
import django; django.setup()
import datetime, json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lianbing.people.models import RoleGrant, User
from lianbing.people.rules import SYSTEM, Role
from question_bank import services
from question_bank.rules.draft import Draft
at = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
bank = services.make_bank(slug="yunxi", name="基础题库", by=SYSTEM, at=at)
for stem, point in [("围挡的高度", "市容/工地"), ("招牌的亮灯", "市容/广告"), ("听证的期限", "程序")]:
    draft = Draft.of_choice(
        "single_choice", f"{stem}是（　）。", ("甲", "乙"), (0,), point=point, citations=("《某条例》第一条",)
    )
    made = services.create_question(bank=bank, draft=draft, by=SYSTEM, at=at)
    services.publish(question=made, by=SYSTEM, at=at)
user = User.objects.create_user("W-1", name="某教员")
RoleGrant.objects.create(user=user, role=Role.TRAINER, starts_on=datetime.date(2020, 1, 1))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
print(json.dumps(session.session_key))
"""
POOLS = "select pool, count(*) from question_bank_question group by pool order by pool"


def test_filter_tick_move_undo_and_read_the_map(site, desk, sign_in):
    sign_in(desk, json.loads(site.run("-c", SEED).splitlines()[-1]))
    page = desk.new_page()
    page.goto(f"{site.url}/bank/yunxi/")
    rows = page.locator(".desk-list tbody tr")
    assert rows.count() == 3
    tree = page.locator("#id_point option", has_text="市容").first
    page.select_option("#id_point", tree.get_attribute("value"))
    page.wait_for_selector(".chip")
    assert rows.count() == 2
    page.check("[data-tick-all]")
    assert page.locator("input[name=question]:checked").count() == 2
    page.select_option("#bulk select", "pool:exam")
    page.click("#bulk button")
    page.click(".confirm .btn-primary")
    page.wait_for_selector("form[action$='/undo/']")
    assert site.rows(POOLS) == [("drill", 1), ("exam", 2)]
    page.click("form[action$='/undo/'] button")
    page.wait_for_selector(".alert-ok")
    assert site.rows(POOLS) == [("drill", 3)]

    page.goto(f"{site.url}/bank/yunxi/coverage/")
    page.locator(".heat-map a.heat").first.click()
    page.wait_for_selector(".chip")
    assert rows.count() == 1
    assert page.locator(".chip").count() == 3
