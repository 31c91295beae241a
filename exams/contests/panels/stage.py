"""What the decisions during a match are called in the audit trail."""

from django.utils.translation import gettext_lazy

from lianbing.kit.audit_words import name_acts

name_acts(
    "contests",
    gettext_lazy("Contests"),
    {
        "match_started": gettext_lazy("Began a match"),
        "match_fouled": gettext_lazy("Called a foul"),
        "match_overridden": gettext_lazy("Changed a score as chief referee"),
        "match_undone": gettext_lazy("Took a step of a match back"),
        "match_substituted": gettext_lazy("Substituted a player"),
        "match_finished": gettext_lazy("Ended a match"),
        "match_confirmed": gettext_lazy("Confirmed the result of a match"),
    },
)
