"""Guests of a public quiz, their attempts, and the prize draw. None of this is tied to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.contests.models.quiz import Quiz, QuizGroup
from lianbing.kit.append_only import append_only, frozen_once


class QuizGuest(models.Model):
    """Somebody who takes part: a nickname, and a cookie of which only a digest is kept.

    `number` is what they are called on public lists. `best_*` is the best of the attempts handed in
    (score in percent, whole seconds), kept beside them so that a ranking is one statement.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="guests")
    token = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=9)
    nickname = models.CharField(_("Nickname"), max_length=12)
    group = models.ForeignKey(
        QuizGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="guests"
    )
    consented_at = models.DateTimeField()
    handed_in = models.PositiveSmallIntegerField(default=0)
    best_score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    best_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("Guest")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_guest_number"),
            models.CheckConstraint(
                condition=models.Q(handed_in=0, best_score=None)
                | models.Q(handed_in__gte=1, best_score__isnull=False, best_seconds__isnull=False),
                name="quiz_guest_best",
            ),
        ]
        indexes = [
            models.Index(fields=["quiz", "-best_score", "best_seconds"], name="quiz_ranking"),
        ]

    def __str__(self) -> str:
        return self.number


class QuizCode(models.Model):
    """A code given to one person; only a digest of it is kept. It admits one guest."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    guest = models.OneToOneField(QuizGuest, on_delete=models.PROTECT, null=True, related_name="code")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


@frozen_once("submitted_at")
class QuizAttempt(models.Model):
    """One attempt of a guest, frozen by the database once it is handed in.

    `items` is `[[version id, knowledge point id or null, order of options]]` in the order asked. `answers`
    is `{"1": [n, response]}`; `n` is the phone's count, so that what arrives late never undoes what is newer.
    `marks` is 1 or 0 for each item.
    """

    class How(models.TextChoices):
        GUEST = "guest", _("Handed in")
        TIME = "time", _("Time was up")

    guest = models.ForeignKey(QuizGuest, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    marks = models.JSONField(default=list)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("Attempt")
        ordering = ["guest", "number"]
        constraints = [
            models.UniqueConstraint(fields=["guest", "number"], name="quiz_attempt_number"),
            models.UniqueConstraint(
                fields=["guest"], condition=models.Q(submitted_at=None), name="quiz_attempt_running_once"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, score=None)
                | models.Q(submitted_at__isnull=False, score__isnull=False, seconds__isnull=False),
                name="quiz_attempt_scored",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=models.Q(submitted_at=None), name="quiz_attempt_due")
        ]

    def __str__(self) -> str:
        return f"{self.guest_id}/{self.number}"


@append_only
class QuizList(models.Model):
    """Who is in the prize draw, as it stood when the quiz had closed: `[[number, masked nickname]]`."""

    quiz = models.OneToOneField(Quiz, on_delete=models.PROTECT, related_name="eligible")
    entries = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


@append_only
class QuizDraw(models.Model):
    """The prize draw: once for a quiz. `order` is every number of the list in drawn order."""

    quiz = models.OneToOneField(Quiz, on_delete=models.PROTECT, related_name="draw")
    order = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.at:%Y-%m-%d}"


class QuizOffer(models.Model):
    """A prize offered to the guest at a place (from 1) of the drawn order, who answers by a day or loses it.

    `sealed` is how to reach a winner, encrypted; "" when not asked, not given or deleted.
    """

    draw = models.ForeignKey(QuizDraw, on_delete=models.PROTECT, related_name="offers")
    place = models.PositiveIntegerField()
    guest = models.ForeignKey(QuizGuest, on_delete=models.PROTECT, related_name="offers")
    prize = models.CharField(max_length=40)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    sealed = models.TextField(blank=True)
    purge_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["draw", "place"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="quiz_offer_place"),
            models.UniqueConstraint(fields=["draw", "guest"], name="quiz_offer_once_each"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(lapsed_at=None), name="quiz_offer_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.prize}"
