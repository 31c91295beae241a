"""Honours, sanctions, measures and findings; scores brought in from outside. Written once, withdrawn with a reason."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.rules.records import Kind
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit, User

KIND_LABELS = {
    Kind.HONOUR: pgettext_lazy("record", "Honour"),
    Kind.SANCTION: pgettext_lazy("record", "Sanction"),
    Kind.MEASURE: pgettext_lazy("record", "Measure"),
    Kind.FINDING: pgettext_lazy("record", "Finding of supervision"),
}
SORT_LABELS = {
    (Kind.HONOUR, "collective"): _("Advanced collective"),
    (Kind.HONOUR, "individual"): _("Advanced individual"),
    (Kind.HONOUR, "model"): _("Model of civil enforcement"),
    (Kind.HONOUR, "expert"): _("Enforcement expert"),
    (Kind.HONOUR, "commendation"): _("Commendation or merit"),
    (Kind.HONOUR, "case_file"): _("Excellent case file"),
    (Kind.HONOUR, "excellent_post"): _("Excellent at the post"),
    (Kind.HONOUR, "other"): pgettext_lazy("record", "Other honour"),
    (Kind.SANCTION, "circular"): _("Criticised in a circular"),
    (Kind.SANCTION, "warning"): pgettext_lazy("record", "Warning"),
    (Kind.SANCTION, "demerit"): _("Demerit"),
    (Kind.SANCTION, "major_demerit"): _("Major demerit"),
    (Kind.SANCTION, "demotion"): _("Demotion"),
    (Kind.SANCTION, "removal"): _("Removal from post"),
    (Kind.SANCTION, "accountability"): _("Held accountable for an error"),
    (Kind.SANCTION, "other"): pgettext_lazy("record", "Other sanction"),
    (Kind.MEASURE, "talk"): _("Talk"),
    (Kind.MEASURE, "admonition"): _("Admonition"),
    (Kind.MEASURE, "yellow_card"): _("Yellow card"),
    (Kind.FINDING, "inspection"): _("Inspection of enforcement"),
    (Kind.FINDING, "unannounced"): _("Unannounced visit"),
    (Kind.FINDING, "complaint"): _("Complaint found true"),
    (Kind.FINDING, "media"): _("Reported in the media"),
    (Kind.FINDING, "case_file"): _("Fault in a case file"),
    (Kind.FINDING, "late_or_early"): _("Came late or left early"),
    (Kind.FINDING, "no_sign_in"): _("Did not sign in or out"),
    (Kind.FINDING, "off_post"): _("Away from the post"),
    (Kind.FINDING, "absent_activity"): _("Absent from a common activity"),
    (Kind.FINDING, "slow_response"): _("Responded too late"),
    (Kind.FINDING, "uniform"): _("Fault of uniform or badge"),
    (Kind.FINDING, "general_breach"): _("Breach of discipline"),
    (Kind.FINDING, "other"): pgettext_lazy("record", "Other finding"),
}
LEVEL_LABELS = {
    "national": pgettext_lazy("level", "National"),
    "provincial": pgettext_lazy("level", "Provincial"),
    "municipal": pgettext_lazy("level", "Municipal"),
    "county": pgettext_lazy("level", "County"),
    "bureau": pgettext_lazy("level", "Bureau"),
    "unit": pgettext_lazy("level", "Unit"),
}


@append_only
class Record(models.Model):
    """One honour, sanction, measure or finding, of a person or of a unit as a whole (`officer` None).

    `unit` is the unit itself, or where the person served on the day `on`; `for_unit`: it counts for that unit
    too, once. `leader` answers for it together with the person (连带责任). `expires_on` is the last day on
    which it holds, None = it has no end. `points` is a figure of the founding document, never negative:
    the kind says whether it adds or takes away.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        pgettext_lazy("record", "Kind"), max_length=8, choices=[(k.value, v) for k, v in KIND_LABELS.items()]
    )
    sort = models.CharField(pgettext_lazy("record", "Sort"), max_length=16)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="records"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    for_unit = models.BooleanField(_("Counts for the unit too"), default=False)
    leader = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="records_answered_for"
    )
    title = models.CharField(_("Title"), max_length=120)
    level = models.CharField(
        pgettext_lazy("record", "Level"), max_length=10, blank=True, choices=list(LEVEL_LABELS.items())
    )
    points = models.DecimalField(
        pgettext_lazy("record", "Points"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    on = models.DateField(_("Day"))
    expires_on = models.DateField(_("Holds until"), null=True, blank=True)
    document_no = models.CharField(_("Document number"), max_length=80, blank=True)
    issuer = models.CharField(pgettext_lazy("record", "Issued by"), max_length=100, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    file = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorder = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.JSONField()

    class Meta:
        verbose_name = _("Record")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["officer", "on"], name="record_of_officer"),
            models.Index(fields=["kind", "on"], name="record_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["digest", "number"], name="record_once"),
            models.CheckConstraint(
                condition=Q(officer__isnull=False) | Q(for_unit=True), name="record_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=models.F("on")), name="record_ends_later"
            ),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gte=0), name="record_points_counted"),
            models.CheckConstraint(
                condition=~Q(kind="measure") | Q(expires_on__isnull=False), name="record_measure_lapses"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ratings:record", args=[self.uid])

    @property
    def sort_label(self) -> str:
        """What this sort is called."""
        return str(SORT_LABELS[(Kind(self.kind), self.sort)])


@append_only
class RecordWithdrawal(models.Model):
    """That a record was taken back: an error, or a decision that was lifted. It counts no more from then on."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    reason = models.CharField(_("Reason"), max_length=300)
    by = models.JSONField()

    class Meta:
        verbose_name = _("Withdrawal of a record")

    def __str__(self) -> str:
        return f"{self.record_id} {self.at:%Y-%m-%d}"


class ScoreSource(models.TextChoices):
    """Where a score from outside comes from; the words are those of the sources of indicators."""

    EXTERNAL = "external", _("Evaluation from outside")
    CASE_QUALITY = "case_quality", _("Quality of cases")
    CASE_COUNT = "case_count", _("Number of cases")
    IMPORTED = "imported", _("Scores taken over from a file")


@append_only
class ImportedScore(models.Model):
    """A score or figure somebody else gave, taken over from a row of a file. A further number corrects it.

    `key` names what is measured of whom (`digest` of source, code, person or unit, day and label); the
    newest number of a key counts, `gone` says that it was withdrawn. `said` is the row as it stood.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(_("Source"), max_length=16, choices=ScoreSource)
    code = models.CharField(_("Code of the figure"), max_length=40)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="imported_scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    label = models.CharField(_("What it was given for"), max_length=120)
    on = models.DateField(_("Day"))
    value = models.DecimalField(pgettext_lazy("record", "Value"), max_digits=12, decimal_places=2)
    gone = models.BooleanField(default=False)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    said = models.JSONField(default=dict)
    file = models.CharField(_("File"), max_length=200, blank=True)
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(_("Row"), null=True)
    key = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Score from outside")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["source", "on"], name="imported_score_of_source")]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="imported_score_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="imported_score_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def get_absolute_url(self) -> str:
        return reverse("ratings:score", args=[self.uid])
