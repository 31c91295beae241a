"""A case with three sub-questions: written, refused with a reason, corrected, approved by another person, drawn."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.test_writing_questions import SEED

pytestmark = pytest.mark.browser

DRAW = """
import django; django.setup()
import json
from exams.models import Paper
from exams.services import papers
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from question_bank.models import QuestionBank, QuestionVersion
from tests.factories import exams, people
unit, now = people.unit(), clock.now()
people.officer(unit)
wanted = exams.blueprint((None, "case_analysis", 1, "6"), in_bank=QuestionBank.objects.get())
sitting = exams.sitting(unit, now, now + 120 * exams.MINUTE, frozen=False, blueprint=wanted, pass_mark=3)
papers.freeze_papers(sitting=sitting, by=SYSTEM, at=now)
version, kind, marks, *_rest = Paper.objects.get().items[0]
held = QuestionVersion.objects.get(pk=version)
print(json.dumps([kind, marks, held.content["stem"], [one["kind"] for one in held.content["parts"]]]))
"""
STEM = "王某在人行道上占道经营，执法队员到场检查。"
CORRECTED = "王某未经批准在人行道上占道经营，两名执法队员到场检查。"


def write(page):
    """Fill in the stem and three sub-questions with the buttons of the editor."""
    page.fill("[name=stem]", STEM)
    for count, kind in enumerate(("single_choice", "fill_blank", "short_answer"), 1):
        page.click(f"button[value='add:{kind}']")
        expect(page.locator(".case-part")).to_have_count(count)
    page.fill("[name=p0-stem]", "检查时执法人员不得少于几人？")
    for place, text in enumerate(["一人", "二人", "三人"]):
        page.locator("[name=p0-option]").nth(place).fill(text)
    page.locator("[name=p0-right]").nth(1).check()
    page.fill("[name=p1-stem]", "检查前应当出示____。")
    page.locator("[name=p1-accepted]").first.fill("执法证件|行政执法证")
    page.fill("[name=p2-stem]", "说明本案应当履行的程序。")
    page.fill("[name=p2-reference]", "告知、听取陈述、作出决定、送达。")
    page.locator("[name=p2-point_text]").first.fill("告知权利")
    page.locator("[name=p2-point_marks]").first.fill("2")
    page.fill("[name=point]", "执法程序")
    page.fill("[name=citations]", "《云汐市市容环境管理条例》第三十三条")
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("form[action$='/submit/']")


def hand_in(page):
    """Hand the question in and wait until it is no longer a draft."""
    page.click("form[action$='/submit/'] button")
    page.wait_for_selector("form[action$='/submit/']", state="detached")


def test_from_the_first_word_to_a_frozen_paper(site, desk, contexts, sign_in):
    sessions = json.loads(site.run("-c", SEED).splitlines()[-1])
    sign_in(desk, sessions["trainer"])
    page = desk.new_page()
    page.goto(f"{site.url}/bank/yunxi/new/case_analysis/")
    write(page)
    assert page.locator("form[action$='/publish/']").count() == 0
    hand_in(page)
    address = page.url
    assert page.locator("form[action$='/publish/']").count() == 0

    legal = contexts(locale="zh-CN")
    sign_in(legal, sessions["legal"])
    other = legal.new_page()
    other.goto(address)
    other.fill("#send-back-reason", "题干没有说明几人到场。")
    other.click("form[action$='/send_back/'] button")
    other.wait_for_selector("form[action$='/send_back/']", state="detached")

    page.goto(address)
    assert "题干没有说明几人到场。" in page.text_content("main")
    page.click("a[href$='/edit/']")
    assert page.locator(".case-part").count() == 3
    page.fill("[name=stem]", CORRECTED)
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("form[action$='/submit/']")
    hand_in(page)

    other.goto(address)
    other.click("form[action$='/publish/'] button")
    other.wait_for_selector(".badge-ok")
    assert json.loads(site.run("-c", DRAW).splitlines()[-1]) == [
        "case_analysis",
        "6",
        CORRECTED,
        ["single_choice", "fill_blank", "short_answer"],
    ]
