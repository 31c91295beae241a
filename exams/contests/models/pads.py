"""What arrived from the pads: answers and presses of the buzzer, as the server received them."""

from django.db import models
from django.db.models import Q

from exams.contests.models.matches import Match, Seat
from lianbing.kit.append_only import append_only


@append_only
class PadAnswer(models.Model):
    """The first answer of a party to a turn ("t3" team on seat 3, "p12" player 12, "a345" audience seat 345).

    `turn` is the sequence number of its turn_opened event, `ms` how long after opening the server received it,
    `response` in its kind's canonical form. `share` (0 to 1) of the question that is right; None = judges mark it.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="answers", db_index=False)
    turn = models.PositiveIntegerField()
    party = models.CharField(max_length=16)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", db_index=False)
    response = models.JSONField()
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    received_at = models.DateTimeField()
    ms = models.PositiveIntegerField()
    client_uid = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "turn", "party"], name="pad_answer_once")]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.turn}/{self.party}"


@append_only
class PadPress(models.Model):
    """The first press of a party under one opening of a turn, and the first one before it (`early`).

    `opened` is the sequence number of the opened event it counts under, 0 when early; a turn opened again after
    a tie takes new presses. `received_ms` counts from that event, by the server's clock; `rtt_ms` is the shortest
    round trip of late, `correction_ms` what the buzzer rule takes off for it.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="presses", db_index=False)
    turn = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    party = models.CharField(max_length=16)
    team = models.PositiveSmallIntegerField()
    player = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField()
    received_ms = models.FloatField()
    rtt_ms = models.FloatField(null=True)
    correction_ms = models.FloatField(default=0)
    early = models.BooleanField(default=False)
    client_uid = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "turn", "opened", "party"], name="pad_press_once"),
            models.CheckConstraint(
                condition=Q(early=True, opened=0) | Q(early=False, opened__gt=0),
                name="pad_press_early_before_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id}/{self.turn}/{self.party}"


class PadCheck(models.Model):
    """What the rehearsal last measured of a pad (milliseconds, by the server). Nothing official follows from it.

    `trial` is the number of the last round on trial in which it pressed (0 = none); `trial_ms` its receipt after
    that opening, `trial_correction_ms` what the rule would take off.
    """

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="check_up", primary_key=True)
    minimum_ms = models.FloatField(null=True)
    median_ms = models.FloatField(null=True)
    jitter_ms = models.FloatField(null=True)
    awake = models.BooleanField(null=True)
    sound = models.BooleanField(null=True)
    trial = models.PositiveBigIntegerField(default=0)
    trial_ms = models.FloatField(null=True)
    trial_correction_ms = models.FloatField(default=0)
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.seat_id)
