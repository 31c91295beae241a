"""What goes wrong in exam rooms, done to a real browser: nothing that was ticked may be lost."""

import json
import os
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.candidate import Candidate, uid_of
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def exam(site):
    return site.exam()


@pytest.fixture
def candidate(site, exam, phone, sign_in):
    sign_in(phone, exam["session"])
    return Candidate(site, exam, phone.new_page())


NO_LAST_WORD = """const real = window.fetch;
window.fetch = (url, options) => options && options.keepalive ? Promise.reject() : real(url, options);"""


def test_a_reload_while_saving_fails_sends_the_journal_again(candidate, phone):
    phone.add_init_script(NO_LAST_WORD)
    candidate.open()
    phone.route("**/events", lambda route: route.abort())
    for _ in range(3):
        candidate.choose(1)
        candidate.next()
    expect(candidate.page.locator("#unsaved")).to_have_attribute("data-count", "3")
    assert candidate.stored() == {}
    candidate.page.on("dialog", lambda dialog: dialog.accept())
    candidate.page.reload()
    candidate.ready()
    expect(candidate.page.locator("#unsaved")).to_have_attribute("data-count", "3")
    phone.unroute("**/events")
    candidate.expect_saved()
    assert len(candidate.stored()) == 3


def test_a_killed_browser_loses_nothing(site, exam, launch, sign_in, tmp_path):
    context = launch(tmp_path, **PHONE)
    sign_in(context, exam["session"])
    candidate = Candidate(site, exam, context.new_page()).open()
    candidate.choose(1)
    candidate.expect_saved()
    context.route("**/events", lambda route: route.abort())
    candidate.next()
    candidate.choose(1)
    candidate.page.wait_for_timeout(1000)
    kill_browser(tmp_path)
    assert len(candidate.stored()) == 1
    again = launch(tmp_path, **PHONE)
    sign_in(again, exam["session"])
    back = Candidate(site, exam, again.new_page()).open()
    back.expect_saved()
    assert len(back.stored()) == 2
    assert back.stored() == back.shown()
    again.close()


