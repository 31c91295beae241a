"""Navigation and front-page panels of the question bank."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.kit.counting import counts
from lianbing.people.rules import Actor, Role
from question_bank import permissions, queries
from question_bank.queries.law_changes import waiting_count

name_acts(
    "question_bank",
    _("Questions"),
    {
        "bank_made": _("Made a bank"),
        "bank_changed": _("Changed a bank"),
        "question_created": _("Wrote a question"),
        "question_published": _("Published a question"),
        "picture_added": _("Added a picture"),
        "twins_settled": _("Kept two questions that are nearly alike"),
        "error_reported": _("Reported an error in a question"),
        "error_report_answered": _("Answered an error report"),
        "question_reviewed": _("Passed a question in review"),
        "question_pooled": _("Moved a question to another pool"),
        "question_retired": _("Retired a question"),
        "questions_bulk_edited": _("Changed many questions at once"),
        "bulk_edit_undone": _("Undid a bulk edit"),
        "bulk_change_undone": _("Put a question back as before a bulk edit"),
        "draft_discarded": _("Gave up the draft of a question"),
        "point_moved": _("Renamed or moved a knowledge point"),
        "points_merged": _("Merged two knowledge points"),
        "point_deleted": _("Deleted a knowledge point"),
        "question_revised": _("Revised a question"),
        "question_sent_back": _("Sent a question back"),
        "question_submitted": _("Handed in a question for review"),
        "questions_imported": _("Imported questions"),
        "question_confirmed_after_change": _("Found a question still right after a change of law"),
        "citation_demanded": _("Demanded a citation"),
        "citation_not_demanded": _("No longer demands a citation"),
    },
)
nav(
    NavItem(
        _("Question banks"),
        "question_bank:home",
        frozenset({Role.TRAINER, Role.LEGAL}),
        order=30,
        icon="bank",
    )
)
SHOWN = 5


@panel(Role.LEGAL, Role.TRAINER, order=20)
def questions_to_review(actor: Actor, at: datetime.datetime) -> Panel | None:
    """What waits for approval; urgent for the legal section."""
    del at
    waiting = queries.waiting_for_review(actor)
    count = waiting.count()
    if not count:
        return None
    return Panel(
        title=_("Questions to review"),
        template="question_bank/panels/questions.html",
        context={"questions": waiting[:SHOWN], "count": count},
        url=reverse("question_bank:home"),
        link=_("Question banks"),
        urgent=actor.has(Role.LEGAL),
    )


@panel(Role.LEGAL, Role.TRAINER, order=25)
def questions_to_mend(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Error reports and near-duplicates that wait for somebody."""
    del at
    found = counts(reports=queries.reports_to_answer(actor), twins=queries.twins(actor))
    reports, twins = found["reports"], found["twins"]
    if not reports and not twins:
        return None
    return Panel(
        title=_("Questions to look after"),
        template="question_bank/panels/care.html",
        context={"reports": reports, "twins": twins},
        url=reverse("question_bank:reports" if reports else "question_bank:twins"),
        link=_("Open"),
        urgent=bool(reports),
    )


@panel(Role.LEGAL, Role.TRAINER, order=22)
def questions_after_law_changes(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Questions out of every draw until somebody has looked at their law."""
    count = waiting_count(timezone.localtime(at).date(), permissions.pools_for(actor))
    if not count:
        return None
    return Panel(
        title=_("Questions whose law changed"),
        template="question_bank/panels/law_changes.html",
        context={"count": count},
        url=reverse("question_bank:law_changes"),
        link=_("Look at them"),
        urgent=True,
    )


@panel(Role.TRAINER, order=30)
def my_drafts(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The trainer's own drafts."""
    del at
    drafts = queries.drafts_of(actor)
    count = drafts.count()
    if not count:
        return None
    return Panel(
        title=_("My drafts"),
        template="question_bank/panels/questions.html",
        context={"questions": drafts[:SHOWN], "count": count},
        url=reverse("question_bank:home"),
        link=_("Question banks"),
    )
