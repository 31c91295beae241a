"""Appeals: who may file one, when, and who decides."""

import datetime

import pytest

from certificates.ratings.models import Appeal, AppealEvent, Result
from certificates.ratings.services import appeals, periods
from lianbing.people.rules import Actor, Grant, Role
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db
TEXT = "十月十五日的案卷评查漏登了一卷。"


@pytest.fixture
def result():
    squad = people.unit("东城中队")
    officer = people.officer(squad)
    period = ratings.period(squad)
    ratings.fact(officer, 70)
    ratings.published(period)
    return Result.objects.get()


@pytest.fixture
def officer(result):
    return people.actor(result.officer.user)


def decider(result, number="HR7"):
    grants = (Grant(Role.HR, result.roll.unit_path),)
    return Actor(user_id=77, staff_number=number, name="复核人", grants=grants)


def decide(appeal, by, at, upheld=True, decision="查明属实，予以更正。"):
    appeals.decide(appeal=appeal, upheld=upheld, decision=decision, by=by, at=at)


def test_the_person_concerned_appeals_once(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    assert (appeal.state, appeal.text) == (Appeal.State.FILED, TEXT)
    with pytest.raises(appeals.AppealRefused):
        appeals.file(result=result, text=TEXT, by=officer, at=at)


def test_nobody_appeals_for_somebody_else(result, at):
    with pytest.raises(appeals.AppealRefused):
        appeals.file(result=result, text=TEXT, by=decider(result), at=at)


def test_appeals_end_with_their_last_day(result, officer, at):
    until = result.statement.period.appeals_until
    late = at + datetime.timedelta(days=(until - at.date()).days)
    assert appeals.why_not(result=result, by=officer, at=late) == ""
    assert appeals.why_not(result=result, by=officer, at=late + datetime.timedelta(days=1))


def test_a_result_that_was_replaced_is_past_appeal(result, officer, at):
    period = result.statement.period
    periods.correct(period=period, reason="补录成绩后更正", by=ratings.HR, at=at)
    ratings.publish(period)
    assert appeals.why_not(result=result, by=officer, at=at)


def test_an_empty_appeal_is_refused(result, officer, at):
    with pytest.raises(appeals.AppealRefused):
        appeals.file(result=result, text=" 错 ", by=officer, at=at)


def test_another_decides_with_reasons_and_every_act_is_kept(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    decide(appeal, decider(result), at)
    assert (appeal.state, appeal.decided_by["name"]) == (Appeal.State.UPHELD, "复核人")
    assert [one.kind for one in AppealEvent.objects.order_by("pk")] == ["filed", "upheld"]


def test_it_is_decided_once(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    stale = Appeal.objects.get(pk=appeal.pk)
    decide(appeal, decider(result), at, upheld=False)
    with pytest.raises(appeals.AppealRefused):
        decide(stale, decider(result), at)
    assert Appeal.objects.get().state == Appeal.State.REJECTED


def test_neither_oneself_nor_who_confirmed_nor_a_stranger_decides(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    confirmed = decider(result, number=ratings.LEADER.staff_number)
    elsewhere = Actor(user_id=8, staff_number="X8", name="外单位", grants=(Grant(Role.HR, "9999"),))
    for by in (officer, confirmed, elsewhere):
        with pytest.raises(appeals.AppealRefused):
            decide(appeal, by, at)


def test_a_decision_without_reasons_is_refused(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    with pytest.raises(appeals.AppealRefused):
        decide(appeal, decider(result), at, decision="行")


def test_one_may_take_it_back_and_appeal_again(result, officer, at):
    appeal = appeals.file(result=result, text=TEXT, by=officer, at=at)
    appeals.withdraw(appeal=appeal, by=officer, at=at)
    assert appeals.file(result=result, text=TEXT, by=officer, at=at).pk != appeal.pk
