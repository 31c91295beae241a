"""Navigation and front-page panels of home itself and of the apps below it (people, kit)."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.home import queries
from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.home.queries import address
from lianbing.kit import health
from lianbing.kit.audit_words import name_acts
from lianbing.kit.models import AuditRecord
from lianbing.people.permissions import DOOR
from lianbing.people.rules import EVERYONE, Actor, Role

SECURITY, AUDIT = Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR
PEOPLE = frozenset({Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR})

name_acts(
    "people",
    _("People"),
    {
        "administrator_created": _("Made an administrator"),
        "officer_changed_by_roster": _("Changed by a roster"),
        "officer_enlisted": _("Enlisted"),
        "officer_left": _("Left the bureau"),
        "officer_moved": _("Moved to another unit"),
        "officers_merged": _("Merged two entries"),
        "password_changed": _("Changed the password"),
        "password_reset": _("Gave a new one-time password"),
        "passwords_printed": _("Printed password slips"),
        "role_granted": _("Granted a role"),
        "role_withdrawn": _("Withdrew a role"),
        "roster_imported": _("Imported a roster"),
        "unit_added": _("Added a unit"),
        "unit_closed": _("Closed a unit"),
        "unit_renamed": _("Renamed a unit"),
        "account_enabled": _("Enabled an account"),
        "account_disabled": _("Disabled an account"),
    },
)
name_acts("kit", _("System"), {"backup_made": _("Made a backup")})
nav(NavItem(_("Home"), "home:front", EVERYONE, order=0, icon="home"))
nav(NavItem(_("Officers"), "people:officer_list", PEOPLE, order=60, icon="people"))
nav(NavItem(_("Units"), "people:unit_tree", PEOPLE, order=62, icon="tree"))
nav(NavItem(_("Password reset"), "people:door", frozenset(DOOR), order=64, icon="key"))
nav(NavItem(_("Roles"), "people:role_list", frozenset({SECURITY}), order=80, icon="person", group="manage"))
nav(
    NavItem(
        _("Access"),
        "people:access_matrix",
        frozenset({SECURITY, AUDIT}),
        order=82,
        icon="shield",
        group="manage",
    )
)
nav(
    NavItem(
        _("Audit trail"), "people:audit_trail", frozenset({AUDIT}), order=84, icon="history", group="manage"
    )
)
nav(
    NavItem(
        _("System"),
        "kit:system",
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
        order=90,
        icon="server",
        group="manage",
    )
)


@panel(Role.SYSTEM_ADMINISTRATOR, order=10)
def last_backup(actor: Actor, at: datetime.datetime) -> Panel:
    """When the last verified backup was made; urgent when there is none or it is a week old."""
    del actor
    record = health.last_backup()
    stale = health.backup_is_stale(record, at)
    return Panel(
        title=_("Last backup"),
        template="home/panels/backup.html",
        context={"record": record, "stale": stale},
        url=address("kit:system"),
        link=_("System"),
        urgent=stale,
    )


@panel(Role.HR, Role.SYSTEM_ADMINISTRATOR, order=70)
def people_summary(actor: Actor, at: datetime.datetime) -> Panel:
    """How many people serve in the units one looks after, and how many have not yet signed in."""
    scopes = actor.scopes(Role.HR, Role.SYSTEM_ADMINISTRATOR)
    return Panel(
        title=_("People"),
        template="home/panels/people.html",
        context={"counts": queries.people_counts(scopes, timezone.localdate(at))},
        url=address("people:officer_list"),
        link=_("Officers"),
    )


@panel(Role.INVIGILATOR, Role.EXAM_ADMINISTRATOR, order=60)
def door(actor: Actor, at: datetime.datetime) -> Panel:
    """The way to a new one-time password for somebody who stands at the exam-room door."""
    del actor, at
    return Panel(
        title=_("At the exam-room door"),
        template="home/panels/door.html",
        context={"door_url": address("people:door")},
    )


@panel(SECURITY, order=20)
def accounts(actor: Actor, at: datetime.datetime) -> Panel:
    """Accounts that can sign in and do nothing, because no role was given and no officer stands behind them."""
    del actor
    without = queries.accounts_without_role(timezone.localdate(at))
    return Panel(
        title=_("Accounts without a role"),
        template="home/panels/accounts.html",
        context={"accounts": without[:5], "count": len(without)},
        url=address("people:role_list"),
        link=_("Roles"),
        urgent=bool(without),
    )


@panel(AUDIT, order=20)
def latest_acts(actor: Actor, at: datetime.datetime) -> Panel:
    """The last official acts on record."""
    del actor, at
    return Panel(
        title=_("Latest acts on record"),
        template="home/panels/acts.html",
        context={"records": list(AuditRecord.objects.order_by("-pk")[:8])},
        url=address("people:audit_trail"),
        link=_("Audit trail"),
        wide=True,
    )
