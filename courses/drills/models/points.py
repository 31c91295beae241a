"""Points of drills: a ledger that is only appended to, and one row a day that holds the cap.

Points never enter certification: they say that somebody practises, not what anybody knows.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.drills.models.answers import DrillAnswer
from courses.drills.models.sets import DrillSet
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit


class PointDay(models.Model):
    """One officer's day of practice. `points` always equals the sum of the ledger of that day.

    `cap` is what the day could give when it began; the database lets `points` never pass it. `unit` is where
    the officer served on that day. `answered` and `right` count questions answered for the first time that day.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="point_days")
    on = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    points = models.PositiveSmallIntegerField(default=0)
    cap = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Day of practice")
        ordering = ["-on", "officer"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "on"], name="point_day_once"),
            models.CheckConstraint(condition=models.Q(points__lte=models.F("cap")), name="point_day_cap"),
        ]
        indexes = [
            models.Index(fields=["on", "unit", "officer", "points"], name="point_day_board"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.on} {self.points}"


@append_only
class PointEntry(models.Model):
    """Points given for one thing: an answer, or a set that was finished. Each earns once."""

    class Reason(models.TextChoices):
        RIGHT = "right", pgettext_lazy("points", "Right answer")
        FINISHED = "finished", pgettext_lazy("points", "Set finished")

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="point_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(_("Reason"), max_length=12, choices=Reason)
    points = models.PositiveSmallIntegerField(_("Points"))
    answer = models.OneToOneField(
        DrillAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drill_set = models.OneToOneField(
        DrillSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Entry of the points ledger")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer=None, drill_set__isnull=False)
                | models.Q(answer__isnull=False, drill_set=None),
                name="point_entry_for_one_thing",
            ),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="point_entry_gives"),
        ]
        indexes = [models.Index(fields=["officer", "on"], name="point_entry_day")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.on} +{self.points}"
