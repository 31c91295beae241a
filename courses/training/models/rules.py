"""Study rules as data, in versions, and what coming late, leaving early or staying away costs."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit.append_only import append_only
from lianbing.people.models import Unit


class StudyRule(models.Model):
    """One version of a study rule; what it asks never changes, only `holds_to` is set when it ends.

    A change makes the next version of the same `family`, which holds from a later day; the old one goes on
    judging the periods that began while it held. `categories` are codes of content categories and mean what
    is below them too. `kinds` empty = every kind of meeting; `class` is a whole training class.
    """

    class Subject(models.TextChoices):
        PERSON = "person", _("Each person")
        WHOLE = "whole", _("The unit as a whole")
        EACH = "each", _("Each unit below that has people")

    class Period(models.TextChoices):
        WEEK = "week", _("Week")
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        YEAR = "year", _("Year")

    class Demand(models.TextChoices):
        TOGETHER = "together", _("All categories together")
        CATEGORY = "category", _("Each category by itself")
        TOPIC = "topic", _("Each topic by itself")

    class Topical(models.TextChoices):
        ANY = "any", _("Topical or not")
        YES = "yes", _("Topical training only")
        NO = "no", _("All but topical training")

    class SelfStudy(models.TextChoices):
        YES = "yes", _("Self-study counts too")
        NO = "no", _("Self-study does not count")
        ONLY = "only", _("Self-study only")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    preset = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    subject = models.CharField(_("Who owes it"), max_length=8, choices=Subject)
    period = models.CharField(_("In every"), max_length=8, choices=Period)
    count = models.PositiveSmallIntegerField(
        _("How often at least"), validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    minimum_minutes = models.PositiveSmallIntegerField(
        _("Minutes each time at least"), default=0, validators=[MaxValueValidator(1440)]
    )
    categories = models.JSONField(_("Content"), default=list, blank=True)
    demand = models.CharField(_("Counted"), max_length=8, choices=Demand, default=Demand.TOGETHER)
    kinds = models.JSONField(_("Kinds of meeting"), default=list, blank=True)
    topical = models.CharField(_("Topical training"), max_length=4, choices=Topical, default=Topical.ANY)
    self_study = models.CharField(_("Self-study"), max_length=4, choices=SelfStudy, default=SelfStudy.NO)
    late_counts = models.BooleanField(_("Who came late has attended"), default=True)
    early_counts = models.BooleanField(_("Who left early has attended"), default=True)
    audience = models.JSONField(_("For whom"), default=dict, blank=True)
    red_days = models.PositiveSmallIntegerField(
        _("Red from so many days before the end"), default=7, validators=[MaxValueValidator(366)]
    )
    holds_from = models.DateField(_("Holds from"))
    holds_to = models.DateField(_("Holds until"), null=True, blank=True)
    source = models.CharField(_("Law or document"), max_length=200)
    created_at = models.DateTimeField()
    created_by = models.JSONField()

    class Meta:
        verbose_name = _("Study rule")
        ordering = ["unit__path", "title", "number"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="study_rule_version_once"),
            models.UniqueConstraint(
                fields=["family"], condition=models.Q(holds_to=None), name="study_rule_one_open"
            ),
            models.UniqueConstraint(
                fields=["unit", "preset", "number"],
                condition=~models.Q(preset=""),
                name="study_rule_preset_once",
            ),
            models.CheckConstraint(condition=models.Q(count__gte=1, count__lte=200), name="study_rule_count"),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class StudyDeduction(models.Model):
    """What coming late, leaving early or staying away without leave costs, in points, from a day on (R10).

    The latest recorded row of the unit or the nearest unit above it that holds by the day counts.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    holds_from = models.DateField(_("Holds from"))
    late = models.DecimalField(
        pgettext_lazy("attendance", "Late"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    left_early = models.DecimalField(
        pgettext_lazy("attendance", "Left early"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    absent = models.DecimalField(
        pgettext_lazy("attendance", "Absent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    recorded_at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Deduction")
        ordering = ["-holds_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.holds_from}"
