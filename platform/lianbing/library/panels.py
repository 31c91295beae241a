"""Navigation and front-page panels of the library."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, Panel, SearchBox, nav, panel, search_box
from lianbing.kit.audit_words import name_acts
from lianbing.kit.counting import counts
from lianbing.library import queries
from lianbing.library.permissions import FOLLOWERS
from lianbing.library.queries import amendments, books, cards, cases, open_citations, receipts
from lianbing.people.rules import EVERYONE, LEARNERS, Actor, Role

SHOWN, RECENT = 5, 20
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
        "compose": _("Began a compilation"),
        "change_compilation": _("Changed the facts of a compilation"),
        "put_into_compilation": _("Put texts into a compilation"),
        "take_out_of_compilation": _("Took a text out of a compilation"),
        "order_compilation": _("Ordered a compilation"),
        "update_compilation": _("Brought a compilation up to date"),
        "discard_compilation": _("Deleted a compilation"),
        "name_law": _("Gave a law a name"),
        "forget_law_name": _("Took the name of a law back"),
        "mark_law_absent": _("Noted that the library lacks a law"),
        "unmark_law_absent": _("No longer notes that the library lacks a law"),
        "repeal": _("Repealed laws"),
        "undo_repeal": _("Took a repeal back"),
        "write_handbook_entry": _("Wrote a handbook entry"),
        "write_card": _("Wrote a handbook card"),
        "submit_card": _("Submitted a handbook card"),
        "take_back_card": _("Took a handbook card back"),
        "send_back_card": _("Sent a handbook card back"),
        "approve_card": _("Approved a handbook card"),
        "discard_card": _("Discarded the draft of a handbook card"),
        "confirm_card": _("Confirmed a handbook card after a change of law"),
        "import_cards": _("Imported handbook cards"),
        "withdraw_card": _("Withdrew a handbook card"),
        "restore_card": _("Put a handbook card back into use"),
        "write_case": _("Wrote a case"),
        "submit_case": _("Submitted a case"),
        "take_back_case": _("Took a case back"),
        "send_back_case": _("Sent a case back"),
        "approve_case": _("Approved a case"),
        "discard_case": _("Discarded the draft of a case"),
        "withdraw_case": _("Withdrew a case"),
        "begin_book": _("Began an edition of the handbook"),
        "write_book": _("Wrote an edition of the handbook"),
        "approve_book": _("Approved an edition of the handbook"),
        "discard_book": _("Discarded the draft of an edition of the handbook"),
        "confirm_book": _("Confirmed an edition of the handbook"),
        "write_document": _("Wrote a document"),
        "keep_as_document": _("Kept a file as a draft of a document"),
        "circulate": _("Circulated a document"),
        "stop_circulation": _("Stopped a circulation"),
        "confirm_reading": _("Confirmed to have read a document"),
        "add_synonyms": _("Added synonyms"),
        "change_synonyms": _("Changed synonyms"),
        "remove_synonyms": _("Removed synonyms"),
    },
)
nav(NavItem(_("Laws"), "library:home", EVERYONE, order=20, icon="law"))
search_box(
    SearchBox(
        _("Search titles and articles"),
        _("Words, a law, or an article: 行政处罚法 42"),
        "library:search",
        EVERYONE,
    )
)
nav(NavItem(_("My handbook"), "library:my_book", LEARNERS, order=24, icon="book"))
nav(NavItem(_("Handbook"), "library:handbook", EVERYONE, order=25, icon="book"))
nav(NavItem(_("Handbook cards"), "library:cards", EVERYONE, order=25, icon="search"))
nav(NavItem(_("Case library"), "library:cases", EVERYONE, order=25, icon="bank"))
nav(NavItem(_("Documents"), "library:documents", EVERYONE, order=26, icon="page"))


@panel(*sorted(EVERYONE), order=5)
def to_read(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What this person was given to read and has not confirmed."""
    today = timezone.localtime(at).date()
    waiting = list(receipts.to_read(actor.officer_id, today)[:SHOWN]) if actor.officer_id else []
    if not waiting:
        return None
    return Panel(
        title=_("To read"),
        template="library/panels/to_read.html",
        context={"readers": waiting, "today": today},
        url=reverse("library:reading"),
        link=_("My reading"),
        urgent=True,
    )


@panel(*sorted(LEARNERS), order=6)
def book_to_confirm(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The handbook of one's post, while its edition in use is not confirmed."""
    today = timezone.localtime(at).date()
    held = books.mine(actor.officer_id, today, whole=False) if actor.officer_id else None
    if held is None or held.edition is None or held.receipt is not None:
        return None
    return Panel(
        title=_("My handbook"),
        template="library/panels/book.html",
        context={"held": held, "late": held.due_on is not None and held.due_on < today},
        url=reverse("library:my_book"),
        link=_("Open and confirm"),
        urgent=True,
    )


@panel(*FOLLOWERS, order=15)
def not_read_in_time(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Open circulations that some of one's people have not read though their day is past."""
    today = timezone.localtime(at).date()
    some = list(receipts.circulations_for(actor, today).filter(receipts.still_open(today))[:RECENT])
    counted = receipts.tallies(some, actor, today) if some else {}
    rows = [(one, counted[one.pk]) for one in some if one.pk in counted and counted[one.pk].late]
    if not rows:
        return None
    return Panel(
        title=_("Not read in time"),
        template="library/panels/unread.html",
        context={"rows": rows[:SHOWN]},
        url=reverse("library:circulations"),
        link=_("Circulations"),
    )


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
        url=reverse("library:doubtful"),
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


@panel(Role.LEGAL, order=8)
def texts_to_approve(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Law texts that wait for a decision."""
    del actor, at
    waiting = list(queries.waiting_drafts()[: SHOWN + 1])
    if not waiting:
        return None
    return Panel(
        title=_("Law texts to approve"),
        template="library/panels/waiting.html",
        context={"drafts": waiting[:SHOWN]},
        url=reverse("library:drafts"),
        link=_("All law texts on their way"),
        urgent=True,
    )


@panel(Role.LEGAL, order=9)
def handbook_to_decide(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What of the handbook waits for the legal section: cards, changed bases, cases, books. One statement."""
    del actor, at
    found = counts(
        changed=cards.changed(), waiting=cards.waiting(), stories=cases.waiting(), drafts=books.all_drafts()
    )
    if not any(found.values()):
        return None
    return Panel(
        title=_("Handbook: to decide on"),
        template="library/panels/deciding.html",
        context=found,
        url=reverse("library:card_desk"),
        link=_("All cards on their way"),
        urgent=bool(found["changed"] or found["waiting"] or found["stories"]),
    )


@panel(*sorted(LEARNERS), order=3)
def look_up(actor: Actor, at: datetime.datetime) -> Panel | None:
    """A card of the handbook within three taps: by words, or by its heading."""
    del actor, at
    items = cards.items()
    if not items:
        return None
    return Panel(
        title=_("Look a matter up"),
        template="library/panels/lookup.html",
        context={"items": items},
        url=reverse("library:cards"),
        link=_("All cards"),
    )


@panel(Role.LEGAL, order=14)
def citations_that_lead_nowhere(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Citations whose law or article the library does not find."""
    del actor, at
    count = open_citations.open_count()
    if not count:
        return None
    return Panel(
        title=_("Citations that lead nowhere"),
        template="library/panels/citations.html",
        context={"count": count, "laws": open_citations.open_laws()[:SHOWN]},
        url=reverse("library:citations"),
        link=_("All of them"),
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
