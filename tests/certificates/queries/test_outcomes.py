"""Outcomes in SQL and the exams app's own list say the same."""

import pytest

from certificates.queries.outcomes import passes, released_candidates, sittings_of
from exams.queries.results import released_outcomes
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


def test_sql_agrees_with_the_exams_app():
    squad = people.unit()
    sitting = certificates.released(squad)
    for score in ("100", "60", "59.99", "0", None):
        certificates.result(sitting, people.officer(squad), score)
    ours = {c.officer_id: (c.outcome, c.score) for c in released_candidates().filter(sitting=sitting)}
    theirs = {one.officer_id: (one.state, one.score) for one in released_outcomes(sitting)}
    assert ours == theirs
    assert len(passes(sitting)) == 2


def test_nothing_before_the_release_and_nothing_of_rehearsals():
    squad = people.unit()
    for fields in ({"released_at": None}, {"is_rehearsal": True}):
        certificates.result(certificates.released(squad, **fields), people.officer(squad), "90")
    assert not released_candidates().exists()
    assert not sittings_of([""]).exists()


def test_sittings_are_offered_to_units_that_had_candidates():
    bureau = people.unit("局")
    east, west = people.unit("东", bureau), people.unit("西", bureau)
    sitting = certificates.released(east)
    certificates.result(sitting, people.officer(east), "90")
    assert list(sittings_of([east.path])) == [sitting]
    assert list(sittings_of([west.path])) == []
