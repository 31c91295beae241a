"""Appending facts and closing a gathering."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from certificates.ratings.models import Fact, Gathering, Roll
from certificates.ratings.queries.evidence import standing
from certificates.ratings.rules.words import Source
from certificates.ratings.services import facts
from certificates.ratings.services.refusals import Refused
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 10, 15)


@pytest.fixture
def squad():
    return people.unit("一中队")


@pytest.fixture
def one(squad):
    return people.officer(squad)


def _fact(officer, origin, value=1):
    return Fact(
        source=Source.EXAM,
        origin=origin,
        officer=officer,
        on=DAY,
        value=Decimal(value),
        recorded_at=ratings.AT,
    )


def test_a_fact_told_again_replaces_the_one_before(one):
    first = ratings.fact(one, 60, origin="exam:1")
    second = ratings.fact(one, 70, origin="exam:1")
    third = ratings.fact(one, 0, origin="exam:1", gone=True)
    assert [(row.number, row.replaces_id) for row in (first, second, third)] == [
        (1, None), (2, first.pk), (3, second.pk),
    ]  # fmt: skip
    assert [list(standing(row.pk).values_list("pk", flat=True)) for row in (first, second, third)] == [
        [first.pk], [second.pk], [],
    ]  # fmt: skip


def test_sources_do_not_share_their_origins(one):
    ratings.fact(one, 1, origin="1", source=Source.EXAM)
    assert ratings.fact(one, 1, origin="1", source=Source.DRILL).number == 1


def test_one_batch_may_not_tell_a_fact_twice(one):
    with pytest.raises(ValueError, match="at once"):
        facts.append([_fact(one, "exam:1"), _fact(one, "exam:1", 2)])
    assert not Fact.objects.exists()


def test_a_thousand_facts_take_a_handful_of_statements(one, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        facts.append([_fact(one, f"exam:{number}") for number in range(1000)])
    assert Fact.objects.count() == 1000


@pytest.mark.parametrize("change", [{"value": 99}, {"gone": True}])
def test_a_fact_is_never_rewritten(one, change):
    made = ratings.fact(one, 60)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=made.pk).update(**change)


def test_a_gathering_holds_its_rolls_and_the_last_fact(squad, one):
    last = ratings.fact(one, 60)
    period = ratings.period(squad)
    gathering = ratings.gather(period, excluded=[one])
    ratings.fact(one, 70)
    assert (gathering.number, gathering.upto, period.phase) == (1, last.pk, "gathered")
    roll = Roll.objects.get(officer=one)
    assert (roll.unit_name, roll.excluded, roll.approver) == ("一中队", "长期病假", "局长")


def test_the_digest_of_rolls_depends_on_everything_but_their_order(squad, one):
    people.officer(squad)
    rolls = ratings.rolls(ratings.period(squad))
    digest = facts.digest_of(rolls)
    assert facts.digest_of(rolls[::-1]) == digest
    rolls[-1].excluded = "长期病假"
    assert facts.digest_of(rolls) != digest


def test_nothing_is_gathered_between_confirmation_and_publication(squad, one):
    period = ratings.period(squad)
    ratings.computed(period)
    type(period).objects.filter(pk=period.pk).update(phase="confirmed")
    with pytest.raises(Refused) as refused:
        ratings.gather(period)
    assert refused.value.code == "not_gathered"
    assert Gathering.objects.count() == 1
