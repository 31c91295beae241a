"""Every kind of question is answered on a phone of 360 pixels, saved, reloaded, handed in and marked."""

import json

import pytest
from playwright.sync_api import expect

from tests.factories.kinds import EVERY, of
from tests.journeys.candidate import Candidate, uid_of
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


class Hand(Candidate):
    """Answers questions of every kind, as a thumb would."""

    def go(self, position):
        """Show the question at this position."""
        self.page.evaluate("n => document.querySelectorAll('#grid button')[n - 1].click()", position)
        expect(self.page.locator("#place")).to_have_text(f"{position}/{len(EVERY)}")

    def tap(self, selector):
        self.page.locator(f"#question {selector}").tap()

    def fill(self, name, texts):
        for blank, text in texts.items():
            self.page.locator(f"#question [data-key='{name}-{blank}']").fill(text)

    def order(self, name, ids):
        for one in ids:
            self.tap(f"[data-key='{name}-{one}-put']")

    def choose_ids(self, name, ids):
        for one in ids:
            self.page.locator(f"#question [data-key='{name}-{one}']").locator("xpath=..").tap()

    def answer(self, name, kind, right):
        """Give the right answer to a question or to a part of a case."""
        if kind == "fill_blank":
            self.fill(name, right)
        elif kind == "ordering":
            self.order(name, right)
        elif kind in {"short_answer", "essay"}:
            self.fill(name, {"text": right})
        elif kind == "reasoned_true_false":
            self.choose_ids(name, right["options"])
            self.fill(name, {"text": right["reason"]})
        elif kind == "case_analysis":
            for part in of("case_analysis").content["parts"]:
                self.answer(f"{name}-{part['id']}", part["kind"], right[part["id"]])
        else:
            self.choose_ids(name, right)


@pytest.fixture
def exam(site):
    return site.exam(kinds=EVERY)


@pytest.fixture
def hand(site, exam, phone, sign_in):
    sign_in(phone, exam["session"])
    return Hand(site, exam, phone.new_page())


def place(kind):
    return EVERY.index(kind) + 1


def test_every_kind_is_answered_saved_reloaded_and_marked(hand):
    hand.open()
    expected = {str(place(name)): of(name).right for name in EVERY}
    for name in EVERY:
        hand.go(place(name))
        hand.answer(f"answer-{place(name)}", name, of(name).right)
        wide = hand.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, name
    hand.expect_saved()
    assert hand.stored() == hand.shown() == expected
    hand.page.reload()
    hand.ready()
    assert hand.shown() == expected
    hand.go(place("fill_blank"))
    expect(hand.page.locator(".blank-input").first).to_have_value("２")
    hand.go(len(EVERY))
    number = hand.hand_in()
    [(marks, waits)] = hand.site.rows(
        "SELECT m.marks, a.receipt_number FROM exams_markrecord m JOIN exams_attempt a ON a.id = m.attempt_id"
        " WHERE a.uid = ?",
        uid_of(hand.exam),
    )
    assert waits == number
    given = dict(zip(EVERY, json.loads(marks), strict=True))
    by_machine = [name for name in EVERY if not of(name).kind.needs_marker(of(name).content)]
    assert {name: given[name] for name in by_machine} == dict.fromkeys(by_machine, "2")


def test_steps_are_moved_by_buttons_and_say_where_they_went(hand):
    hand.open().go(place("ordering"))
    name = f"answer-{place('ordering')}"
    hand.order(name, ["k3", "a7", "z2"])
    hand.tap(f"[data-key='{name}-z2-up']")
    hand.tap(f"[data-key='{name}-a7-back']")
    assert hand.shown()[str(place("ordering"))] == ["k3", "z2"]
    hand.page.keyboard.press("Enter")
    assert hand.shown()[str(place("ordering"))] == ["k3", "z2", "a7"]
    assert "调查" in hand.page.inner_text("#question [role=status]")
    hand.expect_saved()
    assert hand.stored() == hand.shown()


def test_an_essay_is_a_handful_of_events_and_survives_a_reload_in_the_middle(hand):
    hand.open().go(place("essay"))
    box = hand.page.locator("#question textarea")
    box.press_sequentially("执法为民，公正文明。" * 12, delay=15)
    hand.page.reload()
    hand.ready()
    hand.go(place("essay"))
    expect(box).to_have_value("执法为民，公正文明。" * 12)
    hand.expect_saved()
    assert 1 <= len(hand.events()) <= 4
    assert hand.stored()[str(place("essay"))] == "执法为民，公正文明。" * 12


