"""Whether somebody may apply, part by part: a table a policy officer could read."""

import datetime
from decimal import Decimal

import pytest

from certificates.rules import qualifying_parts as parts
from certificates.rules.qualifying import Attested, Evidence, Mark, Result, hours_from, judge
from certificates.rules.qualifying_parts import EligibilityRule, Part, PartRule
from certificates.rules.qualifying_presets import PRESETS

DAY = datetime.date(2026, 11, 20)
PUBLIC, OTHER = "paper-public", "paper-other"


def ago(days):
    return DAY - datetime.timedelta(days=days)


def one(part, evidence, **params):
    """The verdict on one part."""
    return judge(EligibilityRule((PartRule(part, params),)), evidence, DAY).parts[0]


def officer(**found):
    return Evidence(category="officer", **found)


def sat(on, passed, paper=PUBLIC):
    return Result(paper, on, passed, "公共法律知识考试", Decimal(75), Decimal(100))


def stated(part, met=True, on=None, until=None):
    return Attested(part, met, on or ago(10), until, "云城人〔2026〕3号")


CASES = [
    ("an officer", Part.CATEGORY, officer(), {}, True, "met"),
    ("an auxiliary, never", Part.CATEGORY, Evidence("auxiliary"), {}, False, "auxiliary"),
    ("civilian staff", Part.CATEGORY, Evidence("civilian"), {}, False, "civilian"),
    ("no day of joining", Part.PROBATION, officer(), {"months": 12}, False, "unknown"),
    (
        "joined a year ago",
        Part.PROBATION,
        officer(joined_on=datetime.date(2025, 11, 20)),
        {"months": 12},
        True,
        "met",
    ),
    (
        "a day short of it",
        Part.PROBATION,
        officer(joined_on=datetime.date(2025, 11, 21)),
        {"months": 12},
        False,
        "running",
    ),
    (
        "confirmed early",
        Part.PROBATION,
        officer(attested=(stated(Part.PROBATION),)),
        {"months": 12},
        True,
        "document",
    ),
    ("age not stated", Part.AGE, officer(), {}, False, "unknown"),
    ("age stated", Part.AGE, officer(attested=(stated(Part.AGE),)), {}, True, "document"),
    ("never sat", Part.PUBLIC_EXAM, officer(), {"papers": (PUBLIC,)}, False, "never"),
    (
        "passed",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(9), True),)),
        {"papers": (PUBLIC,)},
        True,
        "passed",
    ),
    (
        "passed another paper",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(9), True, OTHER),)),
        {"papers": (PUBLIC,)},
        False,
        "never",
    ),
    (
        "failed",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(9), False),)),
        {"papers": (PUBLIC,)},
        False,
        "failed",
    ),
    (
        "passed, then failed",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(9), True), sat(ago(3), False))),
        {"papers": (PUBLIC,)},
        True,
        "passed",
    ),
    (
        "a pass not yet sat",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(-1), True),)),
        {"papers": (PUBLIC,)},
        False,
        "never",
    ),
    (
        "on its last day",
        Part.PUBLIC_EXAM,
        officer(results=(sat(datetime.date(2021, 11, 21), True),)),
        {"papers": (PUBLIC,), "months": 60},
        True,
        "passed",
    ),
    (
        "a day too old",
        Part.PUBLIC_EXAM,
        officer(results=(sat(datetime.date(2021, 11, 20), True),)),
        {"papers": (PUBLIC,), "months": 60},
        False,
        "lapsed",
    ),
    (
        "failed since it lapsed",
        Part.PUBLIC_EXAM,
        officer(results=(sat(datetime.date(2020, 1, 2), True), sat(ago(3), False))),
        {"papers": (PUBLIC,), "months": 60},
        False,
        "failed",
    ),
    (
        "passed elsewhere",
        Part.PUBLIC_EXAM,
        officer(attested=(stated(Part.PUBLIC_EXAM),)),
        {},
        True,
        "document",
    ),
    (
        "that has ended",
        Part.PUBLIC_EXAM,
        officer(attested=(stated(Part.PUBLIC_EXAM, until=ago(1)),)),
        {},
        False,
        "lapsed",
    ),
    (
        "held elsewhere, nothing stated",
        Part.PUBLIC_EXAM,
        officer(results=(sat(ago(9), True),)),
        {},
        False,
        "never",
    ),
    (
        "exempt",
        Part.PUBLIC_EXAM,
        officer(qualifications=frozenset({"legal_profession"})),
        {"exempt": ("legal_profession",)},
        True,
        "exempt",
    ),
    ("hours enough", Part.HOURS, officer(hours=Decimal(60)), {"hours": 60}, True, "met"),
    ("hours short", Part.HOURS, officer(hours=Decimal("59.75")), {"hours": 60}, False, "short"),
    ("nothing against", Part.CONDUCT, officer(), {"months": 24}, True, "clear"),
    (
        "a sanction lately",
        Part.CONDUCT,
        officer(marks=(Mark(ago(100), "警告"),)),
        {"months": 24},
        False,
        "marked",
    ),
    (
        "a sanction long ago",
        Part.CONDUCT,
        officer(marks=(Mark(datetime.date(2024, 11, 20), "警告"),)),
        {"months": 24},
        True,
        "clear",
    ),
    (
        "the last day it bears",
        Part.CONDUCT,
        officer(marks=(Mark(datetime.date(2024, 11, 21), "警告"),)),
        {"months": 24},
        False,
        "marked",
    ),
    (
        "stated against",
        Part.CONDUCT,
        officer(attested=(stated(Part.CONDUCT, met=False),)),
        {"months": 24},
        False,
        "against",
    ),
    ("no qualification", Part.QUALIFICATION, officer(), {}, False, "never"),
    (
        "qualified",
        Part.QUALIFICATION,
        officer(qualifications=frozenset({"legal_profession"})),
        {},
        True,
        "met",
    ),
    ("barred to the day", Part.NO_BLOCK, officer(blocked_until=DAY), {}, False, "blocked"),
    ("no longer barred", Part.NO_BLOCK, officer(blocked_until=ago(1)), {}, True, "free"),
]


