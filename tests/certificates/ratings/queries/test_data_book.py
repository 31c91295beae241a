"""The data book equals plain SQL, belongs to units as of the time, and asks a constant number of statements."""

import datetime
from decimal import Decimal

import pytest

from certificates.ratings.queries.data_book import data_book
from certificates.ratings.queries.data_book_check import SQL, checked
from certificates.ratings.queries.stars import stars_on
from certificates.ratings.rules.data_book import SECTIONS, SHARES
from tests.factories import certificates, enforcement, hours, people, training
from tests.factories import ratings as factory

TODAY = datetime.date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    """Two squads: east with an officer who passed, one who did not come and a trainee; west with an auxiliary."""
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    hours.table()
    passed, absent = people.officer(east), people.officer(east)
    helper = people.officer(west, category="auxiliary")
    sitting = certificates.released(east)
    certificates.result(sitting, passed, 81)
    certificates.result(sitting, absent)
    hours.granted(passed, "a")
    hours.granted(helper, "b", hours.session(minutes=180))
    held = training.training_class(east, starts_on=TODAY, ends_on=TODAY, state="finished")
    training.trainee(training.batch(held), passed, state="finished")
    certificates.certificate(passed)
    enforcement.entered(passed)
    return root


def whole(unit, year=2026):
    return data_book(unit, year, today=TODAY).whole.figures


def test_every_counted_figure_equals_plain_sql(bureau):
    found = checked(data_book(bureau, 2026, today=TODAY))
    assert [one.name for one in found if not one.equal] == []
    assert {one.name for one in found if one.sql} >= {
        "officers",
        "hours",
        "classes",
        "invited",
        "passed",
        "issued",
    }


def test_only_the_register_and_the_stars_are_not_held_against_sql():
    counted = {name for names in SECTIONS.values() for name in names if name not in SHARES}
    assert counted - set(SQL) == {"holders", "on_duty", *(f"star_{level}" for level in range(1, 6))}


def test_the_figures_of_a_small_bureau_by_hand(bureau):
    figures = whole(bureau)
    expected = {
        "officers": 2,
        "auxiliaries": 1,
        "holders": 1,
        "on_duty": 1,
        "classes": 1,
        "completed": 1,
        "trained": 2,
    }
    expected |= {"sittings": 1, "invited": 2, "sat": 1, "passed": 1, "issued": 1, "revoked": 0, "matches": 0}
    assert {name: figures[name] for name in expected} == expected
    assert (figures["pass_rate"], figures["sit_rate"], figures["mean"]) == (100, 50, 81)
    assert figures["duty_share"] == 50


def test_the_branches_add_up_to_the_whole(bureau):
    book = data_book(bureau, 2026, today=TODAY)
    for name in SQL:
        assert sum(row.figures[name] for row in book.branches) == book.whole.figures[name], name


def test_a_year_shows_its_own_figures_alone(bureau):
    trend = {row.year: row.figures for row in data_book(bureau, 2026, today=TODAY).trend}
    assert list(trend) == [2022, 2023, 2024, 2025, 2026]
    assert (trend[2025]["hours"], trend[2025]["classes"], trend[2025]["sat"], trend[2025]["pass_rate"]) == (
        0,
        0,
        0,
        None,
    )
    assert trend[2025]["officers"] == 2


def test_hours_stay_where_they_were_earned_when_somebody_moves(bureau):
    east, west = bureau.get_children()
    mover = people.officer(east)
    hours.granted(mover, "c")
    before = whole(east)["hours"]
    mover.appointments.update(unit=west)
    assert whole(east)["hours"] == before
    assert whole(west)["officers"] == 1


def test_rehearsal_accounts_count_nowhere(bureau):
    before = whole(bureau)
    shadow = people.officer(bureau.get_children()[0])
    shadow.user.is_rehearsal = True
    shadow.user.save()
    certificates.certificate(shadow)
    assert whole(bureau) == before


def test_a_published_star_is_counted(bureau):
    officer = bureau.get_children()[0].appointments.first().officer
    period = factory.period(bureau)
    factory.fact(officer, 99)
    factory.published(period)
    level = stars_on([officer.pk], TODAY)[officer.pk].level
    assert whole(bureau)[f"star_{level}"] >= Decimal(1)


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_units(bureau, count, django_assert_max_num_queries):
    for number in range(count):
        people.officer(people.unit(f"第{number}中队", bureau))
    with django_assert_max_num_queries(15):
        data_book(bureau, 2026, today=TODAY)
