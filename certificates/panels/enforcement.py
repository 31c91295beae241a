"""Navigation, the alarm on front pages, words of the audit trail, and the duty shown on people's pages."""

import datetime
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from certificates.models.enforcement_labels import KIND_LABELS, WHY_LABELS
from certificates.permissions.enforcement import READERS
from certificates.queries import enforcement_file  # noqa: F401 -- registers itself
from certificates.queries.duty import standings
from certificates.queries.enforcement import alarms
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.kit.audit_words import name_acts
from lianbing.people.ports import Standing, certified
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor, Role

SHOWN = 5

name_acts(
    "enforcement",
    _("Enforcement certificates"),
    {
        **{kind.value: label for kind, label in KIND_LABELS.items()},
        "refused": _("Refused an enforcement certificate"),
        "rules_adopted": _("Adopted provincial rules"),
        "duty_set": _("Said what a post asks for"),
    },
)
nav(
    NavItem(
        _("Enforcement certificates"),
        "certificates:enforcement",
        frozenset(READERS),
        order=41,
        icon="shield",
    )
)


@panel(Role.LEADER, order=8)
def leader_alarm(actor: Actor, at: datetime.datetime) -> Panel | None:
    """People posted on enforcement who may not enforce, by name; HR is told by `panels.waiting`. One statement."""
    if actor.has(Role.HR):
        return None
    rows = list(alarms(actor.scopes(Role.LEADER), day_of(at))[:SHOWN])
    return Panel(
        title=_("Posted without being on duty"),
        template="certificates/panels/enforcement.html",
        context={
            "total": rows[0].total if rows else 0,
            "rows": [{"row": row, "why": WHY_LABELS[row.why]} for row in rows],
        },
        url=reverse("certificates:enforcement_alarms"),
        link=_("By name"),
        urgent=bool(rows),
    )


@certified
def duty_on_people_pages(officer_ids: Collection[int], at: datetime.datetime) -> dict[int, Standing]:
    """How officers stand, for the pages of people. Auxiliaries and civilians are shown only if they hold one."""
    found = {}
    for pk, duty in standings(officer_ids, at).items():
        if duty.why in {"auxiliary", "civilian"} and not duty.uid:
            continue
        words = gettext("On duty, may enforce") if duty.on_duty else pgettext("enforcement", "Not on duty")
        url = reverse("certificates:enforcement_detail", args=[duty.uid]) if duty.uid else ""
        why = "" if duty.on_duty else str(WHY_LABELS[duty.why])
        found[pk] = Standing(on_duty=duty.on_duty, text=words, why=why, url=url, number=duty.certificate_no)
    return found
