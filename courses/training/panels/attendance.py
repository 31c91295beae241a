"""Attendance on the front page, and what its acts are called in the audit trail."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.training.models import Session
from courses.training.queries.rolls import sessions_to_sign_in
from lianbing.home.ports import Panel, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import LEARNERS, Actor

ACTS = {
    "roll_rules_changed": gettext_lazy("Changed the thresholds of a session"),
    "roll_drawn": gettext_lazy("Drew up an attendance list"),
    "session_opened": gettext_lazy("Opened a session for signing in"),
    "attendance_set": gettext_lazy("Put down who was there"),
    "attendance_undone": gettext_lazy("Took back what was put down"),
    "sign_in_struck": gettext_lazy("Struck a sign-in"),
    "guest_admitted": gettext_lazy("Admitted a guest to a session"),
    "sheet_taken_over": gettext_lazy("Took over a sign-in sheet"),
    "leave_asked": gettext_lazy("Asked for leave from a session"),
    "leave_withdrawn": gettext_lazy("Withdrew a request for leave"),
    "leave_granted": gettext_lazy("Granted leave from a session"),
    "leave_refused": gettext_lazy("Refused leave from a session"),
    "roll_handed_over": gettext_lazy("Handed over an attendance list for checking"),
    "session_closed": gettext_lazy("Closed a session"),
    "session_reopened": gettext_lazy("Reopened a session"),
    "make_up_assigned": gettext_lazy("Sent somebody to a make-up session"),
    "made_up": gettext_lazy("Recorded a make-up"),
    "session_file_added": gettext_lazy("Added evidence of a session"),
    "session_file_removed": gettext_lazy("Took evidence of a session off"),
}
name_acts("training", gettext_lazy("Training"), ACTS)


@panel(*LEARNERS, order=4)
def sign_in_now(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The sessions of today that one is expected at; urgent while one is open. One statement."""
    if actor.officer_id is None:
        return None
    sessions = sessions_to_sign_in(actor.officer_id, at)
    if not sessions:
        return None
    return Panel(
        _("Sessions today"),
        "training/attendance/panel.html",
        {"sessions": sessions},
        url=reverse("training:sign_in"),
        link=_("Sign in to a session"),
        urgent=any(session.state == Session.State.OPEN for session in sessions),
    )
