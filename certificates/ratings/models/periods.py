"""Periods of assessment, what was done in them, and who was in them when their evidence was gathered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models.catalogue import Scheme, SchemeVersion
from certificates.ratings.models.labels import ACT_LABELS, PERIOD_LABELS, PHASE_LABELS
from certificates.ratings.state import Phase
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Post, Unit

PERIOD_KINDS = [(kind.value, label) for kind, label in PERIOD_LABELS.items()]
PHASES = [(phase.value, label) for phase, label in PHASE_LABELS.items()]
ACTS = [(act.value, label) for act, label in ACT_LABELS.items()]


class Period(models.Model):
    """A span of days in which the people or units below `unit` are assessed by one version of a scheme.

    `first` and `last` are both inside. `appeals_until` is the last day on which one may appeal.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="periods")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField(_("Kind of period"), max_length=24, choices=PERIOD_KINDS)
    first = models.DateField(_("From"))
    last = models.DateField(_("Until"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    phase = models.CharField(max_length=16, choices=PHASES, default=Phase.OPEN)
    appeals_until = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Assessment period")
        ordering = ["-last", "-first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind", "first", "unit"], name="period_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.last}"


@append_only
class Gathering(models.Model):
    """One round of gathering: the facts up to the id `upto`, and the rolls that hang on it.

    `digest` is the SHA-256 of the rolls and of `upto`.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="gatherings")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.JSONField()
    upto = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Gathering of evidence")
        ordering = ["period", "number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="gathering_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.number}"


@append_only
class Roll(models.Model):
    """Somebody (or a unit: no `officer`) who is assessed, as they were on the last day of the period.

    `unit` is where they serve, or the unit itself. Who is `excluded` is out of the base, by name, reason,
    approver and expiry, and gets no result.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="rolls", db_index=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=255)
    unit_name = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.CharField(max_length=16, blank=True)
    excluded = models.CharField(max_length=200, blank=True)
    approver = models.CharField(max_length=100, blank=True)
    excluded_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("Roll of a period")
        ordering = ["gathering", "unit_path", "pk"]
        indexes = [models.Index(fields=["gathering", "unit_path"], name="roll_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "officer"],
                condition=models.Q(officer__isnull=False),
                name="roll_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["gathering", "unit"], condition=models.Q(officer=None), name="roll_once_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id} {self.name}"


@append_only
class Statement(models.Model):
    """One computed run of a period. A correction makes a further one; this one stays as it is.

    It is a function of the scheme's version, the gathering, and the earlier statements it names: `previous`
    (ids, newest last: whose stars were published before) and `parts` (ids that are rolled up). `digest` is the
    SHA-256 of its results.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="statements")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="statements")
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    previous = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Statement of results")
        ordering = ["period", "number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="statement_once")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.number}"


@append_only
class PeriodEvent(models.Model):
    """What was done with a period, by whom and why. "published" names the statement that was published."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=ACTS)
    at = models.DateTimeField()
    actor = models.JSONField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="events")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Act in a period")
        ordering = ["period", "pk"]
        indexes = [models.Index(fields=["at"], condition=models.Q(kind="published"), name="period_published")]
        constraints = [
            models.UniqueConstraint(
                fields=["statement"], condition=models.Q(kind="published"), name="statement_published_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.kind}"
