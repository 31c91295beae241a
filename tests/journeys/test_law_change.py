"""An amendment is scheduled; on its day the question leaves the draw and waits beside the words; it comes back."""

import json

import pytest

pytestmark = pytest.mark.browser
MOVED = "tests/journeys/moved_clock.py"

SEED = """
import django; django.setup()
import datetime, json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lianbing.kit import clock
from lianbing.library.formats.sources import Source
from lianbing.library.services import import_sources
from lianbing.people.models import RoleGrant, User
from lianbing.people.rules import SYSTEM, Role
from question_bank import services
from question_bank.models import KnowledgePoint
from question_bank.rules.draft import Draft
at, today = clock.now(), clock.today()
ahead = today + datetime.timedelta(days=2)
def law(published, holds, fine):
    day = "{0.year}年{0.month}月{0.day}日".format
    lines = ["# 云泊市占道经营管理规定", f"{day(published)} 公布", "<!-- INFO END -->",
             "第一条 为了加强市容管理，制定本规定。",
             f"第二条 擅自占用道路经营的，责令改正，处{fine}元罚款。",
             f"第三条 本规定自{day(holds)}起施行。"]
    return Source(f"{fine}.md", "\\n\\n".join(lines).encode())
old = datetime.date(2020, 1, 2)
sources = [law(old, old, "五百"), law(today, ahead, "一千")]
report = import_sources(sources=sources, by=SYSTEM, at=at)
from lianbing.library.models import LawEdition
LawEdition.objects.update(status="published")
from lianbing.library.services import effective
from lianbing.library.models import Law
effective.settle(law=Law.objects.get().pk, at=at)
bank = services.make_bank(slug="yunbo", name="基础题库", people_needed=1, by=SYSTEM, at=at)
KnowledgePoint.objects.get_or_create(name="市容管理")
draft = Draft.of_choice("single_choice", "占道经营的罚款由谁决定（　）？", ("城管部门", "物业"), (0,), point="市容管理",
                        citations=("《云泊市占道经营管理规定》第二条",), explanation="见第二条。")
made = services.create_question(bank=bank, draft=draft, by=SYSTEM, at=at)
services.publish(question=made, by=SYSTEM, at=at)
user = User.objects.create_user("W-legal", name="法制某")
RoleGrant.objects.create(user=user, role=Role.LEGAL, starts_on=datetime.date(2020, 1, 1))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.set_expiry(30 * 86400)
session.create()
print(json.dumps({"session": session.session_key}))
"""
DRAWN = "from question_bank.queries import drawable; from question_bank.models import QuestionBank; print(len(drawable(QuestionBank.objects.get())))"


def drawn(site):
    """How many questions a paper may draw now, by the clock of the site."""
    return int(site.run(MOVED, "shell", "-v", "0", "-c", DRAWN).splitlines()[-1])


def later(site, days):
    """The server was off, and comes back some days later."""
    site.stop()
    site.environment["MOVED_DAYS"] = str(days)
    site.command = (MOVED, "serve")
    site.start()


def test_a_question_follows_its_law(site, desk, phone, sign_in):
    seeded = json.loads(site.run("-c", SEED).splitlines()[-1])
    sign_in(desk, seeded["session"])
    page = desk.new_page()
    page.goto(f"{site.url}/")
    page.locator("a[href$='/impact/']").first.click()
    page.wait_for_selector(".change ins")
    assert "占道经营的罚款由谁决定" in page.inner_text(".citing")
    assert drawn(site) == 1

    later(site, days=3)
    assert drawn(site) == 0
    page.goto(f"{site.url}/")
    page.locator("a[href$='/bank/+law-changes/']").first.click()
    page.wait_for_selector(".change ins")
    assert "一千" in page.inner_text(".change ins")
    page.keyboard.press("j")
    page.keyboard.press("y")
    page.wait_for_selector(".empty")
    assert drawn(site) == 1

    sign_in(phone, seeded["session"])
    small = phone.new_page()
    small.goto(f"{site.url}/library/repeals/")
    assert small.evaluate("document.documentElement.scrollWidth") <= 360
