"""What the acts in a period are called in the audit trail."""

from django.utils.translation import gettext_lazy

from lianbing.kit.audit_words import name_acts

name_acts(
    "ratings",
    gettext_lazy("Ratings"),
    {
        "period_opened": gettext_lazy("Opened an assessment period"),
        "period_gathered": gettext_lazy("Gathered the evidence of an assessment period"),
        "period_computed": gettext_lazy("Computed results of an assessment period"),
        "period_reviewed": gettext_lazy("Reviewed results of an assessment period"),
        "period_confirmed": gettext_lazy("Confirmed results of an assessment period"),
        "period_published": gettext_lazy("Published results of an assessment period"),
        "period_locked": gettext_lazy("Closed an assessment period"),
        "period_corrected": gettext_lazy("Corrected results of an assessment period"),
        "period_reopened": gettext_lazy("Took confirmed results of an assessment period back"),
    },
)