def kill_browser(folder):
    """SIGKILL every process of the browser that keeps its storage in this folder."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/cmdline", "rb") as file:
                    if str(folder).encode() in file.read():
                        os.kill(int(entry), signal.SIGKILL)
            except OSError:
                continue


def test_a_second_tab_takes_the_pen_and_the_first_is_read_only(candidate, phone):
    first = candidate.open()
    first.choose(0)
    first.expect_saved()
    second = Candidate(first.site, first.exam, phone.new_page()).open()
    [kept] = second.choose(2)
    second.expect_saved()
    expect(first.page.locator("#ended")).to_be_visible()
    assert first.page.locator("#question input").first.is_disabled()
    assert second.stored() == {"1": [kept]}
    first.page.click("#continue-here")
    first.ready()
    assert first.shown() == {"1": [kept]}


def test_a_deaf_old_tab_overwrites_nothing(candidate, phone):
    phone.add_init_script("delete window.BroadcastChannel")
    first = candidate.open()
    second = Candidate(first.site, first.exam, phone.new_page()).open()
    [kept] = second.choose(2)
    second.expect_saved()
    first.choose(0)
    expect(first.page.locator("#ended")).to_be_visible()
    assert second.stored() == {"1": [kept]}
    assert len(first.events(fate=1)) == 1


def test_an_acknowledgement_that_gets_lost_stores_nothing_twice(candidate, phone):
    candidate.open()
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route)
        route.abort()

    phone.route("**/events", lose, times=2)
    candidate.choose(1)
    candidate.expect_saved()
    assert len(lost) == 2
    assert len(candidate.events()) == 1
    assert candidate.stored() == candidate.shown()


@pytest.mark.parametrize("body", ["<html>sign in to the Wi-Fi</html>", '{"acked_through": 1, "remai', "[]"])
def test_a_reply_that_is_not_whole_json_is_no_acknowledgement(candidate, phone, body):
    candidate.open()
    phone.route("**/events", lambda route: route.fulfill(status=200, body=body), times=2)
    candidate.choose(1)
    candidate.page.wait_for_timeout(700)
    expect(candidate.page.locator("#item-state")).to_have_attribute("data-state", "unsaved")
    candidate.expect_saved()
    assert candidate.stored() == candidate.shown()


def test_another_device_needs_the_password(site, exam, phone, desk, sign_in):
    sign_in(phone, exam["session"])
    sign_in(desk, exam["session"])
    first = Candidate(site, exam, phone.new_page()).open()
    first.choose(1)
    first.expect_saved()
    second = Candidate(site, exam, desk.new_page()).open(ready=False)
    ask = second.page.locator("#take-over")
    ask.locator("input[type=password]").fill("wrong")
    ask.locator("button[type=submit]").click()
    expect(ask.locator("[role=alert]")).not_to_be_empty()
    ask.locator("input[type=password]").fill(exam["password"])
    ask.locator("button[type=submit]").click()
    second.ready()
    assert second.shown() == first.shown()
    first.next()
    first.choose(1)
    expect(first.page.locator("#ended")).to_be_visible()


def test_the_deadline_comes_with_the_browser_closed(site, phone, sign_in):
    exam = site.exam(seconds=12, grace=2)
    sign_in(phone, exam["session"])
    candidate = Candidate(site, exam, phone.new_page()).open()
    candidate.choose(1)
    candidate.expect_saved()
    candidate.page.close()
    end = time.monotonic() + 40
    sql = "SELECT state, submitted_how, answers FROM exams_attempt WHERE uid = ?"
    while site.rows(sql, uid_of(exam))[0][0] == "open" and time.monotonic() < end:
        time.sleep(0.5)
    [(state, how, answers)] = site.rows(sql, uid_of(exam))
    assert (state, how, len(json.loads(answers))) == ("submitted", "deadline", 1)
    marked = site.rows(
        "SELECT COUNT(*) FROM exams_markrecord m JOIN exams_attempt a ON a.id = m.attempt_id WHERE a.uid = ?",
        uid_of(exam),
    )
    assert marked == [(1,)]


def test_the_last_change_before_the_deadline_counts(site, phone, sign_in):
    exam = site.exam(seconds=14)
    sign_in(phone, exam["session"])
    candidate = Candidate(site, exam, phone.new_page()).open()
    candidate.choose(0)
    candidate.page.wait_for_timeout(
        max(0, candidate.page.evaluate("lianbingExam.session.clock.remaining()") - 2500)
    )
    [last] = candidate.choose(2)
    expect(candidate.page.locator("#receipt")).to_be_visible(timeout=15000)
    assert candidate.stored() == {"1": [last]}


def test_the_candidates_clock_changes_nothing(site, exam, phone, sign_in):
    phone.add_init_script("const real = Date.now; Date.now = () => real() + 3 * 3600 * 1000;")
    sign_in(phone, exam["session"])
    page = Candidate(site, exam, phone.new_page()).open().page
    [(deadline,)] = site.rows(
        "SELECT strftime('%s', deadline) FROM exams_attempt WHERE uid = ?", uid_of(exam)
    )
    left = page.evaluate("lianbingExam.session.clock.remaining()") / 1000
    assert abs(left - (int(deadline) - time.time())) <= 2


def test_a_lost_session_is_renewed_without_leaving_the_page(site, exam, candidate, phone):
    if site.run("-c", SIGN_IN_EXISTS).strip() != "yes":
        pytest.skip("there is no sign-in page yet")
    candidate.open()
    candidate.choose(0)
    candidate.expect_saved()
    phone.set_offline(True)
    candidate.next()
    [second] = candidate.choose(1)
    end_session(site, exam)
    phone.set_offline(False)
    ask = candidate.page.locator("#sign-in-again")
    expect(ask).to_be_visible(timeout=20000)
    ask.locator("input[type=password]").fill(exam["password"])
    ask.locator("button[type=submit]").click()
    candidate.expect_saved()
    assert candidate.stored()["2"] == [second]


SIGN_IN_EXISTS = (
    "import django; django.setup()\nfrom django.urls import resolve, Resolver404\n"
    "try:\n  resolve('/sign-in/'); print('yes')\nexcept Resolver404:\n  print('no')"
)


def end_session(site, exam):
    """What signing out elsewhere does: the session goes and every ticket ends."""
    site.run(
        "-c",
        "import django; django.setup()\n"
        "from django.contrib.sessions.models import Session\nfrom lianbing.people.models import User\n"
        f"Session.objects.filter(pk={exam['session']!r}).delete()\n"
        f"User.objects.filter(staff_number={exam['username']!r}).update(auth_epoch=99)",
    )


def test_refused_storage_still_takes_the_exam_and_warns(candidate, phone):
    phone.add_init_script(
        "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('refused'); }})"
    )
    candidate.open()
    expect(candidate.page.locator("#missing")).to_be_visible()
    candidate.answer_all(6)
    candidate.expect_saved()
    assert candidate.stored() == candidate.shown()
    candidate.hand_in()


def test_no_websocket_is_needed(candidate, phone):
    phone.add_init_script("delete window.WebSocket")
    candidate.open().choose(1)
    candidate.expect_saved()
    assert len(candidate.stored()) == 1


def test_the_journal_goes_with_the_receipt(candidate):
    candidate.open().answer_all(6)
    candidate.hand_in()
    candidate.page.wait_for_timeout(300)
    count = """new Promise(done => { indexedDB.open('lianbing-exam').onsuccess = ({target}) =>
        target.result.transaction('events').objectStore('events').count().onsuccess = r => done(r.target.result) })"""
    assert candidate.page.evaluate(count) == 0


def test_answers_that_come_too_late_go_to_quarantine(site, phone, sign_in):
    exam = site.exam(seconds=8, grace=1)
    phone.add_init_script(NO_LAST_WORD)
    sign_in(phone, exam["session"])
    candidate = Candidate(site, exam, phone.new_page()).open()
    phone.route("**/events", lambda route: route.abort())
    candidate.choose(1)
    candidate.page.on("dialog", lambda dialog: dialog.accept())
    candidate.page.goto("about:blank")
    candidate.page.wait_for_timeout(11000)
    phone.unroute("**/events")
    candidate.page.goto(candidate.address)
    expect(candidate.page.locator("#receipt-left")).to_be_visible()
    assert candidate.stored() == {}
    assert len(candidate.events(fate=2)) == 1


def test_a_forgotten_tab_does_not_take_the_pen_back(candidate, phone, site, exam):
    phone.add_init_script("delete window.BroadcastChannel")
    first = candidate.open()
    second = Candidate(site, exam, phone.new_page()).open()
    [kept] = second.choose(2)
    second.expect_saved()
    first.page.evaluate("lianbingExam.session.wire.ticket = 'broken'")
    first.choose(0)
    expect(first.page.locator("#ended")).to_be_visible()
    assert second.stored() == {"1": [kept]}
    second.choose(3)
    second.expect_saved()


def give_time(site, exam, seconds):
    """What staff do: move the deadline."""
    site.run(
        "-c",
        "import django, datetime; django.setup()\nfrom exams.models import Attempt\n"
        f"a = Attempt.objects.get(uid={exam['attempt']!r})\n"
        f"Attempt.objects.filter(pk=a.pk).update(deadline=a.deadline + datetime.timedelta(seconds={seconds}))",
    )


def test_extra_time_shows_within_ten_seconds(candidate, site, exam):
    candidate.open()
    give_time(site, exam, 1800)
    expect(candidate.page.locator("#time")).to_contain_text("1:2", timeout=10500)


def test_extra_time_given_while_offline_hands_nothing_in(site, phone, sign_in):
    exam = site.exam(seconds=10)
    sign_in(phone, exam["session"])
    candidate = Candidate(site, exam, phone.new_page()).open()
    phone.set_offline(True)
    candidate.choose(1)
    expect(candidate.page.locator("#ended")).to_be_visible(timeout=15000)
    give_time(site, exam, 1800)
    phone.set_offline(False)
    candidate.expect_saved()
    expect(candidate.page.locator("#question input").first).to_be_enabled()
    candidate.choose(2)
    candidate.expect_saved()
    assert candidate.stored() == candidate.shown()


PLAIN_HTTP = """Object.defineProperty(window, "isSecureContext", { get: () => false });
Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined });"""


def test_plain_http_works_and_says_what_is_missing(candidate, phone):
    phone.add_init_script(PLAIN_HTTP)
    candidate.open()
    expect(candidate.page.locator("#missing")).to_be_visible()
    phone.route("**/events", lambda route: route.abort(), times=2)
    candidate.choose(1)
    candidate.expect_saved()
    assert candidate.stored() == candidate.shown()


@pytest.fixture
def overtaken(site, exam, candidate, phone, desk, sign_in):
    """A phone with an unsent answer, a desk that went on meanwhile; the phone has come back."""
    phone.add_init_script(NO_LAST_WORD)
    candidate.page.on("dialog", lambda dialog: dialog.accept())
    candidate.open()
    phone.route("**/events", lambda route: route.abort())
    candidate.choose(1)
    candidate.page.wait_for_timeout(400)
    candidate.page.goto("about:blank")
    phone.unroute("**/events")
    sign_in(desk, exam["session"])
    other = Candidate(site, exam, desk.new_page()).open(ready=False)
    go_on_here(other)
    other.choose(3)
    other.expect_saved()
    candidate.open(ready=False)
    go_on_here(candidate)
    return candidate, other


def go_on_here(candidate):
    """Give the password that another device needs."""
    ask = candidate.page.locator("#take-over")
    ask.locator("input[type=password]").fill(candidate.exam["password"])
    ask.locator("button[type=submit]").click()
    candidate.ready()


def test_what_another_device_overtook_is_offered_and_never_applied_by_itself(overtaken):
    candidate, other = overtaken
    candidate.page.wait_for_timeout(1500)
    assert candidate.shown() == candidate.stored() == other.shown()
    candidate.page.click("#overtaken-open")
    candidate.page.click("#overtaken-list button")
    candidate.page.click("#close-overtaken")
    candidate.expect_saved()
    assert candidate.stored() != other.shown()
    assert len(candidate.stored()) == 1
