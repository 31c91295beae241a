"""The desk's links to what comes in from before and what goes out to the superior."""

from django.utils.translation import gettext_lazy as _

from courses.training.permissions.records import KEEPERS, READERS
from courses.training.ports import DeskLink, desk
from lianbing.kit.audit_words import name_acts

name_acts(
    "training",
    _("Training"),
    {
        "records_taken_over": _("Took past records over"),
        "records_asked_for": _("Asked units for their activity record"),
        "record_handed_in": _("Handed in an activity record"),
        "record_received": _("Received an activity record"),
        "record_sent_back": _("Sent an activity record back"),
        "record_template_added": _("Put in a template of the bureau"),
        "record_template_retired": _("Took the bureau's template out of use"),
        "activity_record_exported": _("Exported an activity record"),
        "circular_exported": _("Exported a circular on training"),
    },
)
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
desk(
    DeskLink(
        _("Activity record"),
        _("Of a unit for a period, in Excel, and the circular in Word"),
        "training:activity",
        frozenset(READERS),
        group="records",
        order=20,
        icon="list",
    )
)
desk(
    DeskLink(
        _("Records due"),
        _("Which units have handed theirs in, late or not"),
        "training:activity_due",
        frozenset(READERS),
        group="records",
        order=30,
        icon="flag",
    )
)
