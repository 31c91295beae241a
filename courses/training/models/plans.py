"""Training plans of units by year, their lines, and what was said of a line's result."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.training.rules.plans import Lack, Measure
from courses.training.state import PlanState
from lianbing.kit.append_only import append_only, frozen_with
from lianbing.people.models import Officer, Unit

PLAN_STATE_LABELS = {
    PlanState.DRAFT: _("Draft"),
    PlanState.SUBMITTED: _("Waiting for approval"),
    PlanState.RETURNED: _("Sent back"),
    PlanState.APPROVED: pgettext_lazy("plan", "Approved"),
    PlanState.REPLACED: _("Replaced"),
}
MEASURE_LABELS = {
    Measure.CLASSES: _("Classes and sessions held"),
    Measure.HOURS: _("Hours per person"),
    Measure.PEOPLE: _("People trained"),
    Measure.COVERAGE: _("Share of the people trained (%)"),
}
LACK_LABELS = {
    Lack.MEASURE: _("no measure"),
    Lack.TARGET: _("no target"),
    Lack.TARGET_TOO_LARGE: _("the target is too large"),
    Lack.TARGET_NOT_WHOLE: _("the target is no whole number"),
    Lack.OWNER: _("nobody responsible"),
    Lack.OWNER_GONE: _("the person responsible serves elsewhere"),
    Lack.DATE: _("no date"),
    Lack.DATE_OUTSIDE: _("the date lies outside the year"),
}
OPEN_STATES = (PlanState.DRAFT.value, PlanState.SUBMITTED.value, PlanState.RETURNED.value)


class TrainingPlan(models.Model):
    """The plan (培训计划) of a unit for a year, in versions.

    At most one version is in force and at most one is being worked on. An amendment is a new version
    with a reason; the one before stays readable as `replaced`. `parent` is the plan of the unit above
    that lines may hang on (a version of it: lines are followed by their `key`, not by their row).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="training_plans", verbose_name=_("Unit")
    )
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    state = models.CharField(
        _("State"),
        max_length=16,
        choices=[(state.value, label) for state, label in PLAN_STATE_LABELS.items()],
        default=PlanState.DRAFT.value,
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    amends = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amended_by"
    )
    reason = models.CharField(_("Reason of the amendment"), max_length=300, blank=True)
    author = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.JSONField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Training plan")
        ordering = ["-year", "unit__path", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=models.Q(state__in=OPEN_STATES),
                name="plan_one_in_work",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=models.Q(state=PlanState.APPROVED.value),
                name="plan_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id} v{self.version}"


@frozen_with("plan", "approved_at")
class PlanLine(models.Model):
    """What is to be done. Frozen with the approval of its plan.

    `key` is the line's identity through versions of the plan and `parent_key` names the line of the
    unit above it hangs on: what is done for any version of a line counts for the line. A draft may
    lack measure, target, owner or date; an approved line never does (R07).
    """

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    parent_key = models.UUIDField(_("Hangs on"), null=True, blank=True, db_index=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    title = models.CharField(_("What is to be done"), max_length=100)
    category = models.ForeignKey(
        "courses.ContentCategory",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("Content category"),
    )
    kind = models.CharField(_("Form"), max_length=40, blank=True)
    topical = models.BooleanField(_("Topical training"), default=False)
    measure = models.CharField(
        _("Measure"),
        max_length=16,
        blank=True,
        choices=[(measure.value, label) for measure, label in MEASURE_LABELS.items()],
    )
    target = models.DecimalField(
        pgettext_lazy("plan", "Target"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    owner = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name=_("Responsible"),
    )
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    expected = models.CharField(_("Result expected"), max_length=200, blank=True)
    cost_planned = models.DecimalField(
        _("Planned cost in yuan"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        verbose_name = _("Line of a training plan")
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_line_key_once"),
            models.CheckConstraint(
                condition=models.Q(target=None) | models.Q(target__gt=0), name="plan_line_target_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(cost_planned__gte=0), name="plan_line_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class LineResult(models.Model):
    """What the owner or a trainer reports of a line's result. Appended; the newest is shown first."""

    line_key = models.UUIDField(db_index=True)
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="results")
    at = models.DateTimeField()
    by = models.JSONField()
    text = models.CharField(pgettext_lazy("training", "Result"), max_length=400)

    class Meta:
        verbose_name = _("Result of a plan line")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
