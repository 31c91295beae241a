"""Whether a question may be drawn follows from its citations and the moment."""

import datetime

import pytest

from question_bank.rules.law_changes import Changed, can_confirm, may_be_drawn

DAY = datetime.date(2026, 12, 1)
BEFORE = DAY - datetime.timedelta(days=1)
CHANGE = Changed(article=7, edition=2, event="amended", on=DAY)
LATER = Changed(article=7, edition=3, event="amended", on=DAY + datetime.timedelta(days=30))


@pytest.mark.parametrize(
    ("changes", "confirmed", "on", "drawn"),
    [
        ([], [], DAY, True),
        ([CHANGE], [], BEFORE, True),
        ([CHANGE], [], DAY, False),
        ([CHANGE], [CHANGE.key], DAY, True),
        ([CHANGE, LATER], [CHANGE.key], DAY, True),
        ([CHANGE, LATER], [CHANGE.key], LATER.on, False),
        ([CHANGE], [(8, 2, "amended")], DAY, False),
        ([CHANGE], [(7, 2, "repealed")], DAY, False),
    ],
)
def test_every_change_in_effect_must_be_confirmed(changes, confirmed, on, drawn):
    assert may_be_drawn(changes, confirmed, on) is drawn


@pytest.mark.parametrize(
    ("writers", "confirmer", "people", "may"),
    [({1}, 1, 1, True), ({1}, 1, 2, False), ({1}, 1, 3, False), ({1}, 2, 3, True), (set(), None, 1, False)],
)
def test_no_writer_confirms_where_a_second_person_is_demanded(writers, confirmer, people, may):
    assert can_confirm(writers=frozenset(writers), confirmer=confirmer, people=people) is may
