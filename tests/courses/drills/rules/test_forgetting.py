"""Our plain formulas and the package's scheduler say the same."""

import datetime

import pytest
from fsrs import Card, Rating, Scheduler

from courses.drills.rules import forgetting

START = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def at(days: int) -> datetime.datetime:
    return START + datetime.timedelta(days=days)


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_the_first_answer_sets_the_same_stability_and_difficulty(rating):
    card, _ = SCHEDULER.review_card(Card(), Rating(rating), at(0))

    assert forgetting.first_stability(rating) == pytest.approx(card.stability)
    assert forgetting.first_difficulty(rating) == pytest.approx(card.difficulty)


@pytest.mark.parametrize("days", [1, 7, 40])
@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_a_later_answer_changes_both_alike(rating, days):
    before, _ = SCHEDULER.review_card(Card(), Rating.Good, at(0))
    after, _ = SCHEDULER.review_card(before, Rating(rating), at(days))
    known = forgetting.recall(before.stability, days)

    if rating == 1:
        stability = forgetting.stability_if_forgotten(before.stability, before.difficulty, known)
    else:
        stability = forgetting.stability_if_known(before.stability, before.difficulty, known, rating)

    assert known == pytest.approx(SCHEDULER.get_card_retrievability(before, at(days)))
    assert stability == pytest.approx(after.stability)
    assert forgetting.next_difficulty(before.difficulty, rating) == pytest.approx(after.difficulty)


def test_days_until_is_the_inverse_of_recall():
    assert forgetting.days_until(10, 0.9) == pytest.approx(10)
    assert forgetting.recall(10, forgetting.days_until(10, 0.8)) == pytest.approx(0.8)
