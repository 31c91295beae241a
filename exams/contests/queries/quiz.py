"""Reading public quizzes: what may be asked, who takes part, how they rank, and what came of it."""

import datetime
import hashlib
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Avg, Count, F, Q, QuerySet, Window
from django.db.models.functions import Rank

from exams.contests.models import Quiz, QuizAttempt, QuizGuest, QuizOffer
from exams.contests.permissions.quiz import following_scopes
from exams.contests.rules import quiz as rules
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, Pool, QuestionVersion
from question_bank.queries.drawing import POINT, in_draw

CHUNK = 2000


def stage_of(quiz: Quiz, at: datetime.datetime) -> rules.Stage:
    """Where a quiz stands at a moment. Expects `stop` loaded."""
    return rules.stage(
        opens_at=quiz.opens_at,
        closes_at=quiz.closes_at,
        published=quiz.published_at is not None,
        stopped=hasattr(quiz, "stop"),
        at=at,
    )


def public_quiz(uid: uuid.UUID) -> Quiz | None:
    """A published quiz as the public may open it, with all that its pages need."""
    return _loaded().filter(uid=uid, published_at__isnull=False).first()


def _loaded() -> QuerySet[Quiz]:
    return Quiz.objects.select_related("stop", "eligible", "draw", "campaign", "unit")


def followed(actor: Actor) -> QuerySet[Quiz]:
    """The quizzes whose desk `actor` sees, newest first."""
    inside = Q(pk=None)
    for path in following_scopes(actor):
        inside |= Q(unit__path__startswith=path)
    return _loaded().filter(inside)


def with_counts(rows: QuerySet[Quiz]) -> QuerySet[Quiz]:
    """Quizzes with how many guests handed in (`taken_part`)."""
    counted = rows.annotate(taken_part=Count("guests", filter=Q(guests__handed_in__gte=1)))
    return counted.order_by("-opens_at", "-pk")


def code_counts(quiz: Quiz) -> dict[str, int]:
    """How many codes were given out, and how many are used."""
    return quiz.codes.aggregate(made=Count("pk"), used=Count("guest"))


def pools_of(quiz: Quiz) -> frozenset[str]:
    """The pools a quiz may ask from: never the one reserved for exams."""
    return frozenset({Pool.CONTEST, Pool.DRILL} if quiz.uses_drill_pool else {Pool.CONTEST})


def items_in_reach(quiz: Quiz, at: datetime.datetime) -> list[rules.Item]:
    """What a quiz may ask at a moment: of its pools, of kinds a thumb answers, without pictures. One statement."""
    found = in_draw(quiz.bank, pools_of(quiz), at).filter(published_version__kind__in=rules.KINDS)
    found = found.exclude(published_version__content__stem__icontains="![").order_by("pk")
    # True or false with a reason waits for a marker.
    content = "published_version__content__asks_reason"
    found = found.filter(Q(**{f"{content}__isnull": True}) | Q(**{content: False}))
    return [rules.Item(*row) for row in found.values_list("published_version_id", POINT)]


def lines_of(quiz: Quiz) -> list[rules.Line]:
    """What a quiz asks."""
    return [rules.Line(line.point_id, line.count) for line in quiz.lines.all()]


def digest(token: str) -> str:
    """What is kept of a guest's cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def guest_of(quiz: Quiz, token: str) -> QuizGuest | None:
    """The guest of a quiz behind a cookie, or None."""
    if not token or len(token) > 100:
        return None
    return QuizGuest.objects.filter(quiz=quiz, token=digest(token)).select_related("group").first()


def attempts_of(guest: QuizGuest) -> list[QuizAttempt]:
    """A guest's attempts, first to last."""
    return list(QuizAttempt.objects.filter(guest=guest).order_by("number"))


def ranking(quiz: Quiz) -> QuerySet[QuizGuest]:
    """Everybody who handed in, by score and then time; `place` is equal and `tied` above 1 where two are equal."""
    order = [F("best_score").desc(), F("best_seconds").asc()]
    alike = [F("best_score"), F("best_seconds")]
    return (
        QuizGuest.objects.filter(quiz=quiz, handed_in__gte=1)
        .select_related("group")
        .annotate(place=Window(Rank(), order_by=order), tied=Window(Count("pk"), partition_by=alike))
        .order_by("place", "number")
    )


