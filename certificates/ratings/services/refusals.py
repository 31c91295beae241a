"""Why an act in a period is refused, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "not_gathered": _(
        "Evidence cannot be gathered between confirmation and publication. Take the results back first."
    ),
    "not_computed": _("Gather the evidence first: results are computed from what was gathered."),
    "not_reviewed": _("There are no computed results to review."),
    "not_confirmed": _("Results are confirmed after they were reviewed."),
    "not_published": _("Results are published after they were confirmed."),
    "not_locked": _("A period is closed after its results were published."),
    "not_corrected": _(
        "Results are corrected once they have been published. Until then, gather and compute again."
    ),
    "not_reopened": _("Only results that are confirmed and not yet published can be taken back."),
    "machine": _("A person decides this, never the system by itself (PIPL, article 24)."),
    "same_person": _("Whoever computed the results does not confirm them. Ask a colleague or a leader."),
    "reason": _("Give the reason in at least five characters. It stays on record."),
    "version": _("No version of this scheme is in force on the first day of the period."),
    "span": _("A period of this kind does not begin on this day."),
    "twice": _("This period has been opened already."),
    "retired": _("This scheme is no longer used."),
    "no_evidence": _("Nothing has been gathered yet."),
    "nobody": _("There is nobody to assess in this period."),
    "at_once": _("Somebody else is gathering the same evidence at this moment. Try again in a minute."),
    "changed": _("Somebody gathered evidence in the meantime. Compute again."),
    "appeals_open": _("The days for appeals are not over. The period can be closed after them."),
    "appeals_wait": _("An appeal still waits for its decision."),
    "appeals_past": _("The last day for appeals must not lie before today."),
}


class Refused(Exception):
    """What was asked cannot be done; str() says why in the reader's language, `code` names the rule."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(TEXTS[self.code])
