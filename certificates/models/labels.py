"""How states, grounds and results are called and coloured, for pages and exports alike."""

from django.utils.translation import gettext_lazy as _

from certificates.rules.eligibility import Refusal
from certificates.state.training import Ground, State

STATE_LABELS = {
    State.UPCOMING: _("Not yet valid"),
    State.VALID: _("Valid"),
    State.EXPIRING: _("Ending soon"),
    State.EXPIRED: _("Expired"),
    State.REVOKED: _("Revoked"),
}
STATE_TONES = {
    State.UPCOMING: "info",
    State.VALID: "ok",
    State.EXPIRING: "warn",
    State.EXPIRED: "muted",
    State.REVOKED: "bad",
}
GROUND_LABELS = {
    Ground.ISSUED_IN_ERROR: _("Issued in error"),
    Ground.RESULT_CHANGED: _("Exam result changed"),
    Ground.LEFT_SERVICE: _("No longer in service"),
    Ground.RULES_BROKEN: _("Rules broken"),
    Ground.OTHER: _("Other reason"),
}
OUTCOME_LABELS = {
    "passed": _("Passed"),
    "failed": _("Not passed"),
    "absent": _("Did not sit"),
}
OUTCOME_TONES = {"passed": "ok", "failed": "bad", "absent": "warn"}
STANDING_LABELS = {
    "people": _("Everybody"),
    "certified": _("Certified"),
    "uncertified": _("Not certified"),
    "none": _("No certificate"),
    **{state.value: label for state, label in STATE_LABELS.items()},
    **OUTCOME_LABELS,
}
STANDING_TONES = {"none": "muted", **{state.value: tone for state, tone in STATE_TONES.items()}}
REFUSAL_LABELS = {
    Refusal.AUXILIARY.value: _("Auxiliaries may not hold an enforcement certificate"),
    Refusal.CATEGORY.value: _("The rule is not for this category"),
    Refusal.LEFT.value: _("Has left the bureau"),
}
EVENT_LABELS = {"issued": _("Issued"), "revoked": _("Revoked")}
