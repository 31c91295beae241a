"""Eligibility and proposals: navigation, what waits on front pages, what the acts are called."""

import datetime

from django.utils.translation import gettext_lazy as _

from certificates.permissions.eligibility import READERS
from certificates.queries.proposals import open_proposals
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import LEARNERS, Actor

name_acts(
    "certificates",
    _("Certificates"),
    {
        "eligibility_rules_made": _("Made a version of the eligibility rules"),
        "attested": _("Stated something with a document"),
        "attestation_withdrawn": _("Took a statement back"),
        "proposal_made": _("Proposed a change after a change exam"),
        "proposal_lapsed": _("Let a proposal lapse"),
        "proposal_confirmed": _("Confirmed a proposal"),
        "proposal_dismissed": _("Dismissed a proposal"),
        "proposal_answered": _("Answered a proposal"),
    },
)
nav(
    NavItem(
        _("Eligibility"),
        "certificates:eligible_people",
        frozenset(READERS),
        order=43,
        icon="check",
        also=("/certificates/eligibility/", "/certificates/proposals/"),
    )
)


@panel(*LEARNERS, order=4)
def my_proposal(actor: Actor, at: datetime.datetime) -> Panel | None:
    """A proposal about my certificate that waits for a decision; nothing while there is none. One statement."""
    del at
    waiting = open_proposals([actor.officer_id]).first() if actor.officer_id else None
    if waiting is None:
        return None
    return Panel(
        title=_("Your enforcement certificate"),
        template="certificates/panels/my_proposal.html",
        context={"proposal": waiting},
        url=waiting.get_absolute_url(),
        link=_("Read and answer"),
        urgent=True,
    )
