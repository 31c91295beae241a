"""The alarm on front pages, and duty on the pages of people."""

import pytest

from certificates.panels import enforcement as panels
from certificates.queries.enforcement_file import enforcement_on_file
from lianbing.people import ports
from lianbing.people.rules import Role
from tests.factories import enforcement, people

pytestmark = pytest.mark.django_db


def test_a_leader_is_alarmed_of_the_own_subtree(at):
    root, post = people.unit(), enforcement.duty_post()
    east, west = people.unit("东", root), people.unit("西", root)
    for _ in range(7):
        people.officer(east, post)
    people.officer(west, post)
    shown = panels.leader_alarm(people.actor(people.staff(Role.LEADER, unit=east)), at)
    assert shown.urgent
    assert (shown.context["total"], len(shown.context["rows"])) == (7, panels.SHOWN)


def test_no_alarm_is_no_urgency(at):
    shown = panels.leader_alarm(people.actor(people.staff(Role.LEADER)), at)
    assert (shown.urgent, shown.context["total"]) == (False, 0)


def test_a_leader_who_is_hr_as_well_sees_it_once(at):
    both = people.actor(people.staff(Role.HR, Role.LEADER))
    assert panels.leader_alarm(both, at) is None


def test_it_costs_one_statement(at, django_assert_num_queries):
    post, squad = enforcement.duty_post(), people.unit()
    leader = people.actor(people.staff(Role.LEADER))
    for _ in range(3):
        people.officer(squad, post)
    with django_assert_num_queries(1):
        panels.leader_alarm(leader, at)


def test_people_pages_learn_who_is_on_duty_through_the_port(at):
    held, never = enforcement.entered(), people.officer()
    helper = people.officer(category="auxiliary")
    found = ports.duty_of([held.officer_id, never.pk, helper.pk], at)
    assert {pk: one.on_duty for pk, one in found.items()} == {held.officer_id: True, never.pk: False}
    enforcement.changed(held.officer, "suspended")
    now = ports.duty_of([held.officer_id], at)[held.officer_id]
    assert (now.on_duty, now.number, now.url) == (False, held.certificate_no, held.get_absolute_url())


def test_the_personal_file_tells_every_change(at, django_assert_num_queries):
    held = enforcement.entered()
    enforcement.changed(held.officer, "suspended")
    with django_assert_num_queries(1):
        entries = enforcement_on_file([held.officer_id], None)
    assert [entry.on for entry in entries] == [held.valid_from, enforcement.TODAY]
    assert "云执〔2026〕12号" in entries[1].note
    assert enforcement_on_file([held.officer_id], held.valid_from) == []
