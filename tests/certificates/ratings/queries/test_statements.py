"""Statements over people and units, what stands behind a point, and the stars of a day."""

import datetime
from decimal import Decimal as D

import pytest

from certificates.ratings.models import Result
from certificates.ratings.queries import published, statements
from certificates.ratings.queries.evidence import Selection
from certificates.ratings.queries.opening import facts_behind, facts_of, parts_behind
from certificates.ratings.queries.stars import ranking, stars_on
from certificates.ratings.rules.indicators import Indicator
from certificates.ratings.rules.words import PeriodKind, Subject
from certificates.ratings.services import periods
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db
OCTOBER = datetime.date(2026, 10, 1)


@pytest.fixture
def squad():
    return people.unit("一中队")


@pytest.fixture
def one(squad):
    return people.officer(squad)


def _on(month, day=15):
    return datetime.date(2026, month, day)


def test_every_point_opens_the_record_behind_it(squad, one):
    fact = ratings.fact(one, 88, label="九月业务考试", url="/exams/attempts/1/")
    ratings.fact(one, 50, on=_on(9))
    ratings.fact(people.officer(squad), 70)
    ratings.computed(ratings.period(squad))
    behind = facts_behind(Result.objects.get(officer=one), "score")
    assert [(row.pk, row.label, row.url) for row in behind] == [
        (fact.pk, "九月业务考试", "/exams/attempts/1/")
    ]
    assert facts_behind(Result.objects.get(officer=one), "no_such_line") == []


def test_what_changed_later_does_not_open_from_an_old_result(squad, one):
    old = ratings.fact(one, 88, origin="exam:1")
    ratings.computed(ratings.period(squad))
    ratings.fact(one, 92, origin="exam:1")
    assert facts_behind(Result.objects.get(), "score") == [old]


def test_a_line_takes_its_kinds_and_conditions_alone(squad, one):
    ratings.indicator("law", combine="sum", kinds=("law",))
    ratings.indicator("passed", combine="count", where=(("passed", ("true",)),))
    of = ratings.scheme(("law", 50), ("passed", 50))
    ratings.fact(one, 8, kind="law", extra={"passed": True})
    ratings.fact(one, 4, kind="skill", extra={"passed": False})
    ratings.computed(ratings.period(squad, of))
    result = Result.objects.get()
    assert [line[0] for line in result.lines] == ["8.00", "1.00"]
    assert {code: len(found) for code, found in facts_of(result).items()} == {"law": 1, "passed": 1}


@pytest.mark.parametrize(
    "value",
    ["0", "0.1", "0.0001", "0.3", "1.005", "59.995", "-4.5", "1234567.8901", "99999999.9999", "7.0000"],
)
def test_numbers_are_read_to_the_digit(squad, one, value):
    fact = ratings.fact(one, D(value))
    read = Selection([Indicator("x")], Subject.OFFICER, OCTOBER, _on(10, 31), fact.pk).values([one.pk])
    assert read == {one.pk: [[(D(value), "2026-10-15", fact.pk)]]}


def test_a_yellow_card_counts_in_every_period_it_holds(squad, one):
    ratings.indicator("card", kind="deduction", combine="count", kinds=("card",))
    ratings.indicator("score", kinds=("score",))
    of = ratings.scheme(("score", 100), ("card", 1))
    ratings.fact(one, 1, on=_on(8), until=_on(10, 1), kind="card")
    for month, held in ((9, "1.00"), (10, "1.00"), (11, None)):
        period = ratings.period(squad, of, first=_on(month, 1))
        ratings.computed(period)
        assert Result.objects.get(statement__period=period).lines[1][0] == held


def test_a_scheme_for_officers_leaves_auxiliaries_out(squad, one):
    people.officer(squad, category="auxiliary")
    ratings.indicator()
    ratings.computed(ratings.period(squad, ratings.scheme(("score", 100), categories=("officer",))))
    assert [row.officer for row in Result.objects.all()] == [one]


def test_the_hours_of_the_year_count_from_january(squad, one):
    ratings.indicator("hours", combine="sum", window="year")
    of = ratings.scheme(("hours", 100))
    for month in (1, 6, 10, 11):
        ratings.fact(one, 10, on=_on(month))
    ratings.fact(one, 10, on=datetime.date(2025, 12, 31))
    ratings.computed(ratings.period(squad, of))
    assert Result.objects.get().lines[0][0] == "30.00"


def test_units_are_ranked_without_the_small_ones(squad):
    bureau = people.unit("局")
    big, small = people.unit("大中队", bureau), people.unit("小中队", bureau)
    for unit, number in ((big, 3), (small, 2)):
        for _place in range(number):
            people.officer(unit)
    ratings.indicator("cover", source="unit_coverage")
    of = ratings.scheme(("cover", 100), subject="unit", min_size=3)
    for unit, value in ((bureau, 80), (big, 70), (small, 90)):
        ratings.fact(unit, value, source="unit_coverage")
    statement = ratings.computed(ratings.period(bureau, of))
    assert [(row.unit.name, str(row.score), row.place) for row in ranking(statement)] == [
        ("局", "80.00", 1), ("大中队", "70.00", 2), ("小中队", "90.00", None),
    ]  # fmt: skip
    assert statements.recomputed(statement) == statements.stored_digest(statement) == statement.digest