@pytest.mark.parametrize(
    ("part", "evidence", "params", "met", "code"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_part_is_judged(part, evidence, params, met, code):
    found = one(part, evidence, **params)
    assert (found.met, found.code) == (met, code)


def test_a_pass_says_until_when_it_is_good():
    found = one(Part.PUBLIC_EXAM, officer(results=(sat(ago(9), True),)), papers=(PUBLIC,), months=60)
    assert (found.since, found.until) == (ago(9), datetime.date(2031, 11, 10))


def test_short_hours_say_what_is_missing():
    found = one(Part.HOURS, officer(hours=Decimal("41.5")), hours=60)
    assert found.need["missing"] == Decimal("18.5")


@pytest.mark.parametrize(
    ("months", "first"),
    [(0, datetime.date(2026, 1, 1)), (12, datetime.date(2025, 11, 21)), (1, datetime.date(2026, 10, 21))],
)
def test_the_span_of_hours(months, first):
    assert hours_from(PartRule(Part.HOURS, {"hours": 60, "months": months}), DAY) == first


def test_the_whole_says_what_is_there_what_is_missing_and_until_when():
    rule = EligibilityRule(
        (
            PartRule(Part.CATEGORY),
            PartRule(Part.PUBLIC_EXAM, {"papers": (PUBLIC,), "months": 12}),
            PartRule(Part.HOURS),
        )
    )
    verdict = judge(rule, officer(results=(sat(ago(9), True),)), DAY)
    assert [part.part for part in verdict.have] == [Part.CATEGORY, Part.PUBLIC_EXAM]
    assert [part.part for part in verdict.missing] == [Part.HOURS]
    assert not verdict.eligible
    assert not verdict.barred
    assert verdict.until == datetime.date(2027, 11, 10)


def test_an_auxiliary_is_barred_whatever_they_have():
    rule = EligibilityRule((PartRule(Part.CATEGORY), PartRule(Part.NO_BLOCK)))
    assert judge(rule, Evidence("auxiliary"), DAY).barred


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_presets_are_sound_and_come_back_from_json(preset):
    assert parts.check(preset.rule) == []
    stored = parts.to_json(preset.rule)
    assert parts.to_json(parts.from_json(stored)) == stored


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([PartRule(Part.PUBLIC_EXAM)], "asked"),
        ([PartRule(Part.CATEGORY)], "no_exam"),
        ([PartRule(Part.CATEGORY), PartRule(Part.PUBLIC_EXAM), PartRule(Part.CATEGORY)], "twice"),
        (
            [
                PartRule(Part.CATEGORY),
                PartRule(Part.PUBLIC_EXAM, {"papers": ("a",)}),
                PartRule(Part.SPECIALIST_EXAM, {"papers": ("a",)}),
            ],
            "shared",
        ),
        ([PartRule(Part.CATEGORY), PartRule(Part.PUBLIC_EXAM), PartRule(Part.HOURS, {"hours": 0})], "value"),
        (
            [PartRule(Part.CATEGORY), PartRule(Part.PUBLIC_EXAM), PartRule(Part.HOURS, {"hours": True})],
            "value",
        ),
        ([PartRule(Part.CATEGORY), PartRule(Part.PUBLIC_EXAM), PartRule(Part.HOURS, {"days": 3})], "unknown"),
        ([PartRule(Part.CATEGORY), PartRule(Part.PUBLIC_EXAM, {"exempt": ("driver",)})], "value"),
        (
            [
                PartRule(Part.CATEGORY),
                PartRule(Part.PUBLIC_EXAM),
                PartRule(Part.QUALIFICATION, {"kinds": ()}),
            ],
            "empty",
        ),
    ],
)
def test_a_rule_that_cannot_stand_is_refused(asked, code):
    assert [problem.code for problem in parts.check(EligibilityRule(tuple(asked)))] == [code]
