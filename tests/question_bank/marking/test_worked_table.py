"""The worked table of docs/reference/marking-rules.md, every cell computed anew."""

from decimal import Decimal
from pathlib import Path

import pytest

from question_bank import marking
from question_bank.rules.contract import Outcome

PAGE = Path(__file__).resolve().parents[3] / "docs/reference/marking-rules.md"
FACTS = 6


def _table():
    lines = PAGE.read_text(encoding="utf-8").partition("## Worked table")[2].splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [head.strip("`") for head in table[0]], table[2:]


HEADS, ROWS = _table()
CELLS = [
    pytest.param(head, row, cell, id=f"{head.split()[0]}-{row[1]}")
    for row in ROWS
    for head, cell in zip(HEADS[FACTS:], row[FACTS:], strict=True)
]


@pytest.mark.parametrize(("head", "row", "cell"), CELLS)
def test_the_cell_is_what_the_rule_gives(head, row, cell):
    name, *pairs = head.split()
    unit, _response, total, right, wrong, full = row[:FACTS]
    rule = marking.get(name)
    outcome = Outcome(int(total), int(right), int(wrong), right == wrong == "0", unit)
    settings = dict(pair.split("=") for pair in pairs)
    assert (unit in rule.units) == (cell != "–")
    if cell != "–":
        assert rule.check(settings, Decimal(full)) == []
        assert rule.mark(outcome, Decimal(full), settings) == Decimal(cell)


def test_every_rule_has_a_column():
    assert {head.split()[0] for head in HEADS[FACTS:]} == set(marking.names())
