"""What acts on keys and rosters are called, and where HR finds the roster."""

from django.utils.translation import gettext_lazy as _

from lianbing.home.ports import NavItem, nav
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import Role

name_acts(
    "certificate_keys",
    _("Keys that sign certificates"),
    {
        "key_made": _("Made a key that signs certificates"),
        "key_lost": _("Found the private key missing"),
        "key_rotated": _("Rotated the key that signs certificates"),
        "key_compromised": _("Gave up a key as compromised"),
    },
)
name_acts(
    "rosters",
    _("Public roster"),
    {
        "roster_opened": _("Made a roster public"),
        "roster_closed": _("Took a roster back from the public"),
    },
)
nav(NavItem(_("Public roster"), "certificates:roster_desk", frozenset({Role.HR}), order=48, icon="people"))
