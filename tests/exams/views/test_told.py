"""What candidates are told about sections: before the exam, on the paper, and with their result."""

from decimal import Decimal

import pytest
from django.urls import reverse

from exams.rules.marks import Section
from exams.services import results
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from tests.factories import exams, marking
from tests.factories.exams import NOON
from tests.factories.marking import END

pytestmark = pytest.mark.django_db
HALF = Section("多项选择题", "看清题干。", rule="half_for_subset")
JUDGE = Section("判断题", rule="negative", settings={"penalty": "1"}, floor=Decimal(0))


@pytest.fixture
def sitting():
    return exams.sitting(blueprint=exams.blueprint())


def test_the_rules_page_names_every_section_with_its_rule(client, sitting):
    versions = [exams.question(kind="multiple_choice"), exams.question(kind="true_false")]
    one = exams.candidate(sitting, versions=versions, sections=[(HALF, 1), (JUDGE, 1)])
    client.force_login(one.officer.user)
    with clock.pinned(NOON):
        page = client.get(reverse("exams:rules", args=[sitting.uid]))
    titles = [section["title"] for section in page.context["sections"]]
    assert titles == ["一、多项选择题", "二、判断题"]
    for words in ("看清题干。", "少选得该题分值的一半", "每个错选扣 1 分", "本大题最低得 0 分"):
        assert words in page.content.decode()


def test_the_paper_says_which_questions_stand_in_which_section(client, sitting):
    attempt = exams.attempt(
        exams.candidate(
            sitting,
            versions=[exams.question(), exams.question(kind="short_answer")],
            sections=[(Section("单项选择题"), 1), (Section("简答题"), 1)],
        )
    )
    client.force_login(attempt.user)
    with clock.pinned(NOON):
        page = client.get(reverse("exams:taking", args=[attempt.uid]))
    told = page.context["attempt_data"]["sections"]
    assert [(one["title"], one["first"], one["last"]) for one in told] == [
        ("一、单项选择题", 1, 1),
        ("二、简答题", 2, 2),
    ]
    assert "采分点" in told[1]["words"][0]
    assert "KEY-" not in page.content.decode()


def test_the_result_explains_each_mark_and_adds_up_the_sections(client, sitting):
    versions = [exams.question(kind="multiple_choice"), exams.question(kind="true_false")]
    attempt = marking.handed_in(sitting, ["b2"], ["a1"], versions, [(HALF, 1), (JUDGE, 1)])
    results.release_results(sitting=sitting, by=SYSTEM, at=END)
    client.force_login(attempt.user)
    with clock.pinned(END):
        page = client.get(reverse("exams:result", args=[attempt.uid]))
    first, second = page.context["sections"]
    assert [one.given for one in (*first.items, *second.items)] == ["2.5", "-1"]
    assert (first.earned, second.earned, second.lifted) == (Decimal("2.5"), 0, True)
    assert page.context["record"].score == Decimal("2.5")
    for words in ("选对 1 个", "错选 1 个", "已按大题最低得分计", "少选得该题分值的一半"):
        assert words in page.content.decode()


def test_where_the_review_is_closed_only_the_sums_show(client):
    sitting = exams.sitting(blueprint=exams.blueprint(), shows_review=False)
    attempt = marking.handed_in(sitting, text="")
    results.release_results(sitting=sitting, by=SYSTEM, at=END)
    client.force_login(attempt.user)
    with clock.pinned(END):
        page = client.get(reverse("exams:result", args=[attempt.uid]))
    assert len(page.context["sums"]) == 2
    assert page.context["sections"] == []
    assert "KEY-POINT" not in page.content.decode()
