"""The prize draw of a quiz: once, from what was committed to, offered in order, contacts deleted again."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from exams.contests.models import QuizDraw, QuizList, QuizOffer
from exams.contests.rendering.quiz import draw_document
from exams.contests.rules import lottery as rules
from exams.contests.services import lottery, quiz_setting, quiz_taking
from exams.contests.services.quiz_setting import QuizRefused
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import NOBODY, Actor, Grant, Role
from tests.factories import quizzes
from tests.factories.quizzes import AFTER, CLOSES, KEEPER, MINUTE, OPENS, ORGANISER

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TICK = datetime.timedelta(microseconds=1)


def _code(function, **told):
    with pytest.raises(QuizRefused) as refused:
        function(**told)
    return refused.value.code


def _winner(drawn, place=1):
    return QuizOffer.objects.get(draw=drawn.draw, place=place).guest


def test_the_published_file_is_valid_and_matches_the_commitment():
    drawn = quizzes.drawn()
    told = draw_document(drawn.quiz, drawn.quiz.eligible, drawn.draw)
    assert rules.check(told, drawn.quiz.commitment).valid
    assert [one["number"] for one in told["winners"]] == [
        offer.guest.number for offer in QuizOffer.objects.order_by("place")
    ]


def test_there_is_no_second_draw():
    drawn = quizzes.drawn()
    assert _code(lottery.draw, quiz=drawn.quiz, by=ORGANISER, at=AFTER + DAY) == "drawn"
    for rows in (QuizDraw.objects.all(), QuizList.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(at=AFTER)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    assert QuizOffer.objects.count() == 3


@pytest.mark.parametrize("at", [OPENS, CLOSES - TICK])
def test_nothing_is_drawn_before_the_window_closes(at):
    quiz = quizzes.published()
    quizzes.attempt(quiz, quizzes.guest(quiz))
    assert _code(lottery.draw, quiz=quiz, by=ORGANISER, at=at) == "not_closed"
    assert _code(lottery.publish_list, quiz=quiz, at=at) == "not_closed"


def test_the_list_is_published_by_the_clock_once():
    quiz = quizzes.published()
    quizzes.attempt(quiz, quizzes.guest(quiz))
    assert lottery.publish_due(CLOSES - TICK) == 0
    assert lottery.publish_due(CLOSES) == 1
    assert lottery.publish_due(CLOSES) == 0


def test_the_list_holds_who_reached_the_score_and_an_attempt_that_ran_to_the_end():
    quiz = quizzes.published()
    good, poor, late = (quizzes.guest(quiz, name) for name in ("甲", "乙", "丙"))
    quizzes.attempt(quiz, good, right=3)
    quizzes.attempt(quiz, poor, right=2)
    begun = quiz_taking.start(quiz=quiz, guest=late, at=CLOSES - MINUTE)
    quiz_taking.save(guest=late, number=1, answers=quizzes.said(begun), at=CLOSES - TICK)
    listed = lottery.publish_list(quiz=quiz, at=CLOSES)
    assert {number for number, _name in listed.entries} == {good.number, late.number}
    assert {name for _number, name in listed.entries} == {"甲**", "丙**"}


def test_when_one_presses_changes_nothing():
    """The same seed and list give the same order, whatever the moment and whoever draws."""
    quiz = quizzes.published()
    for n in range(5):
        quizzes.attempt(quiz, quizzes.guest(quiz, f"居民{n}"))
    listed = lottery.publish_list(quiz=quiz, at=AFTER)
    entries = [rules.Entry(*one) for one in listed.entries]
    drawn = lottery.draw(quiz=quiz, by=KEEPER, at=AFTER + 5 * DAY)
    assert drawn.order == rules.drawn_order(quiz.seed, entries)


def test_only_organisers_draw_and_nobody_draws_from_nobody():
    quiz = quizzes.published()
    assert _code(lottery.draw, quiz=quiz, by=NOBODY, at=AFTER) == "not_allowed"
    assert _code(lottery.draw, quiz=quiz, by=ORGANISER, at=AFTER) == "nobody"


def test_a_quiz_called_off_or_without_draw_is_not_drawn():
    quiz = quizzes.published()
    other = quizzes.published(draw_from=None, unit=quiz.unit)
    quiz_setting.stop(quiz=quiz, reason="题目有误，另行通知", by=ORGANISER, at=OPENS)
    assert _code(lottery.draw, quiz=quizzes.fresh(quiz), by=ORGANISER, at=AFTER) == "stopped"
    assert _code(lottery.draw, quiz=other, by=ORGANISER, at=AFTER) == "no_draw"
    assert lottery.publish_due(AFTER) == 0


def test_the_seed_stays_out_of_the_trail_until_the_draw():
    quiz = quizzes.published()
    quizzes.attempt(quiz, quizzes.guest(quiz))
    lottery.publish_list(quiz=quiz, at=AFTER)
    assert not any(quiz.seed in str(row.details) for row in AuditRecord.objects.all())
    lottery.draw(quiz=quiz, by=ORGANISER, at=AFTER)
    assert AuditRecord.objects.get(action="quiz_drawn").details["seed"] == quiz.seed


def test_who_does_not_answer_is_passed_over_in_drawn_order():
    drawn = quizzes.drawn()
    lottery.answer(guest=_winner(drawn, 1), contact="", consents=False, at=AFTER + DAY)
    assert lottery.pass_over(AFTER + 7 * DAY - TICK) == 0
    assert lottery.pass_over(AFTER + 7 * DAY) == 2
    offers = list(QuizOffer.objects.order_by("place"))
    assert [one.guest.number for one in offers] == drawn.draw.order[:5]
    assert [one.prize for one in offers[3:]] == ["二等奖", "二等奖"]
    assert offers[0].lapsed_at is None


def test_when_everybody_was_asked_a_prize_stays():
    quizzes.drawn(guests=3)
    assert lottery.pass_over(AFTER + 7 * DAY) == 3
    assert QuizOffer.objects.count() == 3


def test_an_answer_at_the_deadline_is_late():
    drawn = quizzes.drawn()
    at = AFTER + 7 * DAY
    assert _code(lottery.answer, guest=_winner(drawn), contact="", consents=True, at=at) == "late"
    assert lottery.answer(guest=_winner(drawn), contact="", consents=True, at=at - TICK).answered_at


def test_somebody_without_a_prize_answers_nothing():
    drawn = quizzes.drawn()
    loser = next(one.guest for one in drawn.joined if one.guest.number == drawn.draw.order[-1])
    assert _code(lottery.answer, guest=loser, contact="", consents=True, at=AFTER) == "no_prize"


def test_a_contact_is_sealed_and_asked_for_with_consent():
    drawn = quizzes.drawn(asks_contact=True)
    told = {"guest": _winner(drawn), "at": AFTER + DAY}
    assert _code(lottery.answer, contact="138", consents=True, **told) == "contact"
    assert _code(lottery.answer, contact="13800138000", consents=False, **told) == "consent"
    lottery.answer(contact=" 13800138000 ", consents=True, **told)
    row = QuizOffer.objects.get(place=1)
    assert "138" not in row.sealed
    assert lottery.contact_of(row) == "13800138000"


def test_one_role_reads_a_contact_and_each_look_is_on_record():
    drawn = quizzes.drawn(asks_contact=True)
    offer = lottery.answer(guest=_winner(drawn), contact="13800138000", consents=True, at=AFTER)
    assert _code(lottery.show_contact, offer=offer, by=ORGANISER, at=AFTER) == "not_allowed"
    leader = Actor(3, "3", "领导", grants=(Grant(Role.LEADER),))
    assert _code(lottery.show_contact, offer=offer, by=leader, at=AFTER) == "not_allowed"
    assert lottery.show_contact(offer=offer, by=KEEPER, at=AFTER) == "13800138000"
    record = AuditRecord.objects.get(action="quiz_contact_read")
    assert "138" not in str(record.details) + record.subject_name


def test_contacts_are_deleted_after_their_days_with_a_record():
    drawn = quizzes.drawn(asks_contact=True, contact_days=30)
    offer = lottery.answer(guest=_winner(drawn), contact="13800138000", consents=True, at=AFTER)
    assert lottery.purge_contacts(AFTER + 30 * DAY - TICK) == 0
    assert lottery.purge_contacts(AFTER + 30 * DAY) == 1
    offer.refresh_from_db()
    assert (offer.sealed, offer.purged_at) == ("", AFTER + 30 * DAY)
    assert AuditRecord.objects.get(action="quiz_contacts_purged").details == {"count": 1}
    assert _code(lottery.show_contact, offer=offer, by=KEEPER, at=AFTER + 31 * DAY) == "gone"


def test_a_contact_copied_to_another_place_does_not_open(settings):
    drawn = quizzes.drawn(asks_contact=True)
    lottery.answer(guest=_winner(drawn), contact="13800138000", consents=True, at=AFTER)
    first, second = QuizOffer.objects.order_by("place")[:2]
    second.sealed = first.sealed
    assert lottery.contact_of(second) == ""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert lottery.contact_of(first) == "13800138000"
