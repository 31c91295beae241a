"""Questions leave the draws to the minute, wait for a person, and come back when one has spoken."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianbing.kit import due
from lianbing.kit.models import OutboxMessage
from lianbing.library.models import ArticleChange
from lianbing.library.rules.repealing import Act
from lianbing.library.services import effective, repealing
from lianbing.people.rules import SYSTEM, Role
from question_bank import queries, receivers, services
from question_bank.models import LawReview, Pool, Question
from question_bank.queries import law_changes as reading
from question_bank.rules.law_changes import Changed, may_be_drawn
from tests.factories import amendments as laws
from tests.factories import people
from tests.factories.question_bank import BankFactory, draft

pytestmark = pytest.mark.django_db
ALL = frozenset(Pool.values)


@pytest.fixture
def amended():
    """A bank with a question on a changed, on an unchanged and on a removed article."""
    laws.old()
    bank = BankFactory(people_needed=1)
    asked = {number: laws.question(number, bank=bank, stem=f"第{number}题（　）。") for number in (1, 2, 3)}
    laws.amended()
    return bank, asked


def drawn(bank, at):
    return {item.question_id for item in queries.drawable(bank, at=at)}


def legal():
    return people.actor(people.staff(Role.LEGAL))


def change_of(question):
    return ArticleChange.objects.select_related("event", "article__edition__law").get(
        article__cited_by__version=question.published_version
    )


def test_the_draw_is_exact_to_the_minute_without_any_job(amended):
    bank, asked = amended
    assert drawn(bank, laws.MIDNIGHT - laws.MINUTE) == {one.pk for one in asked.values()}
    assert drawn(bank, laws.MIDNIGHT) == {asked[1].pk}
    assert drawn(bank, laws.MIDNIGHT + laws.MINUTE) == {asked[1].pk}
    assert sum(queries.stock(bank, at=laws.MIDNIGHT).values()) == 1


def test_on_the_day_the_touched_questions_wait(amended):
    _bank, asked = amended
    due.run_all(at=laws.MIDNIGHT)
    waiting = LawReview.objects.order_by("version")
    assert [row.version for row in waiting] == [asked[2].published_version, asked[3].published_version]
    assert {row.closed_at for row in waiting} == {None}


def test_a_message_delivered_twice_is_noted_once(amended):
    due.run_all(at=laws.MIDNIGHT)
    payload = OutboxMessage.objects.get(topic="law_amended").payload
    receivers.law_amended(payload, laws.MIDNIGHT + laws.MINUTE)
    assert LawReview.objects.count() == 2
    assert set(LawReview.objects.values_list("opened_at", flat=True)) == {laws.MIDNIGHT}


def test_still_right_brings_a_question_back(amended):
    bank, asked = amended
    due.run_all(at=laws.MIDNIGHT)
    said = services.confirm_still_right(
        change=change_of(asked[2]), questions=[asked[2]], by=legal(), at=laws.MIDNIGHT
    )
    assert said == 1
    assert drawn(bank, laws.MIDNIGHT) == {asked[1].pk, asked[2].pk}
    review = LawReview.objects.get(version=asked[2].published_version)
    assert (review.outcome, review.successor.label) == ("confirmed", "第二条")


def test_saying_it_twice_is_no_news(amended):
    _bank, asked = amended
    about = {"change": change_of(asked[2]), "questions": [asked[2]], "by": legal(), "at": laws.MIDNIGHT}
    assert services.confirm_still_right(**about) == 1
    assert services.confirm_still_right(**about) == 0


def test_what_was_said_ahead_holds_on_the_day(amended):
    bank, asked = amended
    services.confirm_still_right(change=change_of(asked[2]), questions=[asked[2]], by=legal(), at=laws.EARLY)
    due.run_all(at=laws.MIDNIGHT)
    assert drawn(bank, laws.MIDNIGHT) == {asked[1].pk, asked[2].pk}
    assert LawReview.objects.filter(closed_at=None).count() == 1


def test_the_next_amendment_asks_again(amended):
    bank, asked = amended
    services.confirm_still_right(change=change_of(asked[2]), questions=[asked[2]], by=legal(), at=laws.EARLY)
    body = [laws.NEW[0], "第二条 擅自占用道路经营的，处二千元罚款。"]
    again = laws.library.edition(laws.TITLE, history=("2027年3月1日 修订",), body=body, file_name="third.md")
    effective.settle(law=again.law_id, at=laws.MIDNIGHT)
    spring = laws.MIDNIGHT + datetime.timedelta(days=90)
    assert asked[2].pk in drawn(bank, spring - laws.MINUTE)
    assert asked[2].pk not in drawn(bank, spring)


def test_a_writer_does_not_confirm_where_a_second_person_is_demanded():
    laws.old()
    trainer = people.actor(people.staff(Role.TRAINER))
    asked = laws.question(bank=BankFactory(people_needed=1), by=trainer)
    asked.bank.people_needed = 2
    asked.bank.save()
    laws.amended()
    about = {"change": change_of(asked), "questions": [asked], "at": laws.MIDNIGHT}
    with pytest.raises(services.OtherPersonNeeded):
        services.confirm_still_right(by=trainer, **about)
    assert services.confirm_still_right(by=legal(), **about) == 1


def test_a_new_version_closes_what_waited(amended):
    bank, asked = amended
    due.run_all(at=laws.MIDNIGHT)
    by = legal()
    fresh = draft(stem="处一千元还是五百元（　）？", citations=(f"《{laws.TITLE}》第二条",))
    services.revise(question=asked[2], draft=fresh, by=by, at=laws.MIDNIGHT)
    services.publish(question=asked[2], by=by, at=laws.MIDNIGHT)
    assert LawReview.objects.get(version__question=asked[2]).outcome == "revised"
    assert drawn(bank, laws.MIDNIGHT) == {asked[1].pk, asked[2].pk}


def test_retiring_closes_what_waited(amended):
    _bank, asked = amended
    due.run_all(at=laws.MIDNIGHT)
    services.retire_all(questions=[asked[2], asked[3]], reason="条文已改", by=legal(), at=laws.MIDNIGHT)
    assert set(LawReview.objects.values_list("outcome", flat=True)) == {"retired"}


def test_a_repeal_stops_every_question_of_the_law():
    old = laws.old()
    bank = BankFactory(people_needed=1)
    asked = laws.question(1, bank=bank)
    act = Act("关于废止部分规定的决定", "云泊政规〔2026〕5号", laws.DAY, "清理")
    repealing.repeal(targets=[old], act=act, by=SYSTEM, at=laws.EARLY)
    assert drawn(bank, laws.MIDNIGHT - laws.MINUTE) == {asked.pk}
    assert drawn(bank, laws.MIDNIGHT) == set()


def test_waiting_questions_stand_beside_their_change(amended):
    _bank, asked = amended
    changes = list(reading.waiting_changes(laws.DAY, pools=ALL))
    groups = reading.waiting(changes, pools=ALL)
    assert [(g.change.article.label, g.questions) for g in groups] == [
        ("第二条", [asked[2]]),
        ("第三条", [asked[3]]),
    ]
    assert not reading.waiting_changes(laws.DAY - datetime.timedelta(days=1), pools=ALL)
    assert reading.waiting_changes(laws.EARLY.date(), pools=ALL, coming=True).count() == 2


def test_the_draw_takes_one_statement_whatever_changed(amended, django_assert_num_queries):
    bank, _asked = amended
    with django_assert_num_queries(1):
        queries.drawable(bank, at=laws.MIDNIGHT)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.integers(-3, 3), said=st.sets(st.integers(1, 3)))
def test_the_database_decides_as_the_rule_does(amended, day, said):
    from django.db import transaction

    bank, asked = amended
    with transaction.atomic():
        for number in said & {2, 3}:
            services.confirm_still_right(
                change=change_of(asked[number]), questions=[asked[number]], by=legal(), at=laws.EARLY
            )
        at = laws.MIDNIGHT + datetime.timedelta(days=day)
        found = drawn(bank, at)
        for question in Question.objects.select_related("published_version"):
            changes = [
                Changed(c.article_id, c.event.edition_id, c.event.kind, c.on)
                for c in ArticleChange.objects.filter(
                    article__cited_by__version=question.published_version
                ).select_related("event")
            ]
            confirmed = set(
                question.published_version.law_reviews.filter(outcome="confirmed").values_list(
                    "article_id", "edition_id", "event"
                )
            )
            on = laws.DAY + datetime.timedelta(days=day)
            assert (question.pk in found) is may_be_drawn(changes, confirmed, on)
        transaction.set_rollback(True)
