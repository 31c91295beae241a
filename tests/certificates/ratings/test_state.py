"""The phases of a period: every cell of the table."""

import pytest

from certificates.ratings.state import MOVES, Act, Illegal, Phase, after, legal

ALLOWED = {
    "open": {"gathered": "gathered"},
    "gathered": {"gathered": "gathered", "computed": "computed"},
    "computed": {"gathered": "gathered", "computed": "computed", "reviewed": "reviewed"},
    "reviewed": {"gathered": "gathered", "confirmed": "confirmed"},
    "confirmed": {"published": "published", "reopened": "computed"},
    "published": {"gathered": "published", "locked": "locked", "corrected": "computed"},
    "locked": {"gathered": "locked", "corrected": "computed"},
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("phase", Phase)
def test_every_cell_leads_somewhere_or_is_refused(phase, act):
    to = ALLOWED[phase].get(act)
    if to is not None:
        assert after(phase, act) == to
        return
    with pytest.raises(Illegal):
        after(phase, act)


@pytest.mark.parametrize("phase", Phase)
def test_what_is_legal_is_what_the_table_says(phase):
    assert [str(act) for act in legal(phase)] == [act for act in map(str, Act) if act in ALLOWED[phase]]


def test_nothing_is_published_that_was_not_confirmed():
    assert [phase for (phase, act) in MOVES if act is Act.PUBLISHED] == [Phase.CONFIRMED]


def test_nothing_is_confirmed_that_was_not_reviewed():
    assert [phase for (phase, act) in MOVES if act is Act.CONFIRMED] == [Phase.REVIEWED]
