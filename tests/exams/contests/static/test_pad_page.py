"""The pad's page in a browser, with a room that the test plays: what it sends, and what it shows of old news."""

import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

from tests.exams.contests.static.test_pad_stage import view, you
from tests.journeys.site import find_chromium

pytestmark = pytest.mark.browser
ROOT = "http://pad.test"
ROOM = """window.acts = [];
export function openRoom(options) {
  window.tell = (view, you) => options.onView(view, you, null, ["all"]);
  options.onLink("live");
  return { now: () => Date.now(), close() {}, act: (what, data) => { window.acts.push(what); return new Promise(() => {}); } };
}"""
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.fixture(scope="module")
def chrome():
    if (chromium := find_chromium()) is None:
        pytest.skip("no Chromium was found")
    with sync_playwright() as running:
        made = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def pad(chrome):
    """A pad's page; `tell(view, you)` shows it something."""
    page = chrome.new_page()
    page.route(f"{ROOT}/**", _serve)
    page.goto(f"{ROOT}/pad")
    page.wait_for_selector("#link[data-state=live]", state="attached")
    page.tell = lambda *news: page.evaluate("news => window.tell(...news)", list(news))
    yield page
    page.close()


def _serve(route):
    path = route.request.url.removeprefix(ROOT)
    if path == "/pad":
        seat = SimpleNamespace(role="team", player=None)
        match = SimpleNamespace(uid=uuid.UUID(int=1), name="第一场")
        html = render_to_string("contests/pad.html", {"seat": seat, "match": match, "title": "钟楼队"})
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif path.endswith("contests/room.js"):
        route.fulfill(body=ROOM, content_type="text/javascript")
    else:
        found = Path(finders.find(path.removeprefix("/static/")))
        route.fulfill(body=found.read_bytes(), content_type=f"{TYPES[found.suffix]}; charset=utf-8")


def full(**fields):
    """A whole view: what the pure part needs, and what is drawn."""
    return view(**fields) | {
        "question": None,
        "clock": None,
        "teams": [],
        "scores": [],
        "board": None,
        "answers": None,
    }


@pytest.mark.parametrize("how", ["touch", "space", "click"])
def test_the_buzzer_is_sent_once_however_often_it_is_pressed(pad, how):
    pad.tell(full(), you("press"))
    for _ in range(20):
        if how == "space":
            pad.keyboard.press("Space")
        elif how == "click":
            pad.evaluate("document.querySelector('#buzzer').click()")
        else:
            pad.locator("#buzzer").dispatch_event("pointerdown", {"button": 0})
    assert pad.evaluate("window.acts") == ["press"]
    assert pad.get_attribute("#buzzer", "data-state") == "pressed"


def test_nothing_is_sent_while_one_may_not_press(pad):
    pad.tell(full(phase="shown"), you())
    pad.keyboard.press("Space")
    pad.evaluate("document.querySelector('#buzzer').click()")
    assert pad.evaluate("window.acts") == []


def test_the_verdict_of_the_question_before_is_not_shown_again(pad):
    pad.tell(full(phase="ruled", kind="compulsory"), you(result={"verdict": "right", "points": "10"}))
    assert pad.get_attribute("#told", "data-tone") == "ok"
    kept = {"verdict": "right", "points": "10"}
    pad.evaluate(
        "([one, two, you]) => { window.tell(one, you); window.tell(two, { ...you }); }",
        [
            full(phase="ruled", kind="compulsory"),
            full(phase="ruled", kind="compulsory", turn={"id": 50, "team": 2}),
            you(result=kept),
        ],
    )
    assert pad.get_attribute("body", "data-stage") == "ruling"
