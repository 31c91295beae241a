"""The reference page says what the rules do."""

import re
from decimal import Decimal as D
from pathlib import Path

import pytest

from certificates.ratings.rules import presets, words
from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.scoring import line_score
from certificates.ratings.rules.words import ScaleKind

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "rating-rules.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.split("## Worked examples")[1].splitlines()
    if re.match(r"\| (target|range|bands|each|direct)", line)
]


def _scale(text):
    kind, *rest = text.split()
    match kind:
        case "target":
            return Scale(target=D(rest[0]))
        case "range":
            return Scale(ScaleKind.RANGE, low=D(rest[0]), high=D(rest[2]))
        case "bands":
            steps = (step.split(":") for step in rest)
            return Scale(ScaleKind.BANDS, bands=tuple((D(least), D(points)) for least, points in steps))
        case "each":
            return Scale(ScaleKind.EACH, each=D(rest[0]))
    return Scale(ScaleKind.DIRECT)


def test_there_are_examples():
    assert len(EXAMPLES) == 7


@pytest.mark.parametrize(("scale", "value", "weight", "points"), EXAMPLES)
def test_a_worked_example_holds(scale, value, weight, points):
    scored = line_score(Indicator("x", scale=_scale(scale)), D(weight), D(value))
    assert str(scored.points) == points


@pytest.mark.parametrize(
    "family",
    [words.Combine, words.Kind, words.Missing, words.ScaleKind, words.Window],
    ids=lambda one: one.__name__,
)
def test_every_word_of_a_specification_stands_on_the_page(family):
    assert [word.value for word in family if f"`{word}`" not in TEXT] == []


def test_every_source_and_preset_stands_on_the_page():
    assert [
        one.value for one in words.Source if one.value not in TEXT and one is not words.Source.ROLL_UP
    ] == []
    assert [one.code for one in presets.PRESETS if f"`{one.code}`" not in TEXT] == []
