"""The pictures of a contest for `make screenshots`: the demo's match of today, played a few minutes by keyboard.

Everybody is there: the host (the trainer), a judge and chief referee (the legal section), the big screen, a team's
phone and a phone of the audience.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

HALL = {"width": 1920, "height": 1080}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
TITLE = "“练兵杯”城管知识竞赛"
# The host's way through rounds that nobody answers by a pad, by what the desk offers.
STEPS = (
    ("turn_closed", "v"),
    ("ruled", "1"),
    ("closed", "c"),
    ("opened", " "),
    ("turn_opened", "n"),
    ("round_closed", "e"),
)

Opener = Callable[[dict[str, int], str | None], Page]


def offers(host: Page, action: str) -> bool:
    """Whether the host's desk offers this move now."""
    return host.locator(f".host-move[data-action={action}]").count() > 0


def press(host: Page, key: str) -> None:
    """One key; what is asked then is confirmed, and the desk has moved on when this comes back."""
    newest = "() => (document.querySelector('#log li') || document.body.dataset).textContent || ''"
    before = host.evaluate(newest)
    host.keyboard.press(key)
    if host.locator("dialog[open]").count():
        host.click("dialog [type=submit]")
    host.wait_for_function(
        f"before => ({newest})() !== before && !document.body.classList.contains('is-busy')", arg=before
    )
    host.wait_for_timeout(150)


def until_buzzer(host: Page) -> None:
    """Through the rounds before the buzzer: every question is read out, opened and ruled right."""
    for _ in range(400):
        if "抢答" in host.inner_text("#round") and offers(host, "opened"):
            return
        if offers(host, "round_opened"):
            press(host, "r")
            continue
        press(host, next(key for action, key in STEPS if offers(host, action)))
    raise AssertionError("the buzzer round was not reached")


def _phone(browser: Browser, address: str, code: str, name: str = "") -> Page:
    page = browser.new_context(
        viewport=PHONE, locale="zh-CN", device_scale_factor=2, has_touch=True
    ).new_page()
    page.goto(f"{address}/contests/join/{code.replace(' ', '')}/")
    if name:
        page.fill("input[name=name]", name)
    page.click(".join-go")
    page.wait_for_url("**/pad/")
    page.wait_for_selector("#link[data-state=live]")
    return page


def take(browser: Browser, address: str, open_page: Opener, folder: Path) -> None:
    """Photograph the screens of a contest. `open_page(size, role)` gives a signed-in page."""

    def shoot(page: Page, name: str) -> None:
        page.wait_for_timeout(1200)
        page.screenshot(path=str(folder / f"{name}.png"))

    host = open_page(DESK, "trainer")
    host.goto(f"{address}/contests/")
    host.get_by_text(TITLE).first.click()
    uid = re.findall(r"/contests/matches/([0-9a-f-]{36})/", host.content())[0]
    match = f"{address}/contests/matches/{uid}"
    host.goto(f"{match}/seats/")
    if not host.locator(".seat-code-small").count():
        host.click("main form button[type=submit]")
    code, gate = host.locator(".seat-code-small").first.inner_text(), host.inner_text(".seat-code")
    screen, judge = open_page(HALL, "trainer"), open_page(DESK, "legal")
    screen.goto(f"{match}/screen/")
    screen.mouse.click(600, 20)
    screen.wait_for_selector("#sound", state="hidden")
    judge.goto(f"{match}/judge/")
    host.goto(f"{match}/host/")
    host.wait_for_selector(".host-move[data-action=started]")
    screen.wait_for_selector("#foot.is-away")
    shoot(screen, "contest-screen-wait")
    team, guest = _phone(browser, address, code), _phone(browser, address, gate, "旁听席小李")
    _rehearsed(open_page(DESK, "trainer"), team, match, shoot)
    press(host, "s")
    until_buzzer(host)
    shoot(team, "contest-pad-phone")
    press(host, " ")
    team.click("#act button")
    host.wait_for_selector(".host-move[data-action=ruled]")
    _buzzed({"host": host, "judge": judge, "screen": screen, "audience-phone": guest}, shoot)
    press(host, "1")
    press(host, "v")
    shoot(screen, "contest-screen-reveal")
    _told(open_page(DESK, "officer"), address, shoot)
    _quiz(open_page(DESK, "trainer"), open_page(PHONE, None), address, shoot)


def _rehearsed(host: Page, team: Page, match: str, shoot: Callable[[Page, str], Any]) -> None:
    """A pad is measured and tried before the match, as the host's list and the phone show it."""
    team.goto(f"{match}/rehearsal/")
    for step in ("#screen", "#sound", "#heard"):
        team.click(step)
    team.wait_for_selector("#verdict:not([data-state=measuring])")
    host.goto(f"{match}/rehearsal/?list")
    host.click("main form [type=submit]")
    team.click("#buzzer[data-state=open]")
    shoot(host, "contest-rehearsal")
    shoot(team, "contest-rehearsal-phone")
    team.goto(f"{match}/pad/")
    team.wait_for_selector("#link[data-state=live]")


def _told(officer: Page, address: str, shoot: Callable[[Page, str], Any]) -> None:
    """What everybody reads: the rules before a match, and the result of one that was played."""
    officer.goto(f"{address}/contests/")
    officer.get_by_text(TITLE).first.click()
    officer.locator("#rules-title").scroll_into_view_if_needed()
    shoot(officer, "contest-rules")
    officer.goto(f"{address}/contests/")
    officer.locator("table a").first.click()
    officer.locator("a[href$='/result/']").first.click()
    shoot(officer, "contest-result")


def _quiz(host: Page, stranger: Page, address: str, shoot: Callable[[Page, str], Any]) -> None:
    """The public prize quiz, as a citizen's phone shows it."""
    host.goto(f"{address}/contests/quizzes/")
    uid = re.findall(r"/contests/quiz(?:zes)?/([0-9a-f-]{36})/", host.content())[0]
    stranger.goto(f"{address}/contests/quiz/{uid}/")
    shoot(stranger, "quiz-phone")


def _buzzed(pages: dict[str, Page], shoot: Callable[[Page, str], Any]) -> None:
    """Everybody's screen while the team that was first answers."""
    for name, page in pages.items():
        shoot(page, f"contest-{name}")
