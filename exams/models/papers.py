"""Blueprints (what a paper must contain) and papers (what one candidate will be asked)."""

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once


class Blueprint(models.Model):
    """What every paper of an exam must contain: lines of knowledge point x kind x count x marks."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    bank = models.ForeignKey(
        "question_bank.QuestionBank",
        on_delete=models.PROTECT,
        related_name="blueprints",
        verbose_name=_("Question bank"),
    )
    reserved_only = models.BooleanField(
        _("Only questions reserved for exams"),
        default=False,
        help_text=_(
            "Otherwise questions that are also open to drills are drawn as well; contest questions never are."
        ),
    )
    created_at = models.DateTimeField()
    is_rehearsal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Blueprint")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class BlueprintSection(models.Model):
    """A part of every paper (大题): its title, what candidates are told, and how it is marked.

    `rule` and `settings` name a rule of `question_bank.marking`; where the rule cannot mark a question
    the exact rule does. `floor`: the sum of the section never falls below it (None = no floor).
    """

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=50, blank=True)
    instructions = models.CharField(_("Instructions"), max_length=500, blank=True)
    rule = models.CharField(_("Marking rule"), max_length=32, default="exact")
    settings = models.JSONField(default=dict)
    floor = models.DecimalField(
        _("Floor of the section"), max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["blueprint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "position"], name="blueprint_section_place"),
            models.CheckConstraint(
                condition=models.Q(floor=None) | models.Q(floor__lte=0), name="blueprint_section_floor"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BlueprintLine(models.Model):
    """`count` questions of one kind on one knowledge point (none = any), worth `marks` each.

    A line without a section (written before papers had any) stands in one unnamed section.
    """

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="lines")
    section = models.ForeignKey(BlueprintSection, on_delete=models.CASCADE, null=True, related_name="lines")
    position = models.PositiveSmallIntegerField()
    knowledge_point = models.ForeignKey(
        "question_bank.KnowledgePoint",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Knowledge point"),
    )
    kind = models.CharField(_("Kind"), max_length=32)
    count = models.PositiveSmallIntegerField(_("Count"))
    marks = models.DecimalField(_("Marks each"), max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["blueprint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "position"], name="blueprint_line_place"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="blueprint_line_counts"),
            models.CheckConstraint(condition=models.Q(marks__gt=0), name="blueprint_line_is_worth"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} x {self.count}"

    @property
    def total(self) -> Decimal:
        """Marks of the whole line."""
        return self.marks * self.count


@frozen_once("frozen_at")
class Paper(models.Model):
    """One candidate's paper: which versions, in which order, with which order of options.

    `items` is a list in the order shown; each item is `[version id, kind, marks as text, orders, section]`
    (see `rules.items`; papers frozen before there were sections have no fifth element). `sections` is the
    frozen copy of the blueprint's: `[{"title", "instructions", "rule", "settings", "floor"}]`.
    `seed` (32 hex digits) replays the order of questions and options; see `rules.assembly.arrange`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.OneToOneField("exams.Candidate", on_delete=models.PROTECT, related_name="paper")
    seed = models.CharField(max_length=32)
    items = models.JSONField()
    sections = models.JSONField(default=list)
    full_marks = models.DecimalField(max_digits=7, decimal_places=2)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Paper")

    def __str__(self) -> str:
        return str(self.uid)
