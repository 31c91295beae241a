"""The desk's links to what comes in from before and what goes out to the superior."""

from django.utils.translation import gettext_lazy as _

from courses.training.permissions.records import KEEPERS
from courses.training.ports import DeskLink, desk
from lianbing.kit.audit_words import name_acts

name_acts("training", _("Training"), {"records_taken_over": _("Took past records over")})
desk(
    DeskLink(
        _("Take over past records"),
        _("Classes, study days, exams and hours of earlier years, from Excel"),
        "training:records",
        frozenset(KEEPERS),
        group="records",
        order=10,
        icon="history",
    )
)
