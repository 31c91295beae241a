"""Sets: what somebody is asked to drill, fixed at its making so that a phone may carry it along."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.people.models import Officer


class DrillSet(models.Model):
    """One set of questions for one officer. There is one daily, weekly and monthly set for a day `on`.

    `versions` are the pks of the question versions in the order asked; `source` says what they were chosen
    from (`{"point": pk}`, `{"article": pk}`, ...). `on` is the day, the Monday of the week or the first of
    the month. `finished_at`: all of it was answered.
    """

    class Kind(models.TextChoices):
        DAILY = "daily", pgettext_lazy("drill", "Today's set")
        WEEKLY = "weekly", pgettext_lazy("drill", "Weekly set")
        MONTHLY = "monthly", pgettext_lazy("drill", "Monthly test")
        TOPIC = "topic", pgettext_lazy("drill", "By topic")
        MISTAKES = "mistakes", pgettext_lazy("drill", "Wrong answers")
        CHALLENGE = "challenge", pgettext_lazy("drill", "Challenge run")
        CHANGE = "change", pgettext_lazy("drill", "Change training")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="drill_sets")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    on = models.DateField(_("Day"))
    title = models.CharField(_("Title"), max_length=120, blank=True)
    versions = models.JSONField(default=list)
    source = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Drill set")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "kind", "on"],
                condition=models.Q(kind__in=("daily", "weekly", "monthly")),
                name="drill_set_one_a_period",
            )
        ]
        indexes = [models.Index(fields=["officer", "-made_at"], name="drill_set_newest")]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.on}"
