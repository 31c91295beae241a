"""Days on which nobody is expected to practise: leave, a turn of the rota. They break no streak."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer, Unit


class RestDay(models.Model):
    """A day off of one officer, or of a unit and all below it. Weekends and public holidays need no row."""

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="rest_days"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("Day"))
    reason = models.CharField(_("Reason"), max_length=60, blank=True)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Rest day")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(officer=None, unit__isnull=False)
                | models.Q(officer__isnull=False, unit=None),
                name="rest_day_of_one",
            ),
            models.UniqueConstraint(
                fields=["officer", "on"], condition=models.Q(unit=None), name="rest_day_officer_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "on"], condition=models.Q(officer=None), name="rest_day_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id or self.unit_id} {self.on}"
