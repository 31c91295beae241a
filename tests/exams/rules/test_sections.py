"""Whether a rule fits a section, and how sections stand on a paper."""

from decimal import Decimal

import pytest

from exams.rules import assembly, sections
from exams.rules.assembly import Chosen, Line
from exams.rules.marks import Section

TWO = Decimal(2)


@pytest.mark.parametrize(
    ("section", "kinds", "codes"),
    [
        (Section(rule="half_for_subset"), ["multiple_choice", "single_choice"], []),
        (Section(rule="half_for_subset"), ["fill_blank"], ["rule_cannot_mark"]),
        (Section(rule="per_blank"), ["fill_blank"], []),
        (Section(rule="per_blank"), ["short_answer", "essay"], []),
        (Section(rule="per_step"), ["case_analysis"], []),
        (Section(rule="per_correct_option"), ["multiple_choice"], ["setting_missing"]),
        (
            Section(rule="per_correct_option", settings={"each": "2"}),
            ["multiple_choice"],
            ["setting_above_marks"],
        ),
        (Section(rule="nobody"), ["single_choice"], ["rule_unknown"]),
        (Section(floor=Decimal(1)), ["single_choice"], ["floor_above_zero"]),
    ],
)
def test_a_rule_fits_or_the_reason_is_said(section, kinds, codes):
    assert [one.code for one in sections.misfits(section, [(kind, TWO) for kind in kinds])] == codes


def test_sections_are_numbered_in_chinese():
    assert [sections.numbered(n) for n in (0, 3, 9, 10, 19, 20)] == [
        "一",
        "四",
        "十",
        "十一",
        "二十",
        "二十一",
    ]


def _chosen():
    return [Chosen(n, kind, TWO, section) for section in (0, 1, 2) for n, kind in _pile(section)]


def _pile(section):
    return [(section * 10 + n, ("true_false", "single_choice")[n % 2]) for n in range(6)]


def test_nothing_moves_from_one_section_to_another_and_a_seed_replays():
    kinds, orders = ["single_choice", "true_false"], {n: [] for n in range(30)}
    papers = [assembly.arrange(bytes([seed] * 16), _chosen(), orders, kinds) for seed in range(8)]
    again = assembly.arrange(bytes([3] * 16), reversed(_chosen()), orders, kinds)
    assert again == papers[3]
    assert len({str(paper) for paper in papers}) == 8
    for paper in papers:
        assert [item[4] for item in paper] == [0] * 6 + [1] * 6 + [2] * 6
        assert all(item[0] // 10 == item[4] for item in paper)
        assert [item[1] for item in paper[:6]] == ["single_choice"] * 3 + ["true_false"] * 3


def test_lines_of_two_sections_compete_for_the_same_questions():
    lines = [Line(None, "single_choice", 3, TWO, 0), Line(7, "single_choice", 2, TWO, 1)]
    stock = {(7, "single_choice"): 2, (8, "single_choice"): 2}
    assert [one.missing for one in assembly.compare(lines, stock)] == [0, 1]
    items = [assembly.Item(n, (7 + n // 3, "single_choice")) for n in range(6)]
    drawn = assembly.Shelf(items).draw(lines, b"seed")
    assert sorted(one.section for one in drawn) == [0, 0, 0, 1, 1]
    assert len({one.version for one in drawn}) == 5
    assert all(one.version < 3 for one in drawn if one.section == 1)


def test_sections_without_questions_do_not_stand_on_the_paper():
    items = [[1, "single_choice", "2", [], 0], [2, "true_false", "1.5", [], 2]]
    found = sections.spans(items, [Section("甲"), Section("乙"), Section("丙")])
    assert [(one.place, one.first, one.last, one.marks) for one in found] == [
        (0, 1, 1, 2),
        (2, 2, 2, Decimal("1.5")),
    ]
