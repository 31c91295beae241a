"""What the acts around the seats of a match are called in the audit trail."""

from django.utils.translation import gettext_lazy

from lianbing.kit.audit_words import name_acts

name_acts(
    "contests",
    gettext_lazy("Contests"),
    {
        "seats_laid": gettext_lazy("Made the seats of a match"),
        "seat_taken": gettext_lazy("Took a seat at a match"),
        "seat_moved": gettext_lazy("Moved a seat at a match to another phone"),
        "seat_withdrawn": gettext_lazy("Withdrew a seat at a match"),
        "seat_reissued": gettext_lazy("Gave a seat at a match a new code"),
    },
)
