"""What HR must see to of enforcement certificates: one panel, one statement."""

import pytest
from django.urls import reverse

from certificates.panels.waiting import waiting
from certificates.services.warnings import warn_of_ends
from lianbing.people.rules import Role
from tests.factories import enforcement, people, register

pytestmark = pytest.mark.django_db


def counted(unit, at):
    shown = waiting(people.actor(people.staff(Role.HR, unit=unit)), at)
    return {one["url"].split("?")[0]: one["count"] for one in shown.context["figures"]}, shown.urgent


def test_hr_is_alarmed_of_the_own_subtree(at):
    root, post = people.unit(), enforcement.duty_post()
    east, west = people.unit("东", root), people.unit("西", root)
    for _ in range(3):
        people.officer(east, post)
    people.officer(west, post)
    found, urgent = counted(east, at)
    assert (found[reverse("certificates:enforcement_alarms")], urgent) == (3, True)


def test_warnings_alone_are_counted_and_not_urgent(at):
    squad = people.unit()
    register.held(people.officer(squad), until="2026-12-31")
    assert counted(squad, at) == (dict.fromkeys(counted(squad, at)[0], 0), False)
    warn_of_ends(at=at)
    found, urgent = counted(squad, at)
    assert (found[reverse("certificates:warnings")], urgent) == (1, False)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_statement(at, count, django_assert_num_queries):
    squad, post = people.unit(), enforcement.duty_post()
    for _ in range(count):
        people.officer(squad, post)
    hr = people.actor(people.staff(Role.HR))
    with django_assert_num_queries(1):
        waiting(hr, at)
