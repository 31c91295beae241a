"""Places that the superior gives to units in a class of its own, and who is nominated for them (调训)."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.training.models.classes import TrainingClass
from courses.training.state import NominationState
from lianbing.people.models import Officer, Unit

NOMINATION_STATE_LABELS = {
    NominationState.NOMINATED: _("Nominated"),
    NominationState.APPROVED: _("Approved"),
    NominationState.REFUSED: pgettext_lazy("training", "Refused"),
    NominationState.WITHDRAWN: _("Withdrawn"),
    NominationState.RETURNED: _("Result entered"),
}


class NominationQuota(models.Model):
    """How many places a unit (with all below it) has in a class of the superior.

    `taken` counts who stands nominated or approved. It moves by one conditional update, and the check
    constraint holds it: of two who nominate for the last place at the same moment, one is refused.
    """

    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="quotas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    places = models.PositiveSmallIntegerField(_("Places"), validators=[MinValueValidator(1)])
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    nominate_by = models.DateField(_("Nominate by"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Quota of places")
        ordering = ["training_class", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "unit"], name="quota_once_a_unit"),
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("places")), name="quota_within_places"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.unit_id}: {self.taken}/{self.places}"


class Nomination(models.Model):
    """Somebody nominated for a place, with the unit they served in on that day.

    Refused and withdrawn ones keep their reason and give the place back. `returned`: they came back
    and their result was entered as an external record.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quota = models.ForeignKey(NominationQuota, on_delete=models.PROTECT, related_name="nominations")
    training_class = models.ForeignKey(TrainingClass, on_delete=models.PROTECT, related_name="nominations")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("State"),
        max_length=16,
        choices=[(state.value, label) for state, label in NOMINATION_STATE_LABELS.items()],
        default=NominationState.NOMINATED.value,
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    nominated_at = models.DateTimeField()
    nominated_by = models.JSONField()
    nominator = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("Nomination")
        ordering = ["training_class", "unit__path", "officer__staff_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "officer"],
                condition=models.Q(state__in=["nominated", "approved", "returned"]),
                name="nomination_once_a_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.officer_id} {self.state}"
