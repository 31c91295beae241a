"""The road of a period."""

import datetime

import pytest

from certificates.ratings.models import PeriodEvent, Result
from certificates.ratings.queries import statements
from certificates.ratings.rules.words import PeriodKind
from certificates.ratings.services import periods
from certificates.ratings.services.refusals import TEXTS, Refused
from certificates.ratings.state import Phase
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import SYSTEM
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    return people.unit("一中队")


@pytest.fixture
def one(squad):
    return people.officer(squad)


def test_a_period_goes_from_opening_to_closing(squad, one, at):
    period = ratings.period(squad)
    ratings.fact(one, 88)
    statement = ratings.published(period)
    later = at + datetime.timedelta(days=11)
    periods.lock(period=period, by=ratings.HR, at=later)
    assert period.phase == Phase.LOCKED
    assert [event.kind for event in period.events.all()] == [
        "opened", "gathered", "computed", "reviewed", "confirmed", "published", "locked",
    ]  # fmt: skip
    result = Result.objects.get()
    assert (str(result.score), result.grade, result.star, result.place) == ("88.00", "良好", 3, 1)
    assert statements.recomputed(statement) == statements.stored_digest(statement) == statement.digest


def test_every_act_stands_in_the_audit_trail(squad, one):
    ratings.published(ratings.period(squad))
    acts = AuditRecord.objects.filter(stream="ratings").order_by("pk").values_list("action", flat=True)
    assert list(acts) == [f"period_{event.kind}" for event in PeriodEvent.objects.order_by("pk")]


def test_whoever_computed_does_not_confirm(squad, one, at):
    period = ratings.period(squad)
    ratings.computed(period)
    periods.review(period=period, by=ratings.HR, at=at)
    with pytest.raises(Refused) as refused:
        periods.confirm(period=period, by=ratings.HR, at=at)
    assert refused.value.code == "same_person"
    periods.confirm(period=period, by=ratings.LEADER, at=at)


@pytest.mark.parametrize("act", [periods.confirm, periods.publish])
def test_the_system_decides_nothing_about_people(squad, one, at, act):
    period = ratings.period(squad)
    ratings.computed(period)
    with pytest.raises(Refused) as refused:
        act(period=period, by=SYSTEM, at=at)
    assert refused.value.code == "machine"


def test_a_correction_leaves_the_old_statement_in_force_and_readable(squad, one, at):
    period = ratings.period(squad)
    ratings.fact(one, 88, origin="file:1")
    first = ratings.published(period)
    ratings.fact(one, 92, origin="file:1")
    ratings.gather(period)
    second = periods.correct(period=period, reason="成绩录入有误", by=ratings.HR, at=at)
    assert (period.phase, second.number, second.reason) == (Phase.COMPUTED, 2, "成绩录入有误")
    assert [str(row.score) for row in Result.objects.order_by("pk")] == ["88.00", "92.00"]
    ratings.publish(period)
    assert statements.recomputed(first) == first.digest
    assert statements.recomputed(second) == second.digest


def test_a_correction_asks_for_a_reason(squad, one, at):
    period = ratings.period(squad)
    ratings.published(period)
    with pytest.raises(Refused) as refused:
        periods.correct(period=period, reason=" 改 ", by=ratings.HR, at=at)
    assert refused.value.code == "reason"


def test_a_correction_computed_again_keeps_its_reason(squad, one, at):
    period = ratings.period(squad)
    ratings.published(period)
    periods.correct(period=period, reason="成绩录入有误", by=ratings.HR, at=at)
    assert periods.compute(period=period, by=ratings.HR, at=at).reason == "成绩录入有误"


def test_confirmed_results_are_taken_back_with_a_reason(squad, one, at):
    period = ratings.period(squad)
    ratings.computed(period)
    periods.review(period=period, by=ratings.HR, at=at)
    periods.confirm(period=period, by=ratings.LEADER, at=at)
    periods.reopen(period=period, reason="漏了一场考试", by=ratings.HR, at=at)
    assert period.phase == Phase.COMPUTED


def test_nobody_is_assessed_without_evidence_gathered(squad, at):
    with pytest.raises(Refused) as refused:
        periods.compute(period=ratings.period(squad), by=ratings.HR, at=at)
    assert refused.value.code == "not_computed"


def test_a_period_without_people_has_no_statement(squad, at):
    period = ratings.period(squad)
    ratings.gather(period)
    with pytest.raises(Refused) as refused:
        periods.compute(period=period, by=ratings.HR, at=at)
    assert refused.value.code == "nobody"


def test_the_excluded_get_no_result(squad, one):
    away = people.officer(squad)
    ratings.computed(ratings.period(squad), excluded=[away])
    assert [row.officer_id for row in Result.objects.all()] == [one.pk]


def test_a_period_is_closed_after_the_days_for_appeals(squad, one, at):
    period = ratings.period(squad)
    ratings.published(period)
    with pytest.raises(Refused) as refused:
        periods.lock(period=period, by=ratings.HR, at=at)
    assert refused.value.code == "appeals_open"


@pytest.mark.parametrize(
    ("kind", "first", "code"),
    [
        (PeriodKind.QUARTERLY, datetime.date(2026, 2, 1), "span"),
        (PeriodKind.MIDYEAR, datetime.date(2026, 7, 1), "span"),
        (PeriodKind.MONTHLY, datetime.date(2019, 12, 1), "version"),
    ],
)
def test_a_period_begins_where_its_kind_begins(squad, at, kind, first, code):
    with pytest.raises(Refused) as refused:
        ratings.period(squad, kind=kind, first=first)
    assert refused.value.code == code


def test_a_period_is_opened_once(squad):
    of = ratings.scheme()
    ratings.period(squad, of)
    with pytest.raises(Refused) as refused:
        ratings.period(squad, of)
    assert refused.value.code == "twice"


def test_every_refusal_has_its_sentence():
    assert all(str(Refused(code)) for code in TEXTS)
