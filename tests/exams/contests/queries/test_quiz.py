"""Reading quizzes and campaigns: places, shares, what people knew."""

from decimal import Decimal

import pytest

from exams.contests.queries import campaigns
from exams.contests.queries import quiz as queries
from tests.factories import exams, people, quizzes
from tests.factories.quizzes import MINUTE, OPENS

pytestmark = pytest.mark.django_db


def test_places_agree_with_the_ranking():
    quiz = quizzes.published()
    guests = [quizzes.guest(quiz, f"居民{n}") for n in range(4)]
    for who, (right, seconds) in zip(guests, [(4, 50), (4, 50), (4, 40), (2, 5)], strict=True):
        quizzes.attempt(quiz, who, right=right, seconds=seconds)
    ranked = {row.pk: (row.place, row.tied) for row in queries.ranking(quiz)}
    assert [ranked[one.pk] for one in guests] == [(2, 2), (2, 2), (1, 1), (4, 1)]
    for one in guests:
        one.refresh_from_db()
        assert queries.place_of(one) == ranked[one.pk][0]


def test_who_handed_nothing_in_has_no_place():
    quiz = quizzes.published()
    who = quizzes.guest(quiz)
    assert queries.place_of(who) is None
    assert not queries.ranking(quiz).exists()


def test_shares_are_of_the_people_and_low_ones_first():
    quiz = quizzes.published(groups=[("1", "甲", 4), ("2", "乙", 100), ("3", "丙", 0)])
    for group in quiz.groups.all():
        quizzes.attempt(quiz, quizzes.guest(quiz, group=group))
    found = [(one.name, one.share, one.low) for one in queries.participation(quiz)]
    assert found == [("乙", Decimal("1.0"), True), ("甲", Decimal("25.0"), False), ("丙", None, False)]


def test_totals_count_people_once_and_attempts_each():
    quiz = quizzes.published()
    who = quizzes.guest(quiz)
    quizzes.guest(quiz, "看看就走")
    for n in range(2):
        quizzes.attempt(quiz, who, right=4 - n, at=OPENS + 2 * n * MINUTE)
    assert queries.totals(quiz) == queries.Totals(2, 1, 2, Decimal("100.0"), 1)


def test_accuracy_is_by_knowledge_point_the_weakest_first():
    point = exams.point("市容管理")
    quizzes.stock(2, about=point)
    quizzes.stock(2)
    quiz = quizzes.published(lines=((point, 2), (None, 2)))
    begun = quizzes.quiz_taking.start(quiz=quiz, guest=(who := quizzes.guest(quiz)), at=OPENS)
    wrong = [
        quizzes.quiz_taking.Said(place, 1, ["b2"] if item[1] == point.pk else quizzes.key(begun, place))
        for place, item in enumerate(begun.items, start=1)
    ]
    quizzes.quiz_taking.hand_in(guest=who, number=1, answers=wrong, at=OPENS + MINUTE)
    found = [(one.point, one.asked, one.right) for one in queries.accuracy([quiz])]
    assert found == [("市容管理", 2, 0), ("", 2, 2)]


def test_a_forged_cookie_is_nobody():
    quiz = quizzes.published()
    joined = quizzes.join(quiz)
    assert queries.guest_of(quiz, joined.token) == joined.guest
    for forged in ("", "x", joined.guest.token, "x" * 5000):
        assert queries.guest_of(quiz, forged) is None


def test_a_report_holds_published_quizzes_alone():
    unit = people.unit("测试局")
    found = quizzes.campaign(unit=unit)
    quizzes.saved(unit=unit, campaign=found)
    assert campaigns.report(found) == campaigns.Report([], [], [])
