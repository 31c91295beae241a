"""The desk of drills for those who look after others, and what its acts are called."""

from django.utils.translation import gettext_lazy as _

from lianbing.kit.audit_words import name_acts

name_acts(
    "drills",
    _("Drills"),
    {
        "rest_set": _("Set rest days of a unit"),
        "rest_withdrawn": _("Took back a rest day of a unit"),
        "must_know_added": _("Put an entry on a must-know list"),
        "must_know_removed": _("Took an entry off a must-know list"),
    },
)
