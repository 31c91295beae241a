"""Navigation and front-page panels: my certificate, who must be seen to, how far the unit is covered."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models.labels import STATE_LABELS, STATE_TONES
from certificates.permissions.training import READERS
from certificates.queries import training_file  # noqa: F401 -- registers itself
from certificates.queries.overview import CERTIFIED, Filter, counts, people
from certificates.queries.register import of_officer
from certificates.rules.validity import days_left
from certificates.state.training import IN_FORCE, State
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import GRANTABLE, LEARNERS, Actor, Role

name_acts(
    "certificates",
    _("Certificates"),
    {
        "awarded": _("Awarded certificates"),
        "issued_by_hand": _("Issued by hand"),
        "refused": _("Refused a certificate"),
        "revoked": _("Revoked a certificate"),
        "rule_created": _("Made an award rule"),
        "rule_changed": _("Changed an award rule"),
        "exported": _("Exported a list"),
        "design_saved": _("Saved a design"),
        "granted": _("Granted certificates"),
        "renewed": _("Renewed a certificate"),
        "printed": _("Printed certificates"),
    },
)
nav(NavItem(_("Certificates"), "certificates:mine", LEARNERS, order=40, icon="certificate"))
nav(NavItem(_("Certification"), "certificates:overview", frozenset(READERS), order=42, icon="chart"))
nav(NavItem(_("Register"), "certificates:register", frozenset({Role.HR}), order=44, icon="certificate"))
nav(NavItem(_("Grant and print"), "certificates:completions", frozenset({Role.HR}), order=45, icon="print"))
nav(NavItem(_("Award rules"), "certificates:rule_list", frozenset({Role.HR}), order=46, icon="award"))


def _asked(standing: str) -> str:
    return f"{reverse('certificates:overview')}?standing={standing}"


def _counted(scopes: list[str], day: datetime.date) -> dict[str, int]:
    return dict(counts(people(Filter(unit_paths=tuple(scopes)), day)))


@panel(*LEARNERS, order=30)
def my_certificate(actor: Actor, at: datetime.datetime) -> Panel | None:
    """The certificate of mine that lasts longest; urgent when it ends soon. Office staff without one see none."""
    if actor.officer_id is None:
        return None
    day = timezone.localtime(at).date()
    best = of_officer(actor.officer_id, day).first()
    if best is None and actor.has(*GRANTABLE):
        return None
    context: dict[str, object] = {"certificate": best}
    if best is not None:
        state = State(best.state)
        context |= {
            "label": STATE_LABELS[state],
            "tone": STATE_TONES[state],
            "days_left": days_left(best.valid_until, day) if state in IN_FORCE else None,
        }
    return Panel(
        title=_("My certificate"),
        template="certificates/panels/mine.html",
        context=context,
        url=best.get_absolute_url() if best else reverse("certificates:mine"),
        link=_("Open and show") if best else _("Certificates"),
        urgent=best is not None and best.state == State.EXPIRING,
    )


@panel(Role.HR, order=10)
def to_see_to(actor: Actor, at: datetime.datetime) -> Panel:
    """How many certificates end soon, who failed, who did not sit. The warnings name who ends when."""
    day, scopes = timezone.localtime(at).date(), actor.scopes(Role.HR)
    totals = _counted(scopes, day)
    figures = [
        {"label": _("Ending within 90 days"), "count": totals.get("expiring", 0), "url": _asked("expiring")},
        {"label": _("Not passed"), "count": totals.get("failed", 0), "url": _asked("failed")},
        {"label": _("Did not sit"), "count": totals.get("absent", 0), "url": _asked("absent")},
        {"label": _("Not certified"), "count": totals.get("uncertified", 0), "url": _asked("uncertified")},
    ]
    return Panel(
        title=_("Certification: to see to"),
        template="certificates/panels/to_see_to.html",
        context={"figures": figures},
        url=reverse("certificates:overview"),
        link=_("Everybody"),
        urgent=bool(totals.get("expiring")),
        wide=True,
    )


@panel(Role.LEADER, order=10)
def coverage(actor: Actor, at: datetime.datetime) -> Panel:
    """How many of the subtree are certified, and what threatens that."""
    day, scopes = timezone.localtime(at).date(), actor.scopes(Role.LEADER)
    totals = _counted(scopes, day)
    return Panel(
        title=_("Certified staff"),
        template="certificates/panels/coverage.html",
        context={
            "certified": totals.get(CERTIFIED, 0),
            "people": totals.get("people", 0),
            "expiring": totals.get("expiring", 0),
            "failed": totals.get("failed", 0),
            "absent": totals.get("absent", 0),
        },
        url=reverse("certificates:overview"),
        link=_("By name"),
    )
