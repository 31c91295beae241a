"""How the parts of an eligibility rule, what may be proposed and qualifications are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.rules.proposing import Proposed, Second
from certificates.rules.qualifying_parts import Part

PART_LABELS = {
    Part.CATEGORY: _("Category of staff"),
    Part.AGE: _("Age"),
    Part.PROBATION: _("Probation"),
    Part.PUBLIC_EXAM: _("Exam in public law"),
    Part.SPECIALIST_EXAM: _("Exam in specialist law"),
    Part.HOURS: _("Training hours"),
    Part.CONDUCT: _("Conduct"),
    Part.QUALIFICATION: _("Qualification"),
    Part.NO_BLOCK: _("No bar after a revocation"),
}
PROPOSED_LABELS = {
    Proposed.SUSPEND: pgettext_lazy("certificate", "Suspend"),
    Proposed.REINSTATE: pgettext_lazy("certificate", "Reinstate"),
    Proposed.WITHDRAW: pgettext_lazy("certificate", "Take back"),
    Proposed.REVOKE: pgettext_lazy("certificate", "Revoke"),
}
PROPOSED_TONES = {
    Proposed.SUSPEND: "warn",
    Proposed.REINSTATE: "ok",
    Proposed.WITHDRAW: "bad",
    Proposed.REVOKE: "bad",
}
SECOND_LABELS = {
    Second.REVOKE: _("Propose revoking the certificate"),
    Second.WITHDRAW: _("Propose taking the certificate back"),
    Second.NOTHING: _("Propose nothing"),
}
PROPOSAL_STATE_TONES = {"open": "warn", "confirmed": "bad", "dismissed": "muted", "lapsed": "muted"}
ELIGIBILITY_LABELS = {
    "people": _("Everybody"),
    "holds": _("Holds a certificate"),
    "ready": _("May apply"),
    "lacks": _("Still needs something"),
    "barred": _("May not apply by law"),
}
ELIGIBILITY_TONES = {"people": "info", "holds": "ok", "ready": "info", "lacks": "warn", "barred": "muted"}
