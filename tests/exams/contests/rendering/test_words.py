"""Every code of the rules has its words: refusals, rules of rounds, events, reasons of points."""

import ast
from pathlib import Path

import pytest

import exams.contests
from exams.contests import rounds, state
from exams.contests.rendering import telling, words
from exams.contests.rules.presets import PRESETS
from exams.contests.rules.rulebook import RoundRules

FOLDER = Path(exams.contests.__file__).parent
NAMES = {"Illegal", "_No", "ContestRefused"}


def codes():
    """Every code that a refusal is raised with, from the source itself."""
    found = set()
    for part in ("rules", "rounds", "state", "services"):
        for path in sorted((FOLDER / part).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES and node.args
                if named and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
    return found


def test_every_refusal_has_its_words():
    assert len(codes()) > 50
    assert codes() - set(words.REFUSALS) == set()


def test_a_refusal_names_its_rule():
    assert "20" in words.refusal_text("points_out_of_range", {"most": "20"})
    assert "xyz" in words.refusal_text("xyz")


@pytest.mark.parametrize("kind", rounds.names())
def test_every_rule_of_a_round_has_its_words(kind):
    made = rounds.get(kind)
    for one in made.settings:
        for value in (*one.options, one.default, "0", 0, True, False):
            if not one.problem(value):
                told = {code for code, _params in made.words(RoundRules(kind, "", 3, {one.name: value}))}
                assert told - set(words.RULES) - words.SILENT == set()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_told_in_sentences(name):
    book = rounds.parse(PRESETS[name])
    told = [*words.rulebook_words(book), *(line for one in book.rounds for line in words.round_words(one))]
    assert all(line.strip() and "%(" not in line for line in told)


def test_every_event_has_its_words():
    assert set(state.MOVERS) | {"undone"} == set(telling._TELL)
