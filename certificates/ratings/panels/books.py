"""The desk, the leader's page, the data book and extracts in the navigation, and what taking them is called."""

from django.utils.translation import gettext_lazy as _

from certificates.ratings.permissions.books import READERS
from lianbing.home.ports import NavItem, nav
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import Role

name_acts(
    "ratings",
    _("Ratings"),
    {
        "data_book_taken": _("Took the data book"),
        "circular_taken": _("Took the circular on certification and training"),
        "office_template_added": _("Took over a template of another office"),
        "office_template_filled": _("Filled a template of another office"),
        "office_template_retired": _("Took a template of another office out of use"),
        "extract_made": _("Made an extract of a personal file"),
        "extract_printed": _("Printed an extract of a personal file"),
    },
)
nav(NavItem(_("At a glance"), "ratings:leader", frozenset({Role.LEADER}), order=39, icon="chart"))
nav(
    NavItem(
        _("HR's desk"),
        "ratings:desk",
        frozenset({Role.HR}),
        order=39,
        icon="chart",
        also=("/ratings/templates/", "/ratings/extracts/"),
    )
)
nav(NavItem(_("Data book"), "ratings:data_book", frozenset(READERS), order=48, icon="chart"))
nav(NavItem(_("File extracts"), "ratings:extracts", frozenset({Role.HR}), order=49, icon="page"))
