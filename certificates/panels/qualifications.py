"""Navigation, audit words and the personal file of qualifications; the legal reviewers who lack theirs."""

from django.utils.translation import gettext_lazy as _

from certificates.queries import qualification_file  # noqa: F401 -- registers itself
from lianbing.home.ports import NavItem, nav
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import Role

name_acts(
    "certificates",
    _("Certificates"),
    {
        "qualification_entered": _("Entered a qualification"),
        "qualification_struck_out": _("Struck out a qualification"),
    },
)
name_acts(
    "enforcement", _("Enforcement certificates"), {"register_taken_over": _("Took over an older register")}
)
nav(
    NavItem(
        _("Qualifications"), "certificates:qualifications", frozenset({Role.LEGAL}), order=45, icon="award"
    )
)
