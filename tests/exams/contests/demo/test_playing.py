"""The demo's match is played by the rules to a confirmed end, and its bank of questions is sound."""

import csv
import random
from pathlib import Path

import pytest

from exams.contests.demo import playing
from exams.contests.models import Match, MatchResult
from exams.contests.queries.matches import load_state
from exams.contests.rules.ranking import open_ties
from tests.factories import contests

BANK = Path(__file__).resolve().parents[4] / "exams" / "contests" / "demo_data" / "questions.csv"
ROUNDS = [
    {"kind": "team", "title": "", "items": 0, "settings": {}},
    {"kind": "buzzer", "title": "", "items": 6, "settings": {}},
    {"kind": "risk", "title": "", "items": 0, "settings": {}},
]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_a_match_comes_to_its_confirmed_end(seed):
    stage = contests.stage({**contests.preset("bureau"), "rounds": ROUNDS}, items=0)
    for spot, count in enumerate((3, 6, 3)):
        for _number in range(count):
            contests.add_item(stage.match, spot)
    for _number in range(12):
        contests.add_item(stage.match, 3, spare=True)
    rng = random.Random(seed)
    playing.play(stage.match, host=stage.host, chief=stage.chief, rng=rng, at=contests.NOON)
    stage.match.refresh_from_db()
    assert stage.match.phase == Match.Phase.CONFIRMED
    assert MatchResult.objects.filter(match=stage.match).count() == 3
    assert open_ties(load_state(stage.match)) == []


def test_no_stem_of_the_bank_stands_twice_and_every_key_is_an_option():
    with BANK.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["题干"] for row in rows}) == len(rows) >= 60
    for row in rows:
        if row["题型"] == "判断题":
            assert row["答案"] in ("对", "错")
        else:
            options = {letter for letter in "ABCDEFGH" if row[f"选项{letter}"]}
            assert row["答案"]
            assert set(row["答案"]) <= options
