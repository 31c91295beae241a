"""Phones at a match: join by code, answer once with twenty clicks, reload in the middle, press, be replaced."""

import json
import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seed(site):
    """A match with its seats."""
    return json.loads(site.run("tests/journeys/contest_pad_seed.py").splitlines()[-1])


@pytest.fixture(scope="module")
def host(site, seed):
    """Make a move of the host: `host("turn_opened", team=1)`; the answer's JSON."""
    with httpx.Client(base_url=site.url, timeout=30, trust_env=False) as http:
        http.cookies.set("sessionid", seed["host"])
        page = http.get(f"/contests/matches/{seed['match']}/seats/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

        def move(kind, **data):
            body = {"kind": kind, "data": data}
            answer = http.post(
                f"/contests/matches/{seed['match']}/move", json=body, headers={"X-CSRFToken": token}
            )
            assert answer.status_code == 200, (kind, answer.text)
            return answer.json()

        yield move


def join(site, context, code, name=None):
    """A phone that types a code and takes the seat."""
    page = context.new_page()
    page.goto(f"{site.url}/contests/join/")
    page.fill("#code", f"{code[:3]} {code[3:]}".lower())
    page.click("button.join-go")
    if name is not None:
        page.fill("#name", name)
    page.click("button.join-go")
    expect(page.locator("#link")).to_have_attribute("data-state", "live", timeout=20000)
    return page


def stage(page, name):
    expect(page.locator("body")).to_have_attribute("data-stage", name, timeout=15000)


def count(site, table):
    return site.rows(f"SELECT COUNT(*) FROM contests_{table}")[0][0]


def test_a_match_on_three_phones(site, seed, host, contexts):
    one, two, hall = (contexts(**PHONE) for _ in range(3))
    first, second = join(site, one, seed["teams"][0]), join(site, two, seed["teams"][1])
    people = join(site, hall, seed["gate"], name="小李")
    stage(first, "waiting")
    host("started")
    host("round_opened", round=0)
    stage(second, "between")

    host("turn_opened")
    expect(first.locator("#question")).to_be_visible()
    host("opened")
    stage(first, "answer")
    stage(second, "listen")
    first.locator("label.option").first.click()
    answer_once(site, first)
    host("ruled", verdict="right")  # everybody asked has answered: the turn closed by itself
    host("turn_closed")
    stage(first, "reveal")
    expect(first.locator("#told")).to_have_attribute("data-tone", "ok")
    expect(first.locator("#points")).to_contain_text("110")
    stage(people, "reveal")


def answer_once(site, page):
    """A draft survives a reload, which brings question and time back; twenty clicks are one answer."""
    page.reload()
    stage(page, "answer")
    expect(page.locator("input:checked")).to_have_count(1)
    expect(page.locator(".clock-words")).to_have_text(re.compile(r"^(1:[0-5]\d|2:00)$"))
    page.evaluate(
        "() => { const b = document.querySelector('.pad-go'); for (let i = 0; i < 20; i += 1) b.click(); }"
    )
    stage(page, "sent")
    page.reload()
    stage(page, "sent")
    assert count(site, "padanswer") == 1


def test_the_buzzer_is_pressed_once_and_reloaded(site, seed, host, contexts):
    first = join_again(site, contexts(**PHONE), seed["teams"][0])
    second = join_again(site, contexts(**PHONE), seed["teams"][1])
    finish_first_round(host)
    host("round_opened", round=1)
    host("turn_opened")
    expect(first.locator("#buzzer")).to_have_attribute("data-state", "not_yet")
    host("opened")
    expect(first.locator("#buzzer")).to_have_attribute("data-state", "open")
    first.locator("body").press("Space")
    expect(first.locator("#buzzer")).to_have_attribute("data-state", "first")
    expect(second.locator("#buzzer")).to_have_attribute("data-state", "other")
    first.evaluate("() => { for (let i = 0; i < 20; i += 1) document.querySelector('#buzzer').click(); }")
    first.reload()
    expect(first.locator("#buzzer")).to_have_attribute("data-state", "first")
    assert count(site, "padpress") == 1


def finish_first_round(host):
    """The other team's compulsory question, ruled without an answer."""
    host("turn_opened")
    host("opened")
    host("closed")
    host("ruled", verdict="timeout")
    host("turn_closed")
    host("round_closed")


def join_again(site, context, code):
    """A phone that takes a seat over from a dead one, with the question asked first."""
    page = context.new_page()
    page.goto(f"{site.url}/contests/join/{code}/")
    expect(page.locator(".alert-warn")).to_be_visible()
    page.click("button.join-go")
    expect(page.locator("#link")).to_have_attribute("data-state", "live", timeout=20000)
    return page


def test_a_phone_that_lost_its_seat_says_so(site, seed, contexts):
    old = join_again(site, contexts(**PHONE), seed["teams"][1])
    new = join_again(site, contexts(**PHONE), seed["teams"][1])
    stage(old, "replaced")
    expect(old.locator("#act")).to_be_hidden()
    expect(new.locator("#points")).to_contain_text("100")
