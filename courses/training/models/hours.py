"""Training hours: tables by which they are converted, the ledger, targets, closed periods, carry-over.

The ledger is append-only: an entry that was wrong is countered by another, never changed.
"""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import ContentCategory
from lianbing.kit.append_only import append_only, frozen_once
from lianbing.people.models import Officer, Unit


@frozen_once("approved_at")
class ConversionTable(models.Model):
    """One version of how time becomes hours. `rules` is `rules.conversion.Table` as JSON.

    It holds from a day until a later one holds. Approved by a second person it is frozen; it is in use
    from that moment on.
    """

    version = models.PositiveIntegerField(_("Version"), unique=True)
    title = models.CharField(_("Title"), max_length=80)
    holds_from = models.DateField(_("Holds from"))
    rules = models.JSONField()
    note = models.CharField(_("Note"), max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.JSONField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("Conversion table")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


@append_only
class HourEntry(models.Model):
    """One line of the ledger: so many hours for one person on one day, from one source.

    `source` names what earned them and is unique: the same thing is never counted twice. `counted_as` is
    the kind its hours are summed under: its own, or that of the entry it counters. `unit` is where the
    person served on `earned_on`, as known when it was recorded. `group` names the class whose cap holds.
    `days` are training days (halves allowed), for targets stated in days.
    """

    class Kind(models.TextChoices):
        IN_PERSON = "in_person", pgettext_lazy("hours", "In person")
        ONLINE = "online", pgettext_lazy("hours", "Online")
        EXTERNAL = "external", pgettext_lazy("hours", "External course")
        SELF_STUDY = "self_study", pgettext_lazy("hours", "Self-study")
        IMPORTED = "imported", pgettext_lazy("hours", "Taken over from records")
        CARRIED = "carried", pgettext_lazy("hours", "Carried over")
        COUNTER = "counter", pgettext_lazy("hours", "Counter-entry")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="hour_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hours = models.DecimalField(_("Hours"), max_digits=7, decimal_places=2)
    minutes = models.IntegerField(_("Minutes"), default=0)
    days = models.DecimalField(_("Days"), max_digits=5, decimal_places=1, default=Decimal(0))
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    counted_as = models.CharField(max_length=12, choices=Kind)
    category = models.ForeignKey(
        ContentCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    earned_on = models.DateField(_("Earned on"))
    year = models.PositiveSmallIntegerField(_("Year"))
    source = models.CharField(max_length=120, unique=True)
    group = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("Title"), max_length=200)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)
    table = models.ForeignKey(
        ConversionTable, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    counters = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="countered_by"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Hours")
        ordering = ["-earned_on", "-pk"]
        indexes = [
            # holds all that sums read: the year of a whole bureau is summed without touching its entries
            models.Index(
                fields=[
                    "year",
                    "officer",
                    "unit",
                    "counted_as",
                    "category",
                    "hours",
                    "days",
                    "minutes",
                    "recorded_at",
                ],
                name="hours_summed",
            ),
            models.Index(fields=["officer", "group"], name="hours_of_class", condition=~Q(group="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(counters=None, hours__gte=0) | Q(counters__isnull=False, hours__lte=0),
                name="hours_negative_only_to_counter",
            ),
            models.CheckConstraint(
                condition=Q(counters=None) ^ Q(kind="counter"), name="hours_counter_names_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.earned_on} {self.hours}"


class YearTarget(models.Model):
    """How many hours a year asks of an audience. The first that fits a person (by `position`) holds.

    `law_hours`: at least so many of them in the categories `law_codes` and below. `online_percent`: online
    hours count up to this share of the target (empty = without limit). `days`: so many training days, in
    addition, or in place of the hours where `either`. `carry_most`: at most so many surplus hours go
    over into the next year (0 = none).
    """

    year = models.PositiveSmallIntegerField(_("Year"))
    position = models.PositiveSmallIntegerField(_("Order"), default=0)
    title = models.CharField(_("Title"), max_length=80)
    audience = models.JSONField(_("For whom"), default=dict, blank=True)
    hours = models.DecimalField(_("Hours"), max_digits=6, decimal_places=2)
    law_hours = models.DecimalField(_("Hours of law"), max_digits=6, decimal_places=2, default=Decimal(0))
    law_codes = models.JSONField(_("Categories that count as law"), default=list, blank=True)
    online_percent = models.PositiveSmallIntegerField(_("Online at most (percent)"), null=True, blank=True)
    days = models.DecimalField(_("Days"), max_digits=5, decimal_places=1, default=Decimal(0))
    either = models.BooleanField(_("Days or hours, whichever is reached"), default=False)
    carry_most = models.DecimalField(
        _("Carried over at most (hours)"), max_digits=6, decimal_places=2, default=Decimal(0)
    )
    source = models.CharField(_("Founding document"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Yearly target")
        ordering = ["-year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title"], name="year_target_once"),
            models.CheckConstraint(condition=Q(hours__gte=0, law_hours__gte=0), name="year_target_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


@frozen_once("lifted_at")
class PeriodLock(models.Model):
    """Nothing dated from `first` to `last` in this unit and below (none = the bureau) changes any more.

    Lifting takes two people: one asks with a reason, another lifts.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    first = models.DateField(_("From"))
    last = models.DateField(_("Until"))
    locked_at = models.DateTimeField()
    by = models.JSONField()
    lift_reason = models.CharField(_("Reason"), max_length=300, blank=True)
    lift_asked_at = models.DateTimeField(null=True, blank=True)
    lift_asked_by = models.JSONField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("Closed period")
        ordering = ["-first", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="period_lock_ends_later"),
            models.UniqueConstraint(
                fields=["unit", "first", "last"], condition=Q(lifted_at=None), name="period_lock_once"
            ),
            models.UniqueConstraint(
                fields=["first", "last"],
                condition=Q(lifted_at=None, unit=None),
                name="period_lock_bureau_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


@frozen_once("decided_at")
class HourClaim(models.Model):
    """Hours entered by hand, with evidence, waiting for a second person. Accepted they become an entry."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="hour_claims")
    kind = models.CharField(_("Kind"), max_length=12, choices=HourEntry.Kind)
    category = models.ForeignKey(ContentCategory, on_delete=models.PROTECT, null=True, related_name="+")
    hours = models.DecimalField(_("Hours"), max_digits=7, decimal_places=2)
    earned_on = models.DateField(_("Earned on"))
    title = models.CharField(_("Title"), max_length=200)
    evidence = models.CharField(_("Evidence"), max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.JSONField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Hours entered by hand")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.earned_on} {self.hours}"


@frozen_once("undone_at")
class CarryRun(models.Model):
    """One carrying-over of the surplus of a year into the next. Undone it is countered and may run anew."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    run_at = models.DateTimeField()
    by = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("Carrying over")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(undone_at=None), name="carry_run_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}"
