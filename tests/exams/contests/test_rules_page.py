"""The page on contest rules says what is, and everything on it has words."""

import re
from pathlib import Path

import pytest

from exams.contests import rounds
from exams.contests.rendering import words
from exams.contests.rules.presets import PRESETS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/reference/contest-rules.md").read_text(encoding="utf-8")
CODE = [
    path for part in ("rules", "rounds", "state") for path in (ROOT / "exams/contests" / part).glob("*.py")
]


def _told(kind):
    """The rows of a kind's table: setting -> (values, default)."""
    section = PAGE.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|", section, re.M)
    return {name: (values, default) for name, values, default in rows}


def _values(setting):
    if setting.sort == "choice":
        return ", ".join(f"`{one}`" for one in setting.options)
    if setting.sort == "flag":
        return "`true`, `false`"
    return "1 to 6 amounts" if setting.sort == "values" else f"{setting.least} to {setting.most}"


def _default(setting):
    if setting.sort == "values":
        return "/".join(setting.default)
    return str(setting.default).lower()


@pytest.mark.parametrize("kind", rounds.names())
def test_every_setting_of_a_round_is_on_its_page(kind):
    settings = rounds.get(kind).settings
    assert _told(kind) == {one.name: (_values(one), _default(one)) for one in settings}


def _codes():
    text = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    return set(re.findall(r'(?:Illegal\(\s*|not_over(?:: ClassVar\[str\])? = )"(\w+)"', text))


def test_every_refusal_is_on_the_page_and_has_words():
    section = PAGE.partition("\n## A match is a fold\n")[2]
    rows = re.findall(r"^\| (`.+?) \|", section, re.M)
    assert {code for row in rows for code in re.findall(r"`(\w+)`", row)} == _codes()
    assert _codes() - set(words.REFUSALS) == set()


def _rule_codes():
    """Every code the rules of rounds may be told with."""
    found = set()
    for kind in map(rounds.get, rounds.names()):
        for one in kind.settings:
            for value in [*one.options, True, False, 0, 5, "0", "5", ["5"]]:
                if not one.problem(value):
                    rules = rounds.RoundRules(kind.name, "", 1, {one.name: value})
                    found |= {code for code, _params in kind.words(rules)}
    return found


def test_every_rule_has_words():
    assert _rule_codes() - set(words.RULES) - words.SILENT == set()


@pytest.mark.parametrize("name", PRESETS)
def test_the_rules_of_a_preset_can_be_read_by_everybody(name):
    book = rounds.parse(PRESETS[name])
    told = [line for one in book.rounds for line in words.round_words(one)] + words.rulebook_words(book)
    assert len(told) > len(book.rounds)
    assert not [line for line in told if "%(" in line or line in words.RULES]


def test_every_preset_is_a_column_of_the_page():
    header = re.search(r"^\| \| (`bureau`.+) \|$", PAGE, re.M)
    assert header is not None
    assert re.findall(r"`(\w+)`", header[1]) == list(PRESETS)