def test_a_units_figure_of_another_span_does_not_count(squad, one):
    ratings.indicator("cover", source="unit_coverage")
    of = ratings.scheme(("cover", 100), subject="unit")
    ratings.fact(squad, 40, source="unit_coverage", extra={"span": ["2026-01-01", "2026-12-31"]})
    ratings.fact(squad, 75, source="unit_coverage", extra={"span": ["2026-10-01", "2026-10-31"]})
    ratings.computed(ratings.period(squad, of))
    assert Result.objects.get().lines[0][0] == "75.00"


def test_a_quarter_rolls_up_what_was_published_and_names_it(squad, one):
    ratings.indicator()
    of = ratings.scheme(("score", 100), roll_up={PeriodKind.QUARTERLY: {PeriodKind.MONTHLY: D(100)}})
    for month, value in ((10, 80), (11, 91)):
        ratings.fact(one, value, on=_on(month))
        ratings.published(ratings.period(squad, of, first=_on(month, 1)))
    ratings.fact(one, 10, on=_on(12))
    ratings.computed(ratings.period(squad, of, first=_on(12, 1)))
    ratings.computed(ratings.period(squad, of, PeriodKind.QUARTERLY, OCTOBER))
    result = Result.objects.order_by("pk").last()
    assert str(result.score) == "85.50"
    assert [str(part.score) for part in parts_behind(result)] == ["80.00", "91.00"]


def test_who_has_nothing_to_roll_up_gets_no_result(squad, one):
    ratings.indicator()
    of = ratings.scheme(("score", 100), roll_up={PeriodKind.QUARTERLY: {PeriodKind.MONTHLY: D(100)}})
    ratings.published(ratings.period(squad, of))
    late = people.officer(squad)
    ratings.computed(ratings.period(squad, of, PeriodKind.QUARTERLY, OCTOBER))
    assert not Result.objects.filter(officer=late).exists()


def test_nobody_has_a_star_before_it_is_published(squad, one, at):
    ratings.fact(one, 88)
    period = ratings.period(squad)
    ratings.computed(period)
    today = at.date()
    assert stars_on([one.pk], today) == {}
    ratings.publish(period)
    assert stars_on([one.pk], today - datetime.timedelta(days=1)) == {}
    star = stars_on([one.pk], today)[one.pk]
    assert (star.level, str(star.score), star.grade, star.period) == (3, "88.00", "良好", period)


def test_a_correction_counts_from_its_own_day(squad, one, at):
    ratings.fact(one, 88, origin="exam:1")
    period = ratings.period(squad)
    first = ratings.published(period)
    later = at + datetime.timedelta(days=3)
    ratings.fact(one, 96, origin="exam:1")
    ratings.gather(period, at=later)
    second = periods.correct(period=period, reason="成绩复核更正", by=ratings.HR, at=later)
    assert published.statement_on(period, later.date()) == first
    ratings.publish(period, at=later)
    assert published.statement_on(period, later.date() - datetime.timedelta(days=1)) == first
    assert published.statement_on(period, later.date()) == second
    assert published.statement_on(period, at.date() - datetime.timedelta(days=1)) is None
    assert [stars_on([one.pk], day.date())[one.pk].level for day in (at, later)] == [3, 5]


def test_reading_stars_takes_the_same_statements_for_many(squad, one, at, django_assert_num_queries):
    ratings.published(ratings.period(squad))
    with django_assert_num_queries(3):
        stars_on([one.pk], at.date())
    many = [people.officer(squad).pk for _number in range(5)]
    with django_assert_num_queries(3):
        stars_on(many, at.date())


def test_computing_takes_the_same_statements_for_many(squad, one, django_assert_num_queries):
    def spent(period):
        basis = statements.basis_now(period, ratings.gather(period))
        with django_assert_num_queries(3):
            statements.computed(basis)

    of = ratings.scheme()
    spent(ratings.period(squad, of))
    for _number in range(10):
        ratings.fact(people.officer(squad), 50, on=_on(11))
    spent(ratings.period(squad, of, first=_on(11, 1)))


def test_results_tampered_with_no_longer_match_their_digest(squad, one):
    ratings.fact(one, 88)
    statement = ratings.computed(ratings.period(squad))
    Result.objects.bulk_create(
        [Result(statement=statement, roll=Result.objects.get().roll, officer=people.officer(), score=1)]
    )
    assert statements.stored_digest(statement) != statement.digest
