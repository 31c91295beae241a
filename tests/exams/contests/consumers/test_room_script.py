"""static/contests/room.js in the browser it is written for, against a real socket and a match moved by hand."""

import time

import pytest

from exams.contests.consumers import live as lives
from exams.contests.services import tickets
from tests.exams.contests.consumers.little_server import LittleServer
from tests.exams.contests.consumers.rooms import MATCH, Scripted, place

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from tests.journeys.site import find_chromium

    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium was found: install Debian's chromium or run `playwright install chromium`")
    with sync_playwright() as running:
        made = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(lives.tickets, "read", lambda text, match: tickets.Ticket(match, int(text), "", 0, 0))
    source = Scripted(place(1), place(9, "host"))
    source.now = source.now.__class__(**{**source.now.__dict__, "view": {"turn": {"id": 5, "opened": 6}}})
    source.now = source.now.__class__(**{**source.now.__dict__, "view_text": '{"turn":{"id":5,"opened":6}}'})
    plain = source.yous
    source.yous = lambda frame, places: {
        pk: {**you, "role": "team" if pk == 1 else "host"} for pk, you in plain(frame, places).items()
    }
    made = LittleServer(source).start()
    yield made
    made.stop()


@pytest.fixture
def enter(browser, server):
    pages = []

    def enter(seat=1, link="live"):
        page = browser.new_page()
        pages.append(page)
        page.goto(f"{server.url}/?seat={seat}")
        page.wait_for_function(
            "link => window.seen && window.seen.links.includes(link)", arg=link, timeout=15000
        )
        return page

    yield enter
    for page in pages:
        page.close()


def until(page, condition, seconds=12):
    page.wait_for_function(condition, timeout=seconds * 1000)


def test_news_is_merged_into_what_is_known(server, enter):
    page = enter()
    server.source.move("ruled", scores=[10])
    server.moved()
    until(page, "window.seen.view.scores")
    assert page.evaluate("window.seen.view") == {"turn": {"id": 5, "opened": 6}, "scores": [10]}
    assert abs(page.evaluate("window.room.now()") - time.time() * 1000) < 300


def test_staff_sections_reach_the_desk(server, enter):
    page = enter(9)
    server.source.move("ruled", scores=[10])
    server.moved()
    until(page, "window.seen.staff.may[0] === 2")


def test_what_one_may_do_follows_the_room_and_ones_own_acts(server, enter):
    page = enter()
    server.source.move("opened", may={"t1": ["press", "answer"], "audience": ["answer"]})
    server.moved()
    until(page, "(window.seen.you.may || []).length === 2")
    page.evaluate("void window.ask('press')")
    until(page, "window.seen.you.may.join() === 'answer'")
    page.evaluate("void window.ask('answer', {response: ['a']})")
    until(
        page, "window.seen.acks.length === 2 && window.seen.you.may.length === 0 || window.seen.noes.length"
    )


def test_a_new_opening_lets_everybody_press_again(server, enter):
    page = enter()
    server.source.move("opened", may={"t1": ["press"]})
    server.moved()
    until(page, "(window.seen.you.may || []).length === 1")
    page.evaluate("void window.ask('press')")
    until(page, "window.seen.you.may.length === 0")
    server.source.move("opened", turn={"id": 5, "opened": 8})
    server.moved()
    until(page, "window.seen.you.may.join() === 'press'")


def test_twenty_clicks_are_one_answer(server, enter):
    page = enter()
    page.evaluate("for (let i = 0; i < 20; i++) window.ask('answer', {response: ['a']})")
    until(page, "window.seen.acks.length === 20")
    assert page.evaluate("new Set(window.seen.acks.map((ack) => ack.id)).size") == 1
    assert sum(server.source.batches) == 1


def test_an_answer_not_acknowledged_survives_a_reload_and_counts_once(server, enter):
    page = enter()
    server.source.failing = True
    page.evaluate("void window.ask('answer', {response: ['a']})")
    page.wait_for_timeout(300)
    page.reload()
    until(page, "window.seen && window.seen.links.includes('live')")
    server.source.failing = False
    until(page, "window.seen.you.answered && window.seen.you.answered.turn === 5")
    assert len(server.source.kept) == 1
    assert page.evaluate("sessionStorage.getItem(Object.keys(sessionStorage)[0])") == "[]"


def test_a_refusal_reaches_whoever_asked(server, enter):
    page = enter()
    server.source.kept[(1, 5)] = "somebody else's"
    page.evaluate("void window.ask('answer', {response: ['a']})")
    until(page, "window.seen.noes.length === 1")
    assert page.evaluate("window.seen.noes[0]") == {"code": "second", "text": "已经答过了。"}


def test_a_restarted_server_is_found_again(server, enter):
    page = enter()
    server.stop()
    server.source.move("ruled", scores=[30])
    page.evaluate("void window.ask('answer', {response: ['a']})")
    server.start()
    until(page, "window.seen.view.scores && window.seen.acks.length === 1")
    assert page.evaluate("window.seen.links.slice(-1)[0]") == "live"


def test_lost_messages_leave_no_gap(server, enter):
    server.losing = 0.3
    page = enter()
    for number in range(30):
        server.source.move("ruled", **{f"section{number % 7}": number})
        server.moved()
        page.wait_for_timeout(20)
    until(page, "window.seen.view.section1 === 29")
    server.losing = 0
    assert page.evaluate("Object.keys(window.seen.view).length") == len(server.source.now.view)
    assert page.evaluate("window.seen.view") == server.source.now.view


def test_where_sockets_are_blocked_everything_goes_over_http(server, enter):
    server.blocked = True
    page = enter(link="http")
    page.evaluate("void window.ask('answer', {response: ['a']})")
    until(page, "window.seen.acks.length === 1")
    server.source.move("ruled", scores=[10])
    until(page, "window.seen.view.scores")
    server.blocked = False
    until(page, "window.seen.links.slice(-1)[0] === 'live'", 20)


def test_a_seat_that_moved_elsewhere_is_told_and_stays_away(server, enter):
    page = enter()
    server.hub.end_seat(MATCH, 1)
    until(page, "window.seen.links.slice(-1)[0] === 'replaced'")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.seen.links.slice(-1)[0]") == "replaced"
    assert server.hub.rooms[MATCH].pads == [] if MATCH in server.hub.rooms else True
