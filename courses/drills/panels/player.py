"""The entry 「练兵」, and where the library's cards are practised."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.drills.queries import home as queries
from courses.drills.queries.subjects import card_has_questions
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit import clock
from lianbing.library.ports import practises
from lianbing.people.models import Officer
from lianbing.people.rules import LEARNERS, Actor

nav(NavItem(_("Drills"), "drills:home", LEARNERS, order=12, icon="check"))


@practises
def practise_card(card_pk: int) -> str:
    """Where the questions of a card are practised; "" where a drill can reach none."""
    if not card_has_questions(card_pk, clock.now()):
        return ""
    return reverse("drills:topic", args=["card", card_pk])


@panel(*LEARNERS, order=6)
def todays_set(actor: Actor, at: datetime.datetime) -> Panel | None:
    """Today's set: how far it is."""
    officer = Officer.objects.filter(pk=actor.officer_id).first() if actor.officer_id else None
    if officer is None:
        return None
    return Panel(
        title=_("Ten minutes of drill"),
        template="drills/player/panel.html",
        context={"standing": queries.standing(officer, at)},
        url=reverse("drills:home"),
        link=_("All drills"),
    )
