"""Records taken over from before: past classes, study days and exams, one row a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.training.models.classes import Session
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer


@append_only
class TakenOver(models.Model):
    """One row of a file of past records as it was read. It is why the class, the roll and the hours stand there.

    `digest` names what the row is about (who, what, when), so that a second import changes nothing; `said`
    holds everything the row says. `group` names the class or meeting; `session` is where it became a roll,
    None for an exam, which has no roll.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="taken_over")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    digest = models.CharField(max_length=64, unique=True)
    group = models.CharField(max_length=64, db_index=True)
    title = models.CharField(_("Title"), max_length=100)
    sort = models.CharField(_("Kind"), max_length=16)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    said = models.JSONField()
    file = models.CharField(_("File"), max_length=200, blank=True)
    row = models.PositiveIntegerField(_("Row"))
    recorded_at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Record taken over")
        ordering = ["ends_on", "pk"]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.title}"
