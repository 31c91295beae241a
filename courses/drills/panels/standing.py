"""The desk of drills for those who look after others, and what its acts are called."""

from django.utils.translation import gettext_lazy as _

from courses.drills.permissions.standing import LIST_READERS
from lianbing.home.ports import NavItem, nav
from lianbing.kit.audit_words import name_acts

nav(NavItem(_("Drill desk"), "drills:manage", frozenset(LIST_READERS), order=34, icon="chart"))
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
