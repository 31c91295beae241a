"""Contests, who runs them, and the teams that enter."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models import Sitting
from lianbing.people.models import Officer, Unit, User
from question_bank.models import QuestionBank


class Contest(models.Model):
    """A knowledge contest: its rules as data, where its questions come from, its written heat.

    `rulebook` is JSON as `rules.rulebook` reads it; each match freezes its own copy when it starts. Questions
    come from `bank`, out of the pool for contests, and out of the open one too when `uses_drill_pool`.
    `grouping_commitment` (SHA-256 of the seed) is published before the groups are drawn from
    `grouping_seed`; `groups` is what came of it.
    """

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("Knowledge contest")
        PRACTICE = "practice", _("Contest of enforcement practice")
        CLASSROOM = "classroom", _("Classroom game")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        ENDED = "ended", _("Contest over")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    kind = models.CharField(_("Kind of contest"), max_length=16, choices=Kind, default=Kind.KNOWLEDGE)
    rulebook = models.JSONField(default=dict)
    bank = models.ForeignKey(
        QuestionBank,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Question bank"),
    )
    uses_drill_pool = models.BooleanField(_("Also ask questions that are open to drills"), default=False)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("Starts"))
    place = models.CharField(_("Place"), max_length=100, blank=True)
    heat = models.ForeignKey(
        Sitting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Written heat"),
    )
    grouping_seed = models.CharField(max_length=64, blank=True)
    grouping_commitment = models.CharField(max_length=64, blank=True)
    groups = models.JSONField(default=list, blank=True)
    grouped_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    is_rehearsal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Contest")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["unit", "state", "starts_at"], name="contest_of_unit")]

    def __str__(self) -> str:
        return self.title


class ContestStaff(models.Model):
    """Who may host, judge or decide at a contest. One person may hold several of these roles."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        JUDGE = "judge", _("Judge")
        CHIEF_REFEREE = "chief_referee", _("Chief referee")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("Role"), max_length=16, choices=Role)

    class Meta:
        verbose_name = _("Contest staff")
        ordering = ["contest", "role", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "user", "role"], name="contest_staff_once")]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.user_id} {self.role}"


class Team(models.Model):
    """A team of a contest. `unit` is whose team it is: no judge of that unit may judge it; none = guests."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("Name"), max_length=40)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Team")
        ordering = ["contest", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "position"], name="team_place"),
            models.UniqueConstraint(fields=["contest", "name"], name="team_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Player(models.Model):
    """Somebody on a team. Guests have no `officer`. `name` is as entered: later changes of name do not follow."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="players")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Full name"), max_length=50)
    position = models.PositiveSmallIntegerField(default=0)
    leader = models.BooleanField(_("Leader of the team"), default=False)
    substitute = models.BooleanField(_("Substitute player"), default=False)

    class Meta:
        verbose_name = _("Player")
        ordering = ["team", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "officer"],
                condition=models.Q(officer__isnull=False),
                name="player_once_in_team",
            ),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(leader=True), name="team_has_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return self.name
