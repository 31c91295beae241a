"""What was found in the world: the only thing ratings know of it. Facts are appended, never changed."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models.labels import SOURCE_LABELS
from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit

SOURCES = [(source.value, label) for source, label in SOURCE_LABELS.items()]


@append_only
class Fact(models.Model):
    """One value about one person or unit, with the record behind it.

    `origin` is the key of that record in the world ("exam:attempt:<uid>"). When the record changes, a further
    row with the next `number`, which `replaces` the one before, says how it stands now; when it vanishes, one
    with `gone`. Which row counts for a statement follows from ids: the newest up to `Gathering.upto`. Ids must therefore be given in the order of
    commits: append through `services.facts.append` alone.

    It counts on the day `on`; where `until` is given (a yellow card, a certificate), on every day from `on` to
    `until`. `kind` parts the facts of one source (a kind of hours, a level of honour, the code of an imported
    score); `extra` holds what else an indicator may select by.
    """

    source = models.CharField(max_length=16, choices=SOURCES)
    origin = models.CharField(max_length=100)
    number = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40, blank=True)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    on = models.DateField()
    until = models.DateField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=4, default=Decimal(0))
    label = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Fact")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["on"], name="fact_on"),
            models.Index(
                fields=["officer", "until"], condition=models.Q(until__isnull=False), name="fact_until"
            ),
            models.Index(fields=["officer", "on"], name="fact_of_officer"),
            models.Index(fields=["unit", "on"], condition=models.Q(unit__isnull=False), name="fact_of_unit"),
        ]
        constraints = [
            # The origin first: with the source in front, every search by source would take this index and read
            # years of facts.
            models.UniqueConstraint(fields=["origin", "number", "source"], name="fact_once"),
            models.UniqueConstraint(
                fields=["replaces"], condition=models.Q(replaces__isnull=False), name="fact_replaced_once"
            ),
            models.CheckConstraint(
                condition=models.Q(officer__isnull=False, unit=None)
                | models.Q(officer=None, unit__isnull=False),
                name="fact_of_one_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("on")), name="fact_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.origin} {self.number}"
