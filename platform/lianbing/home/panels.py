"""Navigation and front-page panels of home itself and of the apps below it (people, kit)."""

import datetime

from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, Panel, nav, panel
from lianbing.home.queries import address
from lianbing.kit.models import BackupRecord
from lianbing.people.rules import EVERYONE, Actor, Role

STALE_BACKUP = datetime.timedelta(days=7)

nav(NavItem(_("Home"), "home:front", EVERYONE, order=0, icon="home"))
nav(
    NavItem(
        _("Officers"),
        "people:officer_list",
        frozenset({Role.HR, Role.LEADER, Role.SYSTEM_ADMINISTRATOR}),
        order=60,
        icon="people",
    )
)
nav(
    NavItem(
        _("Units"),
        "people:unit_tree",
        frozenset({Role.HR, Role.SYSTEM_ADMINISTRATOR}),
        order=62,
        icon="tree",
    )
)
nav(
    NavItem(
        _("Roles"),
        "people:role_list",
        frozenset({Role.SECURITY_ADMINISTRATOR}),
        order=80,
        icon="key",
        group="manage",
    )
)
nav(
    NavItem(
        _("Access"),
        "people:access_matrix",
        frozenset({Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}),
        order=82,
        icon="shield",
        group="manage",
    )
)
nav(
    NavItem(
        _("System"),
        "kit:system",
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
        order=90,
        icon="gear",
        group="manage",
    )
)


@panel(Role.SYSTEM_ADMINISTRATOR, order=10)
def last_backup(actor: Actor, at: datetime.datetime) -> Panel:
    """When the last verified backup was made; urgent when there is none or it is a week old."""
    del actor
    record = BackupRecord.objects.order_by("-made_at").first()
    stale = record is None or at - record.made_at > STALE_BACKUP
    return Panel(
        title=_("Last backup"),
        template="home/panels/backup.html",
        context={"record": record, "stale": stale},
        url=address("kit:system"),
        link=_("System"),
        urgent=stale,
    )