def test_an_input_method_is_not_disturbed(hand, phone):
    hand.open().go(place("fill_blank"))
    hand.page.locator(".blank-input").first.focus()
    session = phone.new_cdp_session(hand.page)
    for text in ("z", "zh", "zhong"):
        session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    hand.page.evaluate("lianbingExam.session.redraw()")
    hand.page.wait_for_timeout(1500)
    assert hand.shown() == {}
    session.send("Input.insertText", {"text": "中"})
    hand.expect_saved()
    assert hand.stored() == {str(place("fill_blank")): {"k3": "中"}}
    assert hand.page.evaluate("document.activeElement.className") == "blank-input"


def test_a_part_answered_case_is_told_in_the_list(hand):
    hand.open().go(place("case_analysis"))
    hand.choose_ids(f"answer-{place('case_analysis')}-p0", ["k3"])
    cell = hand.page.locator("#grid button").nth(place("case_analysis") - 1)
    expect(cell).to_have_class("cell is-answered is-partly", timeout=15000)
    summary = hand.page.locator(".case-stem > summary")
    hand.page.locator("[data-part=p2]").scroll_into_view_if_needed()
    expect(summary).to_be_in_viewport()
    summary.tap()
    expect(hand.page.locator(".case-text")).to_be_hidden()


def test_answers_in_words_wait_offline_and_are_sent_later(hand, phone):
    hand.open()
    phone.set_offline(True)
    for name in ("fill_blank", "short_answer", "case_analysis"):
        hand.go(place(name))
        hand.answer(f"answer-{place(name)}", name, of(name).right)
    hand.go(1)
    expect(hand.page.locator("#unsaved")).to_have_attribute("data-count", "3")
    phone.set_offline(False)
    hand.expect_saved(within=20)
    assert hand.stored() == hand.shown()
    assert len(hand.stored()) == 3


def test_a_second_device_is_offered_the_words_of_the_first(site, exam, hand, contexts, sign_in):
    hand.open().go(place("essay"))
    hand.page.context.set_offline(True)
    hand.page.locator("#question textarea").fill("第一台设备上的文字")
    hand.go(place("essay") - 1)
    other = contexts(**PHONE)
    sign_in(other, exam["session"])
    second = Hand(site, exam, other.new_page()).open(ready=False)
    second.page.locator("#take-over input[type=password]").fill(exam["password"])
    second.page.locator("#take-over button[type=submit]").click()
    second.ready()
    second.go(place("single_choice"))
    second.choose_ids("answer-1", ["a7"])
    second.expect_saved()
    hand.page.context.set_offline(False)
    expect(hand.page.locator("#ended")).to_be_visible(timeout=25000)
    expect(hand.page.locator("body")).to_have_attribute("data-phase", "superseded")
    assert {json.loads(value) for _, value in hand.events(1)} == {"第一台设备上的文字"}
    second.page.reload()
    second.ready()
    second.page.locator("#overtaken-open").click()
    expect(second.page.locator("#overtaken-list")).to_contain_text("第一台设备上的文字")
    second.page.locator("#overtaken-list button").click()
    second.expect_saved()
    assert second.stored()[str(place("essay"))] == "第一台设备上的文字"


def test_no_part_of_a_key_is_on_the_page(hand):
    hand.open()
    for name in EVERY:
        hand.go(place(name))
        assert "KEY-" not in hand.page.content(), name


def test_a_stem_shows_its_picture_and_its_table_and_nothing_else_runs(site, phone, sign_in):
    exam = site.exam(kinds=["illustrated"])
    sign_in(phone, exam["session"])
    page = phone.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    Candidate(site, exam, page).open()
    stem = page.locator("#question .question-stem")
    expect(stem.get_by_role("img", name="现场照片")).to_be_visible()
    assert stem.locator("img").evaluate("shown => [shown.naturalWidth, shown.src.slice(0, 15)]") == [
        300,
        "data:image/png;",
    ]
    assert stem.locator("th").all_inner_texts() == ["项目", "数额"]
    assert stem.locator("td").all_inner_texts() == ["占道", "200元"]
    assert "<img src=x onerror=alert(1)>" in stem.inner_text()
    assert "![x](javascript:alert(1))" in stem.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
