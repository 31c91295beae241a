"""What a post must know on a day: the entries of its list and the questions they mean."""

import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from courses.drills.models import MasteryProof, MustKnow
from courses.drills.queries.practice import Topic
from courses.drills.queries.subjects import Subject, questions_about
from lianbing.library.models import Card
from lianbing.people.models import Post

DAY = datetime.timedelta(days=1)
SHOWN = ("law", "article__edition__law", "point", "card__current", "post")
HEAVY = tuple(
    f"article__edition__{name}" for name in ("source_text", "headings", "preamble", "history", "doubts")
)


def entries_of(post: int | None, on: datetime.date) -> QuerySet[MustKnow]:
    """What stands on the list of a post and on the common one on a day, the common ones first.

    What was taken off during a day is not on it any more; what was added is.
    """
    end = timezone.make_aware(datetime.datetime.combine(on + DAY, datetime.time.min))
    mine = Q(post=None) | Q(post=post) if post else Q(post=None)
    standing = Q(removed_at=None) | Q(removed_at__gte=end)
    return MustKnow.objects.filter(mine, standing, added_at__lt=end).order_by("post_id", "position", "pk")


def shown(entries: QuerySet[MustKnow]) -> QuerySet[MustKnow]:
    """The same with what is needed to name each."""
    return entries.select_related(*SHOWN).defer(*HEAVY)


def subject_of(entry: MustKnow) -> Subject:
    """What an entry means."""
    for kind in ("law", "article", "point"):
        if (pk := getattr(entry, f"{kind}_id")) is not None:
            return Subject(kind, pk)
    assert entry.card_id is not None, "the database holds exactly one"
    return Subject("card", entry.card_id)


def questions_of(post: Post | int | None, on: datetime.date) -> frozenset[int]:
    """The questions, within reach of drills, of a post's list and of the common one on a day.

    `post` None: somebody without a post, who must know what everybody must. About ten statements.
    """
    pk = post.pk if isinstance(post, Post) else post
    subjects = {subject_of(entry) for entry in entries_of(pk, on)}
    at = timezone.make_aware(datetime.datetime.combine(on, datetime.time.max))
    return frozenset().union(*questions_about(subjects, at).values())


def proof_of(officer_id: int, post_id: int | None, on: datetime.date) -> MasteryProof | None:
    """The passed self-test that proves this officer's must-know of a post on a day, or None."""
    rows = MasteryProof.objects.filter(officer=officer_id, post=post_id, passed=True, holds_until__gt=on)
    return rows.filter(on__lte=on).order_by("-on").first()


def list_sizes() -> tuple[int, list[tuple[Post, int]]]:
    """How many entries the common list has, and every post with the number of its own. Two statements."""
    rows = MustKnow.objects.filter(removed_at=None).order_by().values_list("post").annotate(count=Count("pk"))
    counts = dict(rows)
    return counts.get(None, 0), [(post, counts.get(post.pk, 0)) for post in Post.objects.all()]


def cards_named(words: str, *, most: int) -> list[Topic]:
    """Cards in use whose code or name holds these words, by code."""
    found = Card.objects.filter(
        Q(code__icontains=words) | Q(current__name__contains=words), current__isnull=False
    )
    rows = found.order_by("code").values_list("pk", "code", "current__name")[:most]
    return [Topic(Subject("card", pk), f"{code} {name}", 0) for pk, code, name in rows]
