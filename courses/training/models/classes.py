"""Training classes with their batches and trainees, the sessions of a timetable, and cycles of rotation."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.training.models.teaching import Instructor, Room
from lianbing.people.models import Officer, Unit


class RotationCycle(models.Model):
    """Some years in which everybody of an audience is to be trained once, an equal share each year (轮训)."""

    title = models.CharField(_("Title"), max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    audience = models.JSONField(_("Audience"), default=dict, blank=True)
    first_year = models.PositiveSmallIntegerField(
        _("First year"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    years = models.PositiveSmallIntegerField(
        _("Number of years"), default=3, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Rotation cycle")
        ordering = ["-first_year", "title"]

    def __str__(self) -> str:
        return self.title


class TrainingClass(models.Model):
    """A class (培训班): what is taught to whom, in one or more batches.

    `state` is what was decided; whether an announced class is running follows from its days as well
    (`courses.training.state.class_stage`). `audience` as `courses.rules.audience` writes it. `impartial`:
    whoever teaches neither enters results of people of their own unit nor is rated by them (R18).
    `pass_mark` None = no completion test.
    """

    class Kind(models.TextChoices):
        INDUCTION = "induction", _("Induction training")
        POST = "post", _("Training for a post")
        SPECIAL = "special", _("Specialist training")
        IN_SERVICE = "in_service", _("In-service training")
        ROTATION = "rotation", _("Rotation training")
        TOPICAL = "topical", _("Topical training")
        FULL_TIME = "full_time", _("Full-time training")
        EXTERNAL = "external", _("External training")

    class Origin(models.TextChoices):
        OWN = "own", _("Own class")
        SUPERIOR = "superior", _("Class of the superior")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Announced")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    category = models.ForeignKey(
        "courses.ContentCategory",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("content", "Category"),
    )
    topic = models.CharField(_("Topic"), max_length=100, blank=True)
    description = models.TextField(_("Content and requirements"), blank=True, max_length=4000)
    audience = models.JSONField(_("Audience"), default=dict, blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    plan_line = models.ForeignKey(
        "training.PlanLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="classes",
        verbose_name=_("Line of the training plan"),
    )
    cycle = models.ForeignKey(
        RotationCycle,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="classes",
        verbose_name=_("Rotation cycle"),
    )
    origin = models.CharField(_("Origin"), max_length=16, choices=Origin, default=Origin.OWN)
    cost = models.DecimalField(
        _("Cost in yuan"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    pass_mark = models.DecimalField(
        _("Pass mark of the completion test"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1000))],
    )
    impartial = models.BooleanField(_("Own unit's instructors stay out of marks and ratings"), default=False)
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.DRAFT)
    state_reason = models.CharField(_("Reason"), max_length=200, blank=True)
    created_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Training class")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="class_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """A batch (期次) of a class. `capacity` 0 = as many as there are; `taken` counts who is enrolled.

    `taken` decides between two who enrol the last place at the same moment: it moves by one
    conditional update, and the check constraint holds it.
    """

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField(_("Batch"))
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    capacity = models.PositiveIntegerField(_("Places"), default=0, help_text=_("0 = no limit."))
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("Batch")
        ordering = ["training_class", "number"]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="batch_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=0) | models.Q(taken__lte=models.F("capacity")),
                name="batch_within_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.number}"


class Trainee(models.Model):
    """Somebody in a batch, with the unit they served in on the day they were enrolled.

    Who withdraws keeps the row with its reason; who comes instead names it in `replaces`.
    """

    class Source(models.TextChoices):
        AUDIENCE = "audience", _("From the audience")
        HAND = "hand", _("Added by hand")
        NOMINATED = "nominated", _("Nominated")
        SUBSTITUTE = "substitute", _("Substitute")
        IMPORTED = "imported", pgettext_lazy("trainee", "Imported")

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FINISHED = "finished", pgettext_lazy("trainee", "Completed")
        FAILED = "failed", _("Not completed")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="trainees")
    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="trainees")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="trainings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=16, choices=Source, default=Source.HAND)
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.ENROLLED)
    score = models.DecimalField(_("Score"), max_digits=6, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    enrolled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Trainee")
        ordering = ["batch", "unit__path", "officer__staff_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "officer"],
                condition=~models.Q(state="withdrawn"),
                name="trainee_one_batch_a_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.officer_id}"


class Session(models.Model):
    """One meeting: a lesson of a batch's timetable, or a study day, a visit, a film without a batch.

    `starts_at`..`ends_at` is planned, `held_from`..`held_to` what really happened (minutes count from
    it). `unit` organises: its trainers and the session's instructors keep the roll.
    """

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("Lecture")
        STUDY_DAY = "study_day", _("Study day")
        VISIT = "visit", _("Visit")
        FILM = "film", _("Film")
        SELF_STUDY = "self_study", _("Self-study")
        DRILL = "drill", pgettext_lazy("session", "Drill")
        ONLINE_LIVE = "online_live", _("Live online")
        EXAM = "exam", _("Test")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", pgettext_lazy("session", "Open")
        CLOSED = "closed", pgettext_lazy("session", "Closed")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind, default=Kind.LECTURE)
    category = models.ForeignKey(
        "courses.ContentCategory",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("content", "Category"),
    )
    topic = models.CharField(_("Topic"), max_length=100)
    material = models.CharField(_("Material"), max_length=200, blank=True)
    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("Room"),
    )
    place = models.CharField(_("Place"), max_length=100, blank=True)
    instructors = models.ManyToManyField(
        Instructor, related_name="sessions", blank=True, verbose_name=_("Instructors")
    )
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    held_from = models.DateTimeField(_("Really began"), null=True, blank=True)
    held_to = models.DateTimeField(_("Really ended"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.PLANNED)
    state_reason = models.CharField(_("Reason"), max_length=200, blank=True)
    plan_line = models.ForeignKey(
        "training.PlanLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("Line of the training plan"),
    )
    recorder = models.JSONField(_("Recorded by"), null=True, blank=True)
    checker = models.JSONField(_("Checked by"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=400, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Session")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(held_from=None)
                | models.Q(held_to=None)
                | models.Q(held_to__gt=models.F("held_from")),
                name="session_held_forward",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="session_state_begins"),
            models.Index(fields=["ends_at"], name="session_ends"),
        ]

    def __str__(self) -> str:
        return self.topic
