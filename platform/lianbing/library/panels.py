"""Navigation and front-page panels of the library."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.library import queries
from lianbing.people.rules import EVERYONE, LEARNERS, Actor, Role

SHOWN = 5
name_acts(
    "library",
    _("Laws"),
    {
        "import_edition": _("Imported an edition"),
        "confirm_edition": _("Checked an edition"),
        "withdraw_edition": _("Withdrew an edition"),
        "write_handbook_entry": _("Wrote a handbook entry"),
    },
)
nav(NavItem(_("Laws"), "library:home", EVERYONE, order=20, icon="law"))
nav(NavItem(_("Handbook"), "library:handbook", EVERYONE, order=25, icon="book"))


@panel(Role.LEGAL, order=10)
def laws_to_check(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Doubtful editions that wait for the legal section."""
    del actor, at
    count = queries.drafts()
    if not count:
        return None
    return Panel(
        title=_("Laws to check"),
        template="library/panels/drafts.html",
        context={"laws": queries.laws(drafts=True)[:SHOWN], "count": count},
        url=f"{reverse('library:home')}?drafts=on",
        link=_("All to be checked"),
        urgent=True,
    )


@panel(*sorted(LEARNERS), order=60)
def handbook(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The handbook within reach of those in the street."""
    del actor, at
    entries = list(queries.handbook_entries()[:SHOWN])
    if not entries:
        return None
    return Panel(
        title=_("Handbook"),
        template="library/panels/handbook.html",
        context={"entries": entries},
        url=reverse("library:handbook"),
        link=_("All entries"),
    )
