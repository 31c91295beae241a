"""Marks of items by their section's rule, sums of sections with floors, against an independent recomputation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules import marks
from exams.rules.marks import Section
from question_bank import kinds
from tests.factories import kinds as questions

HALF = Section("多项选择题", rule="half_for_subset")
CENTS = st.integers(-500, 500).map(lambda n: Decimal(n) / 100)


def parts_of(name, response, section=HALF, full="6", written=None):
    one = questions.of(name) if isinstance(name, str) else name
    return marks.part_marks(one.kind, one.content, one.key, response, section, Decimal(full), written or {})


def test_the_rule_of_the_section_marks_what_it_can_and_exact_the_rest():
    one = questions.of("case_analysis")
    assert parts_of("multiple_choice", ["k3"]) == [3]
    assert parts_of("multiple_choice", ["k3"], Section(rule="exact")) == [0]
    assert parts_of(one, one.right) == [Decimal(1), Decimal(2), Decimal(3)]
    assert parts_of(one, {}) == [0, 0, 0]


def test_a_text_waits_for_its_marker_and_a_blank_one_does_not():
    assert parts_of("short_answer", "有一点") == [None]
    assert parts_of("short_answer", []) == [0]
    assert parts_of("short_answer", "有一点", written={"": Decimal("2.5")}) == [Decimal("2.5")]
    assert parts_of("reasoned_true_false", {"options": ["a7"], "reason": "因为"}, full="5") == [3, None]
    assert parts_of("reasoned_true_false", {"options": ["a7"], "reason": ""}, full="5") == [3, 0]


def test_the_texts_that_wait_are_those_without_marks():
    case = questions.wild_case()
    waiting = marks.texts_waiting(case.kind, case.content, case.key, case.right, Decimal(18))
    given_none = parts_of(case, case.right, full="18").count(None)
    assert len(waiting) == given_none == 3
    assert len({text.part for text, _ in waiting}) == 3
    assert marks.together(parts_of(case, case.right, full="18")) is None
    given_all = {text.part: full for text, full in waiting}
    assert marks.together(parts_of(case, case.right, full="18", written=given_all)) == 18


@given(
    st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), CENTS)), max_size=12),
    st.lists(st.one_of(st.none(), st.just(Decimal(0)), st.just(Decimal(-3))), min_size=3, max_size=3),
)
def test_section_sums_agree_with_an_independent_recomputation(rows, floors):
    items = [[n, "single_choice", "2", [], section] for n, (section, _) in enumerate(rows)]
    sections = [Section(floor=floor) for floor in floors]
    sums = marks.section_sums(items, [mark for _, mark in rows], sections)
    for place, floor in enumerate(floors):
        cents = sum(int(mark * 100) for section, mark in rows if section == place and mark is not None)
        least = cents if floor is None else max(cents, int(floor * 100))
        assert int(sums[place] * 100) == least


def test_a_paper_older_than_sections_is_one_section():
    assert marks.sections_of([], "exact") == [Section(rule="exact")]
    assert marks.section_place([1, "single_choice", "2", []]) == 0
    stored = Section("判断题", "看清题意", "negative", {"penalty": "1"}, Decimal("-2")).as_json()
    assert stored["floor"] == "-2"
    assert Section.from_json(stored).as_json() == stored


@pytest.mark.parametrize("name", questions.EVERY)
def test_every_kind_says_which_units_its_outcomes_count(name):
    one = questions.of(name)
    found = {outcome.unit for _, outcome in one.kind.outcomes(one.content, one.key, one.right)}
    assert found - {"text"} <= kinds.get(one.kind.name).units
