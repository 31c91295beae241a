"""Forty people sign in by the code on the wall: by QR address, by digits, one without signal, one too late."""

import json
import re
import threading
import time
import uuid

import httpx
import pytest
from playwright.sync_api import expect

from courses.training.rules import sign_in_codes
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser
HTTP = 37


@pytest.fixture(scope="module")
def seed(site):
    """A session that is open now, with forty people on its roll."""
    return json.loads(site.run("tests/journeys/attendance_seed.py", '{"people": 40}').splitlines()[-1])


def code(seed, steps=0):
    """The code in the QR address, so many slots from now."""
    slot = sign_in_codes.slot_of(time.time()) + steps
    return sign_in_codes.long_code(uuid.UUID(seed["session"]), seed["secret"], slot)


def by_address(site, seed, who, told):
    """A phone that opens the address in the QR code and taps once."""
    with httpx.Client(
        base_url=site.url, timeout=30, trust_env=False, cookies={"sessionid": who["session"]}
    ) as http:
        address = f"/training/sign-in/{seed['session']}/"
        page = http.get(address, params={"c": code(seed)}).text
        said = {
            name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]
            for name in ("csrfmiddlewaretoken", "proof")
        }
        answer = http.post(address, data=said | {"act": "in"}, headers={"accept": "application/json"})
        told.append(answer.json()["ok"])


def test_forty_sign_in_from_the_wall(site, seed, desk, contexts, sign_in):
    sign_in(desk, seed["trainer"])
    wall = desk.new_page()
    wall.goto(f"{site.url}/training/sessions/{seed['session']}/code/")
    expect(wall.locator("#picture svg")).to_be_visible()
    expect(wall.locator("#expected")).to_have_text("40")

    told = []
    crowd = [
        threading.Thread(target=by_address, args=(site, seed, who, told)) for who in seed["people"][:HTTP]
    ]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert told == [True] * HTTP
    expect(wall.locator("#here")).to_have_text(str(HTTP), timeout=20000)

    by_digits(site, seed, contexts, sign_in, wall)
    without_signal(site, seed, contexts, sign_in, wall)
    with_an_old_code(site, seed, contexts, sign_in, wall)
    expect(wall.locator("#here")).to_have_text("40", timeout=20000)
    signed = site.rows(
        "SELECT count(DISTINCT officer_id), count(*) FROM training_attendanceevent WHERE kind = 'in'"
    )
    assert signed == [(40, 40)]
    the_trainer_sees(site, seed, desk)


def phone_of(site, seed, contexts, sign_in, number):
    """The phone of one person, with the page of the session open."""
    context = contexts(**PHONE)
    sign_in(context, seed["people"][number]["session"])
    page = context.new_page()
    page.goto(f"{site.url}/training/sign-in/{seed['session']}/")
    return context, page


def digits_on(wall):
    """The digits on the wall, as somebody in the room reads them, with time left to type."""
    shown = wall.locator("#digits").inner_text()
    expect(wall.locator("#digits")).not_to_have_text(shown, timeout=20000)
    return wall.locator("#digits").inner_text()


def by_digits(site, seed, contexts, sign_in, wall):
    _context, page = phone_of(site, seed, contexts, sign_in, HTTP)
    page.fill("#code", digits_on(wall))
    page.click("form[data-typed] button[type=submit]")
    expect(page.locator(".signed")).to_be_visible()


def without_signal(site, seed, contexts, sign_in, wall):
    """The page was opened beforehand; the tap waits on the phone and goes when the signal is back."""
    context, page = phone_of(site, seed, contexts, sign_in, HTTP + 1)
    context.set_offline(True)
    page.fill("#code", digits_on(wall))
    page.click("form[data-typed] button[type=submit]")
    expect(page.locator("#said .alert-warn")).to_be_visible()
    page.wait_for_timeout(35_000)
    context.set_offline(False)
    expect(page.locator(".signed")).to_be_visible(timeout=20000)
    number = seed["people"][HTTP + 1]["number"]
    [(late, method)] = site.rows(
        "SELECT delivered_late, method FROM training_rollentry e JOIN people_officer o ON o.id = e.officer_id"
        " WHERE o.staff_number = ?",
        number,
    )
    assert 15 <= late < sign_in_codes.ALLOWANCE
    assert method == "code"


def with_an_old_code(site, seed, contexts, sign_in, wall):
    """A code passed on from the room is refused in words; the one on the wall then counts."""
    _context, page = phone_of(site, seed, contexts, sign_in, HTTP + 2)
    page.goto(f"{site.url}/training/sign-in/{seed['session']}/?c={code(seed, -8)}")
    expect(page.locator("#said .alert-bad")).to_be_visible()
    page.goto(f"{site.url}/training/sign-in/{seed['session']}/?c={code(seed)}")
    page.click(".sign-button")
    expect(page.locator(".signed")).to_be_visible()


def the_trainer_sees(site, seed, desk):
    """The list names the delivery that came late; a tap marks, another takes it back."""
    page = desk.new_page()
    page.goto(f"{site.url}/training/sessions/{seed['session']}/roll/")
    expect(page.locator(".roll-row")).to_have_count(40)
    expect(page.locator(".roll-row .badge-warn")).to_have_count(1)
    page.locator(".roll-row").first.locator("button[value=absent]").click()
    expect(page.locator(".roll-row .badge-bad")).to_have_count(1)
    page.locator("form[action*='/undo/'] button").click()
    expect(page.locator(".roll-row .badge-bad")).to_have_count(0)
