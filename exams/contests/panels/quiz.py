"""Quizzes and campaigns in the navigation and on the front pages of organisers, and what their acts are called."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests.permissions.quiz import ORGANISERS, READERS
from exams.contests.queries import campaigns as campaign_queries
from exams.contests.queries import quiz as queries
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import Actor, Role

SOON_DAYS = 30
MOST = 10
# The front pages of trainers and of the legal section are at their limit of statements: their desk tells them.
FRONT = tuple(role for role in ORGANISERS if role not in {Role.TRAINER, Role.LEGAL})

nav(
    NavItem(
        gettext_lazy("Prize quizzes"),
        "contests:quizzes",
        frozenset(READERS),
        order=47,
        icon="award",
        also=("/contests/campaigns/",),
    )
)
name_acts(
    "contests",
    gettext_lazy("Contests"),
    {
        "quiz_saved": gettext_lazy("Saved a prize quiz"),
        "quiz_published": gettext_lazy("Published a prize quiz"),
        "quiz_stopped": gettext_lazy("Called a prize quiz off"),
        "quiz_codes_made": gettext_lazy("Made codes of a prize quiz"),
        "quiz_list_published": gettext_lazy("Published the list of a prize draw"),
        "quiz_drawn": gettext_lazy("Drew the prizes of a quiz"),
        "quiz_prize_lapsed": gettext_lazy("Passed an unanswered prize on"),
        "quiz_contact_read": gettext_lazy("Read the contact of a winner"),
        "quiz_contacts_purged": gettext_lazy("Deleted contacts of winners"),
        "campaign_saved": gettext_lazy("Saved a campaign"),
        "campaign_published": gettext_lazy("Published a campaign"),
        "campaign_withdrawn": gettext_lazy("Took a campaign back"),
        "campaign_material_added": gettext_lazy("Put something on the page of a campaign"),
        "campaign_material_removed": gettext_lazy("Took something off the page of a campaign"),
        "campaign_goal_set": gettext_lazy("Planned an activity of a campaign"),
        "campaign_activity": gettext_lazy("Wrote down an activity of a campaign"),
    },
)


@panel(*FRONT, order=46)
def to_see_to(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Draws that wait to be made, and yearly days near at hand for which nothing is prepared."""
    followed = queries.followed(actor).filter(published_at__isnull=False, stop=None)
    draws = list(followed.filter(closes_at__lte=at, draw=None, draw_from__isnull=False)[:MOST])
    days = [
        day
        for day in campaign_queries.calendar(actor, timezone.localtime(at).date())
        if 0 <= day.days_left <= SOON_DAYS and not day.campaigns
    ]
    if not draws and not days:
        return None
    return Panel(
        _("Quizzes and campaigns"),
        "contests/quiz/panel.html",
        {"draws": draws, "days": days},
        url=reverse("contests:quizzes"),
        link=_("Prize quizzes"),
        urgent=bool(draws),
    )
