"""The planner against fixed 1-3-7-15 review, on four kinds of learners (docs/explanation/drills.md)."""

from pathlib import Path

import pytest

from tests.courses.drills.simulation.learners import BEFORE, LEARNERS
from tests.courses.drills.simulation.report import HORIZONS, cell, course, line
from tests.courses.drills.simulation.study import Book, Notes, climb, ladder, planned, study

DOC = Path(__file__).parents[4] / "docs" / "explanation" / "drills.md"


def table():
    rows = [row.split("|")[1:-1] for row in DOC.read_text().splitlines() if row.startswith("| ")]
    return {
        (row[0].strip(), int(row[1])): [part.strip() for part in row[2:]]
        for row in rows[1:]
        if row[1].strip().isdigit()
    }


@pytest.mark.parametrize("model", LEARNERS)
def test_the_documented_figures_are_what_the_simulation_gives(model):
    assert line(cell(model, 14)) in DOC.read_text().splitlines()


def test_the_documentation_tells_of_every_learner_and_horizon():
    assert set(table()) == {(model, days) for model in LEARNERS for days in HORIZONS}


def test_predicted_recall_beats_the_ladder_everywhere():
    for row in table().values():
        assert float(row[6]) > float(row[7])


@pytest.mark.parametrize(
    ("model", "days"),
    [("FSRS 6, other parameters", 30), ("Half-life regression", 30), ("Plain exponential", 30)],
)
def test_true_recall_beats_the_ladder_with_people_of_their_own(model, days):
    found = cell(model, days, people=6)
    assert found.gain > 0
    assert found.predicted_gain > 0


def test_where_only_spacing_counts_the_plan_loses_little():
    assert cell("ACT-R power law", 60, people=4).gain > -2


@pytest.mark.parametrize("model", LEARNERS)
def test_every_learner_forgets_and_learns(model):
    one = LEARNERS[model](1, 3)
    assert one.recall(0, 0) == BEFORE
    one.learn(0, 0, False)
    soon, late = one.recall(0, 1), one.recall(0, 20)
    assert soon > late
    for day in (1, 3, 7, 15):
        one.learn(0, day, True)
    assert one.recall(0, 20) > late


def test_both_sides_get_the_same_minutes():
    task = course(14)
    for policy in (planned, ladder(evenly=False)):
        asked = []

        def watched(book: Book, day: int, policy=policy, asked=asked) -> list[int]:
            asked.append(day)
            return policy(book, day)

        study(LEARNERS["Plain exponential"](1, len(task.points)), task, watched, seed="1")
        assert asked == list(range(14))


def test_the_ladder_climbs_to_3_7_and_15_days_and_ends():
    note = Notes(2.0, 5.0, 0, due=1)
    rungs = []
    for _ in range(4):
        climb(note, note.due, True, restart=False)
        rungs.append(note.due)
    assert rungs == [3, 7, 15, 10_000]


def test_a_wrong_answer_goes_back_to_the_foot_only_where_the_ladder_says_so():
    stays, falls = Notes(2.0, 5.0, 0, step=2, due=7), Notes(2.0, 5.0, 0, step=2, due=7)
    climb(stays, 7, False, restart=False)
    climb(falls, 7, False, restart=True)
    assert (stays.due, falls.due) == (15, 8)
