"""Matches: who meets whom over which questions, and everything that happened, in order."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exams.contests.models.contests import Contest, Player, Team
from lianbing.kit.append_only import append_only, frozen_with
from lianbing.people.models import User
from question_bank.models import QuestionVersion


def new_seed() -> str:
    """A secret seed of a match: 32 hex digits."""
    return secrets.token_hex(16)


class Match(models.Model):
    """One sitting of a contest, on a stage or in a classroom.

    What happened is its events; `last_seq`, `phase` and `due_at` (when the room's clock runs out next) are
    written with the newest of them. `rulebook` {} = the contest's, until the start freezes it. `seed` (32 hex
    digits) decides draws.
    """

    class Stage(models.TextChoices):
        HEAT = "heat", _("Heat")
        STAGE = "stage", _("Stage round")
        FINAL = "final", _("Final")

    class Phase(models.TextChoices):
        WAITING = "waiting", _("Not started")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished, to be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="matches")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=60)
    stage = models.CharField(_("Stage of the contest"), max_length=16, choices=Stage, default=Stage.STAGE)
    position = models.PositiveSmallIntegerField(default=0)
    rulebook = models.JSONField(default=dict, blank=True)
    seed = models.CharField(max_length=32, default=new_seed)
    last_seq = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=16, choices=Phase, default=Phase.WAITING)
    due_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(_("Planned for"), null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Match")
        ordering = ["contest", "position", "pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="match_clock_runs")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase="waiting") | Q(started_at__isnull=False), name="match_phase_has_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


@frozen_with("match", "started_at")
class MatchTeam(models.Model):
    """A team's place on the stage, seat 1 to 16. Frozen when the match starts."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="entries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="entries")
    seat = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["match", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["match", "seat"], name="match_seat_once"),
            models.UniqueConstraint(fields=["match", "team"], name="match_team_once"),
            models.CheckConstraint(condition=Q(seat__gte=1, seat__lte=16), name="match_seat_range"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.seat}"


@frozen_with("match", "started_at")
class MatchItem(models.Model):
    """A question of a match: `index` is how events name it, `round` its place in the rulebook.

    The round after the last one is the tie-break. Frozen when the match starts. Spares stand ready for a round whose question turns out to be unusable, and for sudden death. `value` is what
    it is worth where teams choose by worth (risk, designated).
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="items")
    index = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    spare = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["match", "index"]
        constraints = [
            models.UniqueConstraint(fields=["match", "index"], name="match_item_place"),
            models.UniqueConstraint(fields=["match", "version"], name="match_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.index}"


@append_only
class MatchStart(models.Model):
    """What a match started from: rulebook, line-up and seed as they were. Replay begins here, whatever changes later.

    `teams`: [{"seat", "team", "name", "unit", "unit_path", "players": [{"id", "name", "leader", "substitute"}]}].
    """

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="beginning")
    rulebook = models.JSONField()
    teams = models.JSONField()
    seed = models.CharField(max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.match_id)


@append_only
class MatchEvent(models.Model):
    """One thing that happened in a match. The state is the fold of these in the order of `seq` (1, 2, ...)."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    data = models.JSONField(default=dict)
    actor_name = models.CharField(max_length=100)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Event of a match")
        ordering = ["match", "seq"]
        constraints = [models.UniqueConstraint(fields=["match", "seq"], name="match_event_seq")]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.seq} {self.kind}"


class Seat(models.Model):
    """A device in the room: somebody's desk, a pad or a screen.

    `code` is what is typed or scanned to take the seat ("" = members of the audience and signed-in staff), `secret`
    the SHA-256 of what the device then proves itself with ("" = not taken). `generation` goes up whenever the seat
    moves to another phone or is withdrawn: tickets of the phone before end. A match's one audience row with a
    code is the gate through which the audience comes, no pad.
    """

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        JUDGE = "judge", _("Judge")
        TEAM = "team", _("Team pad")
        PLAYER = "player", _("Player pad")
        AUDIENCE = "audience", _("Audience pad")
        SCREEN = "screen", _("Screen")

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=16, choices=Role)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    player = models.ForeignKey(Player, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Name"), max_length=40, blank=True)
    code = models.CharField(max_length=8, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    generation = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Seat")
        ordering = ["match", "pk"]
        indexes = [models.Index(fields=["match", "role"], name="seat_of_match")]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="seat_code_once"),
            models.UniqueConstraint(fields=["secret"], condition=~Q(secret=""), name="seat_secret_once"),
            models.UniqueConstraint(fields=["match", "team"], condition=Q(role="team"), name="team_pad_once"),
            models.UniqueConstraint(
                fields=["match", "player"], condition=Q(role="player"), name="player_pad_once"
            ),
            models.CheckConstraint(
                condition=~Q(role="team") | Q(team__isnull=False), name="team_pad_has_team"
            ),
            models.CheckConstraint(
                condition=~Q(role="player") | Q(team__isnull=False, player__isnull=False),
                name="player_pad_has_player",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} {self.role} {self.name}"
