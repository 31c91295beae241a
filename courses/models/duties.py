"""Part-time duties (兼职) that somebody carries beside their post: 信息员, 法制员, 兼职教官."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer, Unit


class DutyRole(models.Model):
    """A kind of part-time duty. `code` is what audiences name and never changes; closed = given no more."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=40, unique=True)
    closed = models.BooleanField(_("Closed"), default=False)

    class Meta:
        verbose_name = _("Duty role")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class DutyHolder(models.Model):
    """Who carries a duty, for which unit, from a day until the day before `ends_on` (None = still)."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="duties")
    duty = models.ForeignKey(DutyRole, on_delete=models.PROTECT, related_name="holders")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duty_holders")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Holder of a duty")
        ordering = ["unit__path", "duty", "officer__staff_number", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "duty", "unit"], condition=models.Q(ends_on=None), name="duty_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="duty_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.duty_id} {self.starts_on}"
