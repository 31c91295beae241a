"""Hours on the front page: mine, and who lacks some before the year ends."""

import datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from courses.training.panels.hours import lacking_hours, my_hours
from lianbing.people.rules import Role
from tests.factories.hours import AT, granted, target
from tests.factories.people import actor, officer, staff, unit

pytestmark = pytest.mark.django_db
SPRING = datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC)


def shown(panel):
    return render_to_string(panel.template, panel.context)


def test_my_panel_says_what_is_missing_and_presses_late_in_the_year():
    person = officer(unit())
    target(hours=Decimal(20))
    granted(person, "session:a:1")
    late = my_hours(actor(person.user), AT)
    assert late.urgent
    assert "12" in shown(late)
    assert not my_hours(actor(person.user), SPRING).urgent


def test_without_target_and_hours_there_is_no_panel():
    assert my_hours(actor(officer(unit()).user), AT) is None
    assert my_hours(actor(staff(Role.HR)), AT) is None


def test_the_personnel_office_sees_those_who_lack_most_first():
    squad = unit()
    some, most = officer(squad, name="差八"), officer(squad, name="差十六")
    target(hours=Decimal(16))
    granted(some, "session:a:1")
    made = lacking_hours(actor(staff(Role.HR)), AT)
    assert [row["line"].officer_id for row in made.context["most"]] == [most.pk, some.pk]
    assert made.urgent
    assert "差十六" in shown(made)


def test_a_units_personnel_office_sees_its_own_people_only():
    mine, other = unit("一中队"), unit("二中队")
    officer(mine)
    officer(other)
    target()
    assert lacking_hours(actor(staff(Role.HR, unit=mine)), AT).context["people"] == 1


def test_without_a_target_nobody_lacks_hours():
    officer(unit())
    made = lacking_hours(actor(staff(Role.HR)), AT)
    assert (made.context["lacking"], made.urgent) == (0, False)
    assert shown(made)
