"""Sittings (an exam for an audience in a window of time) and their candidates."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer, Post, Unit


class Sitting(models.Model):
    """An exam for an audience, within a window, from one blueprint.

    Before `papers_frozen_at` everything may be edited; afterwards only time (extensions, closing) and
    release move. `categories` lists officer categories; empty units, posts or categories mean "all".
    `unit` is the organising unit: exam administrators and invigilators over it run the sitting.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    blueprint = models.ForeignKey(
        "exams.Blueprint",
        on_delete=models.PROTECT,
        related_name="sittings",
        verbose_name=_("Blueprint"),
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    units = models.ManyToManyField(
        Unit, related_name="+", verbose_name=_("Units invited"), help_text=_("With everything below them.")
    )
    posts = models.ManyToManyField(Post, related_name="+", blank=True, verbose_name=_("Posts invited"))
    categories = models.JSONField(_("Categories invited"), default=list, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    duration_minutes = models.PositiveSmallIntegerField(
        _("Duration in minutes"), validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    pass_mark = models.DecimalField(
        _("Pass mark"), max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("Grace in seconds"),
        default=60,
        help_text=_("Only for answers on their way when time is up."),
        validators=[MaxValueValidator(600)],
    )
    instructions = models.TextField(_("Instructions"), blank=True, max_length=4000)
    marking_rule = models.CharField(max_length=32, default="exact")
    is_qualification = models.BooleanField(
        _("Qualification exam"),
        default=False,
        help_text=_("Auxiliaries are refused: they may not hold an enforcement certificate."),
    )
    shows_review = models.BooleanField(_("Show questions and keys after release"), default=True)
    created_at = models.DateTimeField()
    papers_frozen_at = models.DateTimeField(null=True, blank=True)
    closed_early_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    is_rehearsal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Sitting")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="sitting_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Candidate(models.Model):
    """Somebody invited, as they were on the day the papers were frozen (a later transfer changes nothing).

    `extra_seconds` is time granted before or during the attempt, on record in the audit trail.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="candidates")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="candidacies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=100)
    name = models.CharField(max_length=50)
    staff_number = models.CharField(max_length=32)
    category = models.CharField(max_length=16)
    extra_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Candidate")
        constraints = [models.UniqueConstraint(fields=["sitting", "officer"], name="candidate_once")]
        ordering = ["sitting", "staff_number"]

    def __str__(self) -> str:
        return f"{self.name} ({self.staff_number})"
