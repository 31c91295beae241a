"""What stands on front pages."""

import pytest

from certificates.panels import training as panels
from lianbing.people.rules import Role
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


def test_my_certificate_becomes_urgent_when_it_ends_soon(at):
    officer = people.officer(people.unit())
    me = people.actor(officer.user)
    assert panels.my_certificate(me, at).context == {"certificate": None}
    certificates.certificate(officer, days_left=20)
    shown = panels.my_certificate(me, at)
    assert shown.urgent
    assert shown.context["days_left"] == 20


def test_who_is_no_officer_has_no_panel(at):
    assert panels.my_certificate(people.actor(people.staff(Role.HR)), at) is None


def test_hr_sees_whom_to_see_to(at):
    squad = people.unit()
    certificates.certificate(people.officer(squad), days_left=20)
    certificates.result(certificates.released(squad), people.officer(squad), None)
    shown = panels.to_see_to(people.actor(people.staff(Role.HR, unit=squad)), at)
    assert [figure["count"] for figure in shown.context["figures"]] == [1, 0, 1, 1]


def test_a_leader_sees_the_coverage_of_the_own_subtree(at):
    bureau = people.unit("局")
    east, west = people.unit("东", bureau), people.unit("西", bureau)
    certificates.certificate(people.officer(east))
    people.officer(west)
    shown = panels.coverage(people.actor(people.staff(Role.LEADER, unit=east)), at)
    assert (shown.context["certified"], shown.context["people"]) == (1, 1)
