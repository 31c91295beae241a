"""How a document stands on a day, who has until when, what is enough."""

import datetime

import pytest

from lianbing.library.rules import documents as rules

DAY = datetime.date(2026, 11, 20)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)
PLAIN = {"effective_on": None, "valid_until": None, "effective_to": None, "superseded": False}


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, "in_force"),
        ({"effective_on": AFTER}, "pending"),
        ({"effective_on": DAY}, "in_force"),
        ({"valid_until": DAY}, "in_force"),
        ({"valid_until": BEFORE}, "expired"),
        ({"effective_to": DAY}, "repealed"),
        ({"effective_to": AFTER}, "in_force"),
        ({"superseded": True, "valid_until": BEFORE}, "superseded"),
        ({"superseded": True, "effective_to": BEFORE}, "repealed"),
    ],
)
def test_a_document_stands_as_its_days_say(facts, wanted):
    assert rules.standing(on=DAY, **(PLAIN | facts)) == wanted


def test_who_joins_later_has_a_week_but_never_less_than_the_others():
    assert rules.due_for_joiner(BEFORE, DAY) == datetime.date(2026, 11, 27)
    assert rules.due_for_joiner(datetime.date(2026, 12, 31), DAY) == datetime.date(2026, 12, 31)


def test_a_rule_is_cited_by_its_number():
    assert rules.rule_citation("城管执法人员十严禁", 3) == "《城管执法人员十严禁》第三项"
    assert rules.rule_citation("《十严禁》", 10) == "《十严禁》第十项"


@pytest.mark.parametrize(
    ("right", "asked", "pass_at", "enough"),
    [(2, 3, 2, True), (1, 3, 2, False), (2, 3, 0, False), (3, 3, 0, True), (1, 1, 2, True), (0, 0, 2, True)],
)
def test_a_try_is_enough_when_as_many_are_right_as_can_be_asked(right, asked, pass_at, enough):
    assert rules.passed(right, asked, pass_at) is enough
