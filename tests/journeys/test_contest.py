"""A match in a hall: the host at the keyboard, two team phones, the big screen, on a real server."""

import json
import re
import time

import pytest

from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
HALL = {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN", "service_workers": "block"}
# A network that lets no WebSocket through: every attempt fails at once.
NO_SOCKETS = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.onclose && this.onclose({ code: 1006 }), 10); }
  send() {}
  close() {}
};
"""


class Hall:
    """Everybody who takes part: `host`, `screen`, `phones` by seat."""

    def __init__(self, site, made):
        self.site, self.made = site, made
        self.phones = {}

    def page(self, context, path, session=None):
        """One more page of the match."""
        if session:
            context.add_cookies(
                [{"name": "sessionid", "value": self.made["sessions"][session], "url": self.site.url}]
            )
        page = context.new_page()
        page.goto(f"{self.site.url}/contests/matches/{self.made['match']}/{path}/")
        return page

    def join(self, context, seat):
        """A phone takes the team's seat with the code of its sheet."""
        page = context.new_page()
        page.goto(f"{self.site.url}/contests/join/{self.made['codes'][str(seat)]}/")
        page.click(".join-go")
        page.wait_for_url("**/pad/")
        page.wait_for_selector("#link[data-state=live]")
        self.phones[seat] = page
        return page

    def key(self, key, until, sure=False):
        """The host presses a key; `until` is an expression that then becomes true on the host's desk.

        The live channel may show the step before its answer is back; the desk takes no key until then.
        """
        self.host.wait_for_function("() => !document.body.classList.contains('is-busy')")
        self.host.keyboard.press(key)
        if sure:
            self.host.click("dialog [type=submit]")
        self.host.wait_for_function(until)

    def press(self, seat, state="open"):
        """A team presses its buzzer once it stands as it should: "open", or "not_yet" for a press too early."""
        self.phones[seat].click(f"#buzzer[data-state={state}]")

    def score(self, page, seat):
        """The points of a team on the score board of a page."""
        return page.locator(f".board-row[data-seat='{seat}']").get_attribute("data-points")


def move(action):
    """Whether the host's desk offers this move now, as an expression."""
    return f"() => Boolean(document.querySelector('.host-move[data-action={action}]'))"


@pytest.fixture
def made(site):
    return json.loads(site.run("-m", "tests.journeys.contest_seed"))


@pytest.fixture
def hall(site, made, contexts):
    everybody = Hall(site, made)
    everybody.host = everybody.page(contexts(**DESK), "host", "host")
    everybody.screen = everybody.page(contexts(**HALL), "screen", "host")
    everybody.host.wait_for_selector("#link[data-state=live]")
    for seat in (1, 2):
        everybody.join(contexts(**PHONE), seat)
    return everybody


def begin(hall):
    """Until the first question stands on the screen, not yet open."""
    hall.key("s", move("round_opened"), sure=True)
    hall.key("r", move("turn_opened"))
    hall.key("n", move("opened"))


def test_a_match_by_keyboard_with_a_phone_reloaded_in_mid_buzz(hall):
    assert hall.screen.is_visible(".screen-qr")
    begin(hall)
    hall.screen.wait_for_selector(".contest-stem")
    hall.key(" ", "() => true")
    hall.press(1)
    hall.screen.wait_for_selector(".contest-press.is-first")
    assert hall.screen.locator(".board-row.is-current").get_attribute("data-seat") == "1"

    phone = hall.phones[1]
    before = int(re.sub(r"\D", "", phone.inner_text(".clock-words") or "0"))
    began = time.monotonic()
    phone.reload(wait_until="commit")
    phone.wait_for_selector("#question .contest-stem, #question .question-stem, #question :not(:empty)")
    phone.wait_for_function("() => document.getElementById('points').textContent")
    back = time.monotonic() - began
    assert back < 1.0
    assert 0 <= before - int(re.sub(r"\D", "", phone.inner_text(".clock-words"))) <= 2
    assert "100" in phone.inner_text("#points")

    hall.key("1", move("turn_closed"))
    hall.key("v", move("turn_opened"))
    hall.screen.wait_for_selector(".contest-option.is-right")
    hall.screen.wait_for_function(
        "() => document.querySelector('.board-row[data-seat=\"1\"]').dataset.points === '110'"
    )
    phone.wait_for_function("() => document.getElementById('points').textContent.includes('110')")


def test_an_early_press_costs_and_undo_gives_it_back(hall):
    begin(hall)
    hall.press(2, "not_yet")
    hall.host.wait_for_function(
        "() => document.querySelector('.board-row[data-seat=\"2\"]').dataset.points === '90'"
    )
    hall.host.wait_for_function("() => document.getElementById('undo-what').textContent.includes('提前抢答')")
    hall.host.keyboard.press("u")
    hall.host.locator("dialog .btn-small").first.click()
    hall.host.keyboard.press("Enter")
    hall.host.wait_for_function(
        "() => document.querySelector('.board-row[data-seat=\"2\"]').dataset.points === '100'"
    )
    hall.screen.wait_for_function(
        "() => document.querySelector('.board-row[data-seat=\"2\"]').dataset.points === '100'"
    )


def test_the_host_leads_the_match_without_the_live_connection(hall, contexts):
    context = contexts(**DESK)
    context.add_init_script(NO_SOCKETS)
    hall.host.close()
    hall.host = hall.page(context, "host", "host")
    hall.host.wait_for_selector("#link[data-state=http]")
    begin(hall)
    hall.screen.wait_for_selector(".contest-stem")
    assert hall.host.get_attribute("#link", "data-state") == "http"


def test_a_judge_rules_on_a_desk_of_their_own(hall, contexts):
    judge = hall.page(contexts(**DESK), "judge", "judge")
    begin(hall)
    hall.key(" ", "() => true")
    hall.press(2)
    judge.wait_for_selector(".host-move[data-action=ruled]")
    judge.keyboard.press("2")
    hall.screen.wait_for_function(
        "() => document.querySelector('.board-row[data-seat=\"2\"]').dataset.points === '90'"
    )
    hall.screen.wait_for_selector(".screen-verdict.is-wrong")
