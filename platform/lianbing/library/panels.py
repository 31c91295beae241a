"""Navigation and front-page panels of the library."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.library import queries
from lianbing.library.queries import amendments
from lianbing.people.rules import EVERYONE, LEARNERS, Actor, Role

SHOWN = 5
name_acts(
    "library",
    _("Laws"),
    {
        "import_edition": _("Imported an edition"),
        "confirm_edition": _("Checked an edition"),
        "begin_draft": _("Began a law text from an edition"),
        "submit_draft": _("Submitted a law text"),
        "take_back_draft": _("Took a law text back"),
        "approve_draft": _("Approved a law text"),
        "send_back_draft": _("Sent a law text back"),
        "discard_draft": _("Discarded a law text"),
        "publish_edition": _("Published an edition"),
        "publication_failed": _("Could not publish a law text"),
        "withdraw_edition": _("Withdrew an edition"),
        "correct_edition": _("Corrected the facts of an edition"),
        "join_laws": _("Joined a law to the one it continues"),
        "part_laws": _("Parted a law from the one it continued"),
        "repeal": _("Repealed laws"),
        "undo_repeal": _("Took a repeal back"),
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


@panel(Role.LEGAL, order=12)
def changes_to_come(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Amendments and repeals of the next thirty days with what they touch."""
    coming = list(amendments.coming(timezone.localtime(at).date()))
    if not coming:
        return None
    touched = queries.citing_for(amendments.changed_articles(coming), actor)
    things = {(one.code, one.uid or one.url) for one in touched}
    return Panel(
        title=_("Changes of law within 30 days"),
        template="library/panels/changes.html",
        context={
            "events": coming[:SHOWN],
            "count": len(coming),
            "questions": sum(code == "question" for code, _thing in things),
            "things": len(things),
        },
        url=reverse("library:repeals"),
        link=_("Repeals"),
        urgent=bool(things),
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
