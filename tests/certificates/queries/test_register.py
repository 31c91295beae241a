"""The state in SQL is the state of the rules; the register keeps to its units."""

import datetime

import pytest

from certificates.queries.register import by_uid, of_officer, register, unit_path_of, with_state
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("old", "left", "revoked"),
    [
        (100, 91, False),
        (100, 90, False),
        (100, 0, False),
        (100, -1, False),
        (-5, 300, False),
        (0, 300, False),
        (100, 300, True),
        (-5, 300, True),
    ],
)
def test_sql_and_rules_agree(old, left, revoked):
    made = certificates.certificate(days_old=old, days_left=left, revoked=revoked)
    annotated = with_state(certificates.TODAY).get()
    assert annotated.state == by_uid(made.uid).state_on(certificates.TODAY)


def test_register_keeps_to_the_subtree():
    bureau = people.unit("局")
    east, west = people.unit("东", bureau), people.unit("西", bureau)
    mine = certificates.certificate(people.officer(east))
    certificates.certificate(people.officer(west))
    assert [c.pk for c in register([east.path], certificates.TODAY)] == [mine.pk]
    assert register([""], certificates.TODAY).count() == 2
    assert register([], certificates.TODAY).count() == 0


def test_merged_duplicates_keep_their_certificates():
    kept = people.officer(people.unit())
    certificates.certificate(people.officer(merged_into=kept))
    assert of_officer(kept.pk, certificates.TODAY).count() == 1


def test_unit_of_somebody_who_serves_nowhere():
    assert unit_path_of(people.officer(), certificates.TODAY) is None


def test_a_later_day_gives_a_later_state():
    certificates.certificate(days_left=10)
    later = certificates.TODAY + datetime.timedelta(days=11)
    assert with_state(later).get().state == "expired"
