"""The cards a post works by, on a day."""

import datetime

import pytest

from lianbing.kit.models import OutboxMessage
from lianbing.library.queries.cards import cards_for
from lianbing.people.models import Post
from tests.factories import cards as made

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = made.AT.date()


def codes(post, on=TODAY) -> list[str]:
    return [version.card.code for version in cards_for(post, on)]


def test_a_post_works_by_its_own_cards_and_the_common_ones():
    first, other = Post.objects.create(name="岗甲"), Post.objects.create(name="岗乙")
    made.approved("A", posts=("岗甲",))
    made.approved("B", posts=("岗甲", "岗乙"))
    made.approved("C")
    made.waiting("D")
    assert (codes(first.pk), codes(other.pk), codes(None)) == (["A", "B", "C"], ["B", "C"], ["C"])


def test_the_version_of_the_day_counts_and_not_the_draft():
    first = made.approved()
    second = made.approved(at=made.AT + DAY, name="新的名称")
    made.draft(at=made.AT + DAY, name="第三稿")
    found = {day: list(cards_for(None, TODAY + day * DAY)) for day in (-1, 0, 1)}
    assert found == {-1: [], 0: [first], 1: [second]}


def test_an_approval_is_told_with_its_posts():
    post = Post.objects.create(name="岗甲")
    first = made.approved(posts=("岗甲",))
    second = made.approved(name="新的名称")
    told = list(
        OutboxMessage.objects.filter(topic="card_approved").order_by("pk").values_list("payload", flat=True)
    )
    assert told == [
        {"card": first.card_id, "version": first.pk, "posts": [post.pk], "first": True},
        {"card": first.card_id, "version": second.pk, "posts": [], "first": False},
    ]
