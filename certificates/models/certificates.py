"""Award rules, certificates and what happened to them. Certificates are statements: written once, never changed."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models.designs import CertificateDesign, DesignVersion
from certificates.models.labels import GROUND_LABELS
from certificates.rules import numbering
from certificates.rules.validity import LONGEST_MONTHS
from certificates.state.training import Event, State, state_on
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer


def check_prefix(value: str) -> None:
    """Validator of a number's prefix."""
    if not numbering.is_prefix(value):
        raise ValidationError(_("Use 2 to 12 capital letters and digits, a letter first."))


class AwardRule(models.Model):
    """What a pass in any sitting of a blueprint is turned into, and for whom.

    Without a blueprint it serves what is granted for a finished class or course, or by hand.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    blueprint = models.ForeignKey(
        "exams.Blueprint",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="award_rules",
        verbose_name=_("Blueprint"),
    )
    design = models.ForeignKey(
        CertificateDesign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="award_rules",
        verbose_name=_("Design"),
    )
    title = models.CharField(_("Certificate title"), max_length=60)
    valid_months = models.PositiveSmallIntegerField(
        _("Valid for (months)"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MONTHS)],
    )
    categories = models.JSONField(_("For whom"), default=list)
    number_prefix = models.CharField(_("Number prefix"), max_length=12, validators=[check_prefix])
    active = models.BooleanField(_("In use"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Award rule")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "title"], name="award_rule_once"),
            models.UniqueConstraint(
                fields=["title"], condition=models.Q(blueprint=None), name="award_rule_by_hand_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_months__gte=1, valid_months__lte=LONGEST_MONTHS),
                name="award_rule_months",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def category_labels(self) -> list[Any]:
        """The names of the categories it is for."""
        return [Officer.Category(value).label for value in self.categories]


class NumberSeries(models.Model):
    """The last serial given out under a prefix in a year. Taken in the issuing transaction, so without gaps."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"


@append_only
class Certificate(models.Model):
    """One training certificate. `snapshot` is what is printed: name, unit and title as they were at issue.

    `valid_until` is the last day on which it is good. `attempt` is empty for one issued by hand. `basis` says
    what it was granted for ("class:<uid>", "course:<uid>", "hand:<token>"): once per rule and person, so that
    two who press the button at once issue one. `renews` is the certificate whose place it takes: a chain.
    `design` is empty for the look from before there were designs.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("Number"), max_length=32, unique=True)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("Officer")
    )
    rule = models.ForeignKey(AwardRule, on_delete=models.PROTECT, related_name="certificates")
    sitting = models.ForeignKey(
        "exams.Sitting", on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    attempt = models.ForeignKey(
        "exams.Attempt", on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    design = models.ForeignKey(
        DesignVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by"
    )
    basis = models.CharField(max_length=60, blank=True, default="")
    issued_at = models.DateTimeField(_("Issued"))
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    snapshot = models.JSONField()

    class Meta:
        verbose_name = _("Certificate")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["officer", "valid_until"], name="certificate_of_officer")]
        constraints = [
            models.UniqueConstraint(fields=["rule", "attempt"], name="certificate_once_per_attempt"),
            models.UniqueConstraint(
                fields=["rule", "basis", "officer"],
                condition=~models.Q(basis=""),
                name="certificate_once_per_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="certificate_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("certificates:detail", args=[self.uid])

    @property
    def title(self) -> str:
        return str(self.snapshot["title"])

    @property
    def revocation(self) -> "CertificateEvent | None":
        """The event that revoked it, or None. Free of SQL where `events` were prefetched."""
        return next((event for event in self.events.all() if event.kind == Event.REVOKED), None)

    def state_on(self, day: datetime.date) -> State:
        """Its state on a day."""
        return state_on(
            day,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            revoked=self.revocation is not None,
        )


@append_only
class CertificateEvent(models.Model):
    """What happened to a certificate: issued, revoked. `actor` is a snapshot, `reason` is for HR's eyes."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Event])
    at = models.DateTimeField()
    actor = models.JSONField()
    ground = models.CharField(
        max_length=24, blank=True, choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()]
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(kind=Event.REVOKED.value),
                name="certificate_revoked_once",
            ),
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(kind=Event.ISSUED.value),
                name="certificate_issued_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"


@append_only
class AwardRefusal(models.Model):
    """Somebody who was refused a certificate, and why: it will be asked. One per rule and attempt.

    `attempt` is empty where it was tried by hand.
    """

    rule = models.ForeignKey(AwardRule, on_delete=models.PROTECT, related_name="refusals")
    attempt = models.ForeignKey("exams.Attempt", on_delete=models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="award_refusals")
    code = models.CharField(max_length=16)
    law = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "attempt"], name="award_refusal_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.code}"