def place_of(guest: QuizGuest) -> int | None:
    """A guest's place in the ranking; None before the first attempt is handed in."""
    if guest.best_score is None or guest.best_seconds is None:
        return None
    ahead = Q(best_score__gt=guest.best_score) | Q(
        best_score=guest.best_score, best_seconds__lt=guest.best_seconds
    )
    return QuizGuest.objects.filter(ahead, quiz=guest.quiz_id, handed_in__gte=1).count() + 1


def versions_of(attempt: QuizAttempt, *, cited: bool = False) -> dict[int, QuestionVersion]:
    """The versions an attempt asks, by id; with their citations where `cited`."""
    rows = QuestionVersion.objects.filter(pk__in=[item[0] for item in attempt.items])
    return (rows.prefetch_related("citations") if cited else rows).in_bulk()


class Totals(NamedTuple):
    """What a quiz came to. `mean` is of everybody's best, in percent; None while nobody handed in."""

    guests: int
    taken_part: int
    attempts: int
    mean: Decimal | None
    certificates: int


def totals(quiz: Quiz) -> Totals:
    """The sums of a quiz, in two statements."""
    guests = QuizGuest.objects.filter(quiz=quiz)
    certified = Q(best_score__gte=quiz.certificate_at) if quiz.certificate_at is not None else Q(pk=None)
    row = guests.aggregate(
        guests=Count("pk"),
        taken_part=Count("pk", filter=Q(handed_in__gte=1)),
        mean=Avg("best_score"),
        certificates=Count("pk", filter=certified),
    )
    attempts = QuizAttempt.objects.filter(guest__quiz=quiz, submitted_at__isnull=False).count()
    mean = None if row["mean"] is None else Decimal(row["mean"]).quantize(Decimal("0.1"))
    return Totals(row["guests"], row["taken_part"], attempts, mean, row["certificates"])


class Participation(NamedTuple):
    """One community: who took part of how many. `share` is None where its size is not known."""

    name: str
    code: str
    people: int
    taken_part: int
    mean: Decimal | None
    share: Decimal | None
    low: bool


def participation(quiz: Quiz) -> list[Participation]:
    """Every community of a quiz, the lowest share first; `low` where it is below the target. One statement."""
    handed_in = Q(guests__handed_in__gte=1)
    groups = quiz.groups.annotate(
        taken_part=Count("guests", filter=handed_in), mean=Avg("guests__best_score", filter=handed_in)
    )
    found = []
    for group in groups:
        share = rules.share(group.taken_part, group.people)
        mean = None if group.mean is None else Decimal(group.mean).quantize(Decimal("0.1"))
        low = share is not None and share < quiz.target
        found.append(Participation(group.name, group.code, group.people, group.taken_part, mean, share, low))
    return sorted(found, key=lambda one: (one.share is None, one.share or 0, one.name))


class Known(NamedTuple):
    """How a knowledge point was answered over all attempts handed in."""

    point: str
    asked: int
    right: int
    share: Decimal | None


def accuracy(quizzes: Collection[Quiz]) -> list[Known]:
    """How each knowledge point was answered in these quizzes, the weakest first. Two statements."""
    asked: Counter[int | None] = Counter()
    right: Counter[int | None] = Counter()
    rows = QuizAttempt.objects.filter(guest__quiz__in=quizzes, submitted_at__isnull=False).order_by()
    for items, marks in rows.values_list("items", "marks").iterator(chunk_size=CHUNK):
        for (_version, point, _order), mark in zip(items, marks, strict=True):
            asked[point] += 1
            right[point] += mark
    names = _names(asked)
    found = [
        Known(names.get(point, ""), asked[point], right[point], rules.share(right[point], asked[point]))
        for point in asked
    ]
    return sorted(found, key=lambda one: (one.share or 0, one.point))


def _names(points: Iterable[int | None]) -> dict[int | None, str]:
    wanted = [one for one in points if one is not None]
    return dict(KnowledgePoint.with_merged.filter(pk__in=wanted).values_list("pk", "name"))


def offers_of(quiz: Quiz) -> list[QuizOffer]:
    """Everybody a prize was offered to, in drawn order; [] before the draw."""
    rows = QuizOffer.objects.filter(draw__quiz=quiz).select_related("guest__group").order_by("place")
    return list(rows)


def offer_to(guest: QuizGuest) -> QuizOffer | None:
    """The prize offered to a guest, if one was."""
    return QuizOffer.objects.filter(guest=guest).select_related("draw").first()
