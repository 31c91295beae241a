"""What a pad shows, decided by static/contests/pad_stage.js: run in a real browser, from the JSON of the room."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.site import find_chromium

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[4] / "exams" / "contests" / "static" / "contests"
PAGE = "http://pad.test/"
CALL = """async ([name, view, you, done]) => {
  const stage = await import("/pad_stage.js");
  return stage[name](view, you, { ...stage.NOTHING_DONE, ...done });
}"""


@pytest.fixture(scope="module")
def ask():
    """`ask("stageOf", view, you, done)`: what the module answers."""
    if (chromium := find_chromium()) is None:
        pytest.skip("no Chromium was found")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.route(f"{PAGE}*", _serve)
        page.goto(PAGE)
        yield lambda *arguments: page.evaluate(CALL, [*arguments, {}][:4])
        browser.close()


def _serve(route):
    name = route.request.url.removeprefix(PAGE)
    if not name:
        route.fulfill(body="<!doctype html>", content_type="text/html")
        return
    route.fulfill(body=(STATIC / name).read_text(encoding="utf-8"), content_type="text/javascript")


def view(phase="open", kind="buzzer", match="running", **fields):
    turn = {
        "id": 40,
        "number": 3,
        "phase": phase,
        "team": None,
        "player": None,
        "opened": 42,
        "by": "voice",
        "who": "team",
    }
    found = {
        "match": {"phase": match, "paused": False},
        "round": {"kind": kind},
        "turn": turn | fields.pop("turn", {}),
        "buzz": None,
        "reveal": None,
    }
    return found | fields


def you(*may, **fields):
    return {
        "role": "team",
        "seat": 1,
        "player": None,
        "may": list(may),
        "answered": None,
        "pressed": None,
        "result": None,
    } | fields


def buzz(winner=None, order=(), early=()):
    return {
        "order": [{"seat": seat, "player": None, "ms": 100.0 * place} for place, seat in enumerate(order, 1)],
        "early": list(early),
        "winner": winner,
    }


ASKED = {"team": 1, "by": "pad"}
STAGES = {
    "before the start": (view(match="waiting", turn={}), you(), "waiting"),
    "after the end": (view(match="finished"), you("press"), "finished"),
    "between two questions": (view() | {"turn": None}, you(), "between"),
    "a pause stops the buzzer": (view() | {"match": {"phase": "running", "paused": True}}, you(), "paused"),
    "asked, the question is open": (view(kind="compulsory", turn=ASKED), you("answer"), "answer"),
    "asked, not open yet": (view("shown", kind="compulsory", turn=ASKED), you(), "listen"),
    "answered": (view(kind="compulsory", turn=ASKED), you(answered={"turn": 40, "response": ["a"]}), "sent"),
    "answered the question before": (
        view(kind="compulsory", turn=ASKED),
        you("answer", answered={"turn": 30, "response": ["a"]}),
        "answer",
    ),
    "asked to answer aloud": (view(kind="compulsory", turn={"team": 1}), you(), "say"),
    "another team is asked": (view(kind="compulsory", turn={"team": 2}), you(), "listen"),
    "another player is asked": (
        view(kind="compulsory", turn={"team": 1, "player": {"id": 12}}),
        you(role="player", player=11),
        "listen",
    ),
    "one's team chooses": (
        view("choosing", kind="risk", turn={"team": 1}),
        you("choose", "decline"),
        "choose",
    ),
    "others choose": (view("choosing", kind="risk", turn={"team": 2}), you(), "choosing"),
    "the buzzer": (view(), you("press"), "buzzer"),
    "the audience sees no buzzer": (view(), you(role="audience", seat=None), "listen"),
    "the audience answers after an early press": (
        view("answering", turn={"who": "audience"}, buzz=buzz(early=[2])),
        you(),
        "listen",
    ),
    "ruled on oneself": (view("ruled"), you(result={"verdict": "right", "points": "10"}), "reveal"),
    "ruled on others": (view("ruled"), you(), "ruling"),
    "the key is shown": (view("ruled", reveal={"key": {}}), you(), "reveal"),
}


@pytest.mark.parametrize("case", STAGES)
def test_a_pad_shows_what_can_be_done_now(ask, case):
    shown, seat, stage = STAGES[case]
    assert ask("stageOf", shown, seat) == stage


BUZZERS = {
    "before the start": (view("shown"), you("press"), {}, "not_yet"),
    "open": (view(), you("press"), {}, "open"),
    "pressed on this phone": (view(), you("press"), {"pressed": "40/42"}, "pressed"),
    "pressed before a tie, opened again": (
        view(turn={"opened": 50}),
        you("press"),
        {"pressed": "40/42"},
        "open",
    ),
    "pressed, as the server says": (view(), you(pressed=40), {}, "pressed"),
    "first": (view("answering", turn={"team": 1}, buzz=buzz(1, [1, 2])), you(pressed=40), {}, "first"),
    "another was first": (
        view("answering", turn={"team": 2}, buzz=buzz(2, [2, 1])),
        you(pressed=40),
        {},
        "other",
    ),
    "second, and the first was wrong": (
        view("answering", turn={"team": 1}, buzz=buzz(2, [2, 1])),
        you(),
        {},
        "first",
    ),
    "too early": (view("shown", buzz=buzz(early=[1])), you(), {}, "early"),
    "a tie is pressed out by others": (view("shown", buzz=buzz(order=[2, 3])), you(), {}, "again"),
    "may not press": (view(), you(), {}, "closed"),
}


@pytest.mark.parametrize("case", BUZZERS)
def test_the_buzzer_says_how_it_stands(ask, case):
    shown, seat, done, state = BUZZERS[case]
    assert ask("buzzerOf", shown, seat, done) == state
