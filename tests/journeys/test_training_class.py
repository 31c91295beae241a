"""A class from its making to the hours in the officer's own page; the clock of the site moves along the day."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOVED = "tests/journeys/moved_clock.py"
ZONE = ZoneInfo("Asia/Shanghai")
MORNING, BEGINNING, NOON = datetime.time(9, 0), datetime.time(9, 58), datetime.time(11, 40)
CLASS, LECTURE = "秋季执法培训班", "行政处罚程序与证据"

SEED = """
import django; django.setup()
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from lianbing.people.rules import Role
from tests.factories import people, training
def session_for(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.set_expiry(30 * 86400)
    session.create()
    return session.session_key
with transaction.atomic():
    bureau = people.unit("云汐市城管局")
    squad = people.unit("滨河中队", bureau)
    for name in ("法制教育", "执法业务"):
        training.category(code={"法制教育": "legal"}.get(name, "practice"), name=name)
    officer, other = (people.officer(squad, name=name) for name in ("陈小满", "周未到"))
    trainer = people.staff(Role.TRAINER, unit=squad, name="吴教官")
print(json.dumps({"officer": session_for(officer.user), "trainer": session_for(trainer), "squad": squad.path}))
"""


@pytest.fixture(scope="module")
def day():
    """Tomorrow in Shanghai: the day of the class, always ahead of the machine's clock."""
    return datetime.datetime.now(ZONE).date() + datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def at(site, day):
    """Let the site come back at a time of that day: `at(MORNING)`."""

    def turn(time):
        site.stop()
        ahead = datetime.datetime.combine(day, time, ZONE) - datetime.datetime.now(ZONE)
        site.environment["MOVED_DAYS"] = str(ahead / datetime.timedelta(days=1))
        site.command = (MOVED, "serve")
        site.start()

    return turn


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("-c", SEED).splitlines()[-1])


def test_a_class_gives_its_hours(site, seeded, at, day, desk, phone, sign_in):
    sign_in(desk, seeded["trainer"])
    sign_in(phone, seeded["officer"])
    trainer, officer = desk.new_page(), phone.new_page()

    at(MORNING)
    make_the_class(site, trainer, seeded, day)
    draw_everybody(trainer)
    plan_the_lecture(trainer)
    announce(trainer)
    officer.goto(f"{site.url}/training/")
    expect(officer.locator(".timetable-row")).to_contain_text(["10:00–11:30"])
    expect(officer.locator(".timetable-row")).to_contain_text([LECTURE])
    fits(officer)

    at(BEGINNING)
    roll = open_the_roll(site, trainer)
    sign_in_by_code(site, officer, trainer)
    trainer.goto(roll)
    expect(trainer.locator(".roll-row", has_text="陈小满").locator(".badge-ok")).to_be_visible()

    at(NOON)
    close(trainer, roll)
    hours_stand(site, officer, day)
    site.stop()


def fits(page):
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def submit(page):
    page.locator("main form:not([role=search]) button[type=submit].btn-primary").last.click()


def make_the_class(site, page, seeded, day):
    page.goto(f"{site.url}/training/manage/")
    page.goto(f"{site.url}/training/classes/new/")
    page.fill("[name=title]", CLASS)
    page.select_option("[name=kind]", "in_service")
    page.select_option("[name=category]", label="法制教育")
    for name in ("starts_on", "ends_on"):
        page.fill(f"[name={name}]", day.isoformat())
    page.select_option("[name=unit]", label="滨河中队")
    tick = page.locator(f"[name=audience-units][value='{seeded['squad']}']")
    if not tick.is_visible():
        page.locator("details:has([name=audience-units]) summary").click()
    tick.check()
    submit(page)
    expect(page.locator("h1")).to_have_text(CLASS)
    expect(page.locator("main tbody tr")).to_have_count(1)


def draw_everybody(page):
    page.locator("a[href$='/batches/1/']").click()
    page.locator("a[href$='/batches/1/draw/']").first.click()
    for tick in page.locator("[name=officer]").all():
        tick.check()
    submit(page)
    expect(page.locator("main tbody tr")).to_have_count(2)


def plan_the_lecture(page):
    page.locator("a[href$='/timetable/']").first.click()
    page.locator("a[href$='/timetable/new/']").first.click()
    page.fill("[name=begins]", "10:00")
    page.fill("[name=ends]", "11:30")
    page.fill("[name=topic]", LECTURE)
    page.fill("[name=place]", "三楼会议室")
    submit(page)
    expect(page.locator(".timetable-row")).to_contain_text([LECTURE])


def announce(page):
    page.goto(re.sub(r"/batches/.*", "/", page.url))
    page.locator("a[href$='/announce/']").click()
    submit(page)
    expect(page.locator("a[href$='/announce/']")).to_have_count(0)


def open_the_roll(site, page):
    """The trainer opens the session, which leads to the code for the wall; the address of its list."""
    page.goto(f"{site.url}/training/rolls/")
    page.locator("main a", has_text=LECTURE).first.click()
    expect(page.locator("form[action$='/roll/open/']")).to_be_visible()
    roll = page.url.partition("?")[0]
    page.locator("form[action$='/roll/open/'] button").click()
    expect(page.locator("#expected")).to_have_text("2")
    return roll


def sign_in_by_code(site, phone_page, wall):
    """The officer finds the session by themselves and types the digits on the wall."""
    phone_page.goto(f"{site.url}/training/")
    phone_page.locator("a[href*='/training/sign-in/']").first.click()
    shown = wall.locator("#digits").inner_text()
    expect(wall.locator("#digits")).not_to_have_text(shown, timeout=20000)
    phone_page.fill("#code", wall.locator("#digits").inner_text())
    phone_page.click("form[data-typed] button[type=submit]")
    expect(phone_page.locator(".signed")).to_be_visible()
    fits(phone_page)


def close(page, roll):
    """Who never came is named; the trainer says so, and the minutes are granted."""
    page.goto(roll)
    page.locator("a[href$='/roll/close/']").click()
    expect(page.locator(".alert-warn")).to_contain_text("周未到")
    submit(page)
    expect(page.locator("main form [name=rest_absent]")).to_be_visible()
    page.locator("[name=rest_absent]").check()
    submit(page)
    expect(page.locator(".roll-row", has_text="周未到").locator(".badge-bad")).to_be_visible()


def hours_stand(site, page, day):
    """Ninety minutes are two lessons of 45: in the officer's own hours, in their file, and in no one else's."""
    page.goto(f"{site.url}/training/hours/?year={day.year}")
    row = page.locator("main tbody tr", has_text=LECTURE)
    expect(row).to_have_count(1)
    expect(row.locator("td.num")).to_have_text("2")
    fits(page)
    page.goto(f"{site.url}/training/file/?year={day.year}")
    expect(page.locator("main tbody tr", has_text=CLASS).locator("td.num").first).to_have_text("2")
    assert site.rows("SELECT count(*), sum(hours) FROM training_hourentry") == [(1, 2)]
