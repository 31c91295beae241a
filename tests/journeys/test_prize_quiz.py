"""A resident takes a public quiz on a phone with a bad signal; a draw is made, published and done again."""

import gzip
import json

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser
LONG = 20_000
OWN = (
    "select {} from contests_quizattempt a join contests_quizguest g on g.id = a.guest_id "
    "where g.nickname = '河边的人'"
)


@pytest.fixture(scope="module")
def seeded(site):
    return json.loads(site.run("tests/journeys/quiz_seed.py").splitlines()[-1])


def _join(page, site, uid, name="河边的人"):
    """Open the address of the QR code with a community in it, and take part."""
    page.goto(f"{site.url}/contests/quiz/{uid}/?g=001")
    page.fill("[name=nickname]", name)
    page.check("[name=consents]")
    page.get_by_role("button", name="参加答题").click()
    expect(page.get_by_text("参与编号")).to_be_visible()


def _start(page):
    page.locator("form[action$='/start/'] button").click()
    page.locator("dialog button[value=yes]").click()
    expect(page.locator("#quiz-clock")).to_contain_text(":")


def _choose(page, place, option):
    card = page.locator(f".quiz-card[data-item='{place}']")
    card.locator(f"input[value='{option}']").check()


def _hand_in(page):
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#quiz-submit").click()
    expect(page.locator(".big-number")).to_be_visible(timeout=LONG)


def test_a_resident_loses_the_signal_and_no_answer(site, seeded, contexts):
    phone = contexts(**PHONE)
    page = phone.new_page()
    _join(page, site, seeded["open"])
    _start(page)
    _choose(page, 1, "a1")
    expect(page.locator("#quiz-state")).to_have_attribute("data-state", "saved", timeout=LONG)
    phone.route("**/answers", lambda route: route.abort())
    page.locator("#quiz-next").click()
    _choose(page, 2, "a1")
    expect(page.locator("#quiz-state")).to_have_attribute("data-state", "offline", timeout=LONG)
    page.reload()
    assert page.locator(".quiz-card[data-item='2'] input[value='a1']").is_checked()
    phone.unroute("**/answers")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#quiz-state")).to_have_attribute("data-state", "saved", timeout=LONG)
    [(answers,)] = site.rows(OWN.format("answers"))
    assert set(json.loads(answers)) == {"1", "2"}
    _choose(page, 3, "a1")
    _hand_in(page)
    expect(page.locator(".big-number")).to_have_text("75 %")
    _the_fourth_attempt_is_refused(page, phone, site, seeded)


def _the_fourth_attempt_is_refused(page, phone, site, seeded):
    """A page left open still has the button; the server has the last word."""
    old = phone.new_page()
    old.goto(f"{site.url}/contests/quiz/{seeded['open']}/")
    for _ in range(2):
        page.goto(f"{site.url}/contests/quiz/{seeded['open']}/")
        _start(page)
        _hand_in(page)
    old.locator("form[action$='/start/'] button").click()
    old.locator("dialog button[value=yes]").click()
    expect(old.locator(".alert-bad")).to_contain_text("3")
    assert site.rows(OWN.format("count(*)")) == [(3,)]
    assert old.locator("form[action$='/start/']").count() == 0


def test_the_draw_is_published_and_done_again_by_command(site, seeded, contexts, desk, sign_in, tmp_path):
    stranger = contexts(**PHONE).new_page()
    stranger.goto(f"{site.url}/contests/quiz/{seeded['over']}/prizes/")
    noted = stranger.locator(".quiz-hash").first.inner_text()
    sign_in(desk, seeded["session"])
    page = desk.new_page()
    page.goto(f"{site.url}/contests/quizzes/{seeded['over']}/draw/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("tbody").filter(has_text="一等奖")).to_be_visible()
    stranger.reload()
    with stranger.expect_download() as download:
        stranger.locator("a[href$='draw.json']").click()
    path = tmp_path / "draw.json"
    download.value.save_as(path)
    report = json.loads(site.manage("verify_draw", str(path), "--commitment", noted, "--json"))
    assert report["valid"]
    path.write_text(path.read_text(encoding="utf-8").replace("二等奖", "一等奖", 1), encoding="utf-8")
    assert not json.loads(site.manage("verify_draw", str(path), "--json", check=False))["valid"]


def test_without_a_script_the_quiz_is_one_plain_form(site, seeded, contexts):
    page = contexts(**PHONE, java_script_enabled=False).new_page()
    _join(page, site, seeded["open"], "没有脚本")
    page.locator("form[action$='/start/'] button").click()
    for place in range(1, 5):
        _choose(page, place, "a1")
    page.locator("#quiz-submit").click()
    expect(page.locator(".big-number")).to_have_text("100 %")


def test_a_first_page_weighs_less_than_sixty_kilobytes(site, seeded, contexts):
    """As sent by a site in production: style and script packed, everything a stranger's phone fetches."""
    page = contexts(**PHONE).new_page()
    sizes = []

    def weigh(response):
        body = response.body()
        packed = response.url.rsplit("?")[0].endswith((".css", ".js", ".svg"))
        sizes.append(len(gzip.compress(body)) if packed else len(body))

    page.on("response", weigh)
    page.goto(f"{site.url}/contests/quiz/{seeded['open']}/", wait_until="networkidle")
    assert 0 < sum(sizes) < 60_000
