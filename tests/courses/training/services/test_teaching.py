"""R18: the pool, ratings once and nameless, none of oneself, none within the unit where flagged."""

from decimal import Decimal

import pytest

from courses.training.models import InstructorRating, RollEntry
from courses.training.queries.teaching import Load, Rating, lines
from courses.training.services.teaching import TeachingRefused, rate, save_instructor, save_room
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import people, training
from tests.factories.training import DAY, HOUR, NINE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return people.unit()


def attended(session, officer, state="present"):
    RollEntry.objects.create(session=session, officer=officer, unit=session.unit, state=state)
    return people.actor(officer.user)


def held(unit, *instructors, batch=None, **fields):
    """A session of this morning, closed at eleven."""
    fields.setdefault("state", "closed")
    return training.session(batch, unit=unit, instructors=instructors, minutes=120, **fields)


def say(session, instructor, by, stars=5, at=NINE + 3 * HOUR):
    return rate(session=session, instructor=instructor, stars=stars, comment="讲得好", by=by, at=at)


def test_everybody_who_was_there_rates_once_and_the_average_is_shown(unit):
    teacher = training.instructor(unit)
    session = held(unit, teacher)
    people_there = [attended(session, people.officer(unit)) for _ in range(3)]
    for by, stars in zip(people_there, (5, 4, 4), strict=True):
        say(session, teacher, by, stars)
    with pytest.raises(TeachingRefused):
        say(session, teacher, people_there[0])
    assert lines([teacher], TODAY)[0].rating == Rating(Decimal("4.3"), 3)


def test_nothing_in_the_audit_trail_says_who_rated(unit):
    teacher = training.instructor(unit)
    session = held(unit, teacher)
    say(session, teacher, attended(session, people.officer(unit)))
    assert not AuditRecord.objects.exists()


def test_an_instructor_does_not_rate_themselves(unit):
    officer = people.officer(unit)
    teacher = training.instructor(unit, officer=officer)
    session = held(unit, teacher)
    with pytest.raises(TeachingRefused):
        say(session, teacher, attended(session, officer))


@pytest.mark.parametrize(("impartial", "refused"), [(True, True), (False, False)])
def test_nobody_rates_an_instructor_of_the_own_unit_where_flagged(unit, impartial, refused):
    teacher = training.instructor(unit, officer=people.officer(unit))
    batch = training.batch(training.training_class(unit, impartial=impartial))
    session = held(unit, teacher, batch=batch)
    by = attended(session, people.officer(unit))
    if refused:
        with pytest.raises(TeachingRefused):
            say(session, teacher, by)
    else:
        assert say(session, teacher, by).stars == 5


def test_people_of_other_units_rate_in_an_impartial_class(unit):
    teacher = training.instructor(unit, officer=people.officer(unit))
    session = held(unit, teacher, batch=training.batch(training.training_class(unit, impartial=True)))
    assert say(session, teacher, attended(session, people.officer(people.unit("中队", unit))))


@pytest.mark.parametrize("state", ["absent", "leave", "expected"])
def test_whoever_was_not_there_does_not_rate(unit, state):
    teacher = training.instructor(unit)
    session = held(unit, teacher)
    with pytest.raises(TeachingRefused):
        say(session, teacher, attended(session, people.officer(unit), state))


def test_ratings_begin_when_the_session_is_closed_and_end_after_thirty_days(unit):
    teacher = training.instructor(unit)
    running = held(unit, teacher, state="open")
    with pytest.raises(TeachingRefused):
        say(running, teacher, attended(running, people.officer(unit)))
    session = held(unit, teacher)
    with pytest.raises(TeachingRefused):
        say(session, teacher, attended(session, people.officer(unit)), at=NINE + 31 * DAY)
    assert not InstructorRating.objects.exists()


def test_load_counts_what_is_planned_and_held_but_not_what_was_cancelled(unit):
    teacher = training.instructor(unit)
    held(unit, teacher)
    held(unit, teacher, starts_at=NINE - 40 * DAY)
    held(unit, teacher, state="cancelled", starts_at=NINE - DAY)
    held(unit, teacher, starts_at=NINE - 365 * DAY)
    shorter = held(unit, teacher, starts_at=NINE - 2 * DAY)
    shorter.held_from, shorter.held_to = shorter.starts_at, shorter.starts_at + HOUR
    shorter.save()
    assert lines([teacher], TODAY)[0].load == Load(month=Decimal("3.0"), year=Decimal("5.0"))


def test_an_outsider_needs_no_account_and_an_officer_stands_in_the_pool_once(unit):
    officer = people.officer(unit, name="李教官")
    values = {"organisation": "党校", "unit": unit, "subjects": "", "level": "expert"}
    outside = save_instructor(values={**values, "officer": None, "name": "王教授"}, by=SYSTEM, at=NINE)
    inside = save_instructor(values={**values, "officer": officer, "name": ""}, by=SYSTEM, at=NINE)
    assert (outside.officer, inside.name) == (None, "李教官")
    with pytest.raises(TeachingRefused):
        save_instructor(values={**values, "officer": officer, "name": ""}, by=SYSTEM, at=NINE)


def test_a_unit_has_no_two_rooms_of_one_name(unit):
    save_room(values={"name": "一号教室", "unit": unit, "places": 40}, by=SYSTEM, at=NINE)
    with pytest.raises(TeachingRefused):
        save_room(values={"name": "一号教室", "unit": unit, "places": 10}, by=SYSTEM, at=NINE)
