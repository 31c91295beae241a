"""What drills lead to: an exam on a day, told by the exams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer


class Goal(models.Model):
    """An exam ahead. `exam` is its uid; `weights` say how much of it each knowledge point is: {pk: weight}."""

    exam = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("Title"), max_length=120)
    on = models.DateField(_("Day"), db_index=True)
    weights = models.JSONField(default=dict)
    officers = models.ManyToManyField(Officer, through="GoalOfficer", related_name="+")

    class Meta:
        verbose_name = _("Goal")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class GoalOfficer(models.Model):
    """Somebody who sits that exam."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="for_officers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="drill_goals")

    class Meta:
        verbose_name = _("Goal of an officer")
        constraints = [models.UniqueConstraint(fields=["goal", "officer"], name="goal_officer_once")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.officer_id}"
