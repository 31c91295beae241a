"""What is wrong with a change of the register, in a sentence for people."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from certificates.models.enforcement_labels import ACT_LABELS, REASON_LABELS, STATE_LABELS
from certificates.state.enforcement import Illegal, Kind, State

_FIELDS = {
    "reason": lambda: _("The reason is missing."),
    "document": lambda: _("A decision that takes a right away needs the number of its document."),
    "certificate_no": lambda: _("The certificate number is missing."),
    "valid_from": lambda: _("The first day of validity is missing or no date."),
    "valid_until": lambda: _("The last day of validity is missing or no date."),
    "first_issued_on": lambda: _("The day of first issue is no date."),
    "last_review_on": lambda: _("The day of the last review is no date."),
    "blocked_until": lambda: _("The last day of the block is no date."),
    "result": lambda: _("Say whether the review was passed or not."),
    "correction": lambda: _("Say what is to be corrected: the number or one of the days."),
}
_SENTENCES = {
    "age": lambda: _("%(day)s is no likely day: it must lie between %(first)s and %(last)s."),
    "order": lambda: _(
        "%(on)s is before the last entry of %(last)s. The register is written in the order of days."
    ),
    "dates": lambda: _("The last day, %(ends)s, is before the first, %(begins)s."),
    "first_issue": lambda: _("First issued on %(first)s is after the first day of validity, %(begins)s."),
    "blocked": lambda: _("After the revocation no new application is accepted until %(until)s."),
    "no_certificate": lambda: _("There is no certificate in the register to which this could apply."),
    "too_long": lambda: _("The rules grant %(months)s months: at the longest until %(until)s."),
    "renewal_early": lambda: _("Renewal opens on %(opens)s."),
    "renewal_closed": lambda: _("Renewal closed on %(closes)s. A new application is needed."),
    "renewal_shorter": lambda: _("The new certificate must end after the old one, which ends on %(until)s."),
    "renewal_gap": lambda: _(
        "The new certificate must begin by the day after %(until)s, or days without any would remain."
    ),
    "review_year": lambda: _("%(year)s is no year whose review can be recorded on that day."),
    "reviewed_already": lambda: _("The review of %(year)s has been passed already."),
    "review_hours": lambda: _("Without %(need)s training hours no review is passed; there are %(have)s."),
    "review_exam": lambda: _("Without a passed exam no review is passed."),
    "review_conduct": lambda: _("Without blameless conduct no review is passed."),
    "specialist": lambda: _(
        "A transfer needs the specialist paper: name the passed exam, or the number of the document."
    ),
    "future": lambda: _("%(on)s has not come yet. Changes are recorded once they hold."),
    "number_taken": lambda: _("Number %(number)s stands in the register for somebody else."),
    "changed": lambda: _("Somebody else has changed this entry meanwhile. Look at it again."),
}


def sentence(error: Illegal) -> str:
    """The refusal of a change as a sentence in the reader's language."""
    params: dict[str, Any] = {key: _shown(value) for key, value in error.params.items()}
    if error.code == "missing":
        return _FIELDS[params["field"]]()
    if error.code in {"not_now", "only_undone"}:
        return _state_sentence(error)
    if error.code == "reason":
        return _("“%(reason)s” is no reason for “%(act)s”.") % {
            "reason": REASON_LABELS.get(params["reason"], params["reason"]),
            "act": ACT_LABELS[Kind(params["kind"])],
        }
    return _SENTENCES[error.code]() % params


def _state_sentence(error: Illegal) -> str:
    state = STATE_LABELS[State(error.params["state"])]
    if error.code == "only_undone":
        return _(
            "The certificate is “%(state)s”. That ends only when the decision was overturned or entered by mistake; else a new application is needed."
        ) % {"state": state}
    return _("The certificate is “%(state)s”; “%(act)s” is not possible now.") % {
        "state": state,
        "act": ACT_LABELS[Kind(error.params["kind"])],
    }


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
