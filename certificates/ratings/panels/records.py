"""What acts on records are called, where they stand in the personal file, what they tell of conduct."""

from django.utils.translation import gettext_lazy as _

from certificates.ratings.queries import conduct, training_file  # noqa: F401 -- each registers itself
from courses.training.ports import DeskLink, own
from lianbing.kit.audit_words import name_acts
from lianbing.people.rules import LEARNERS

name_acts(
    "ratings",
    _("Ratings"),
    {
        "recorded": _("Recorded an honour, sanction or measure"),
        "record_withdrawn": _("Took a record back"),
        "records_imported": _("Took records over from a file"),
        "scores_imported": _("Took scores over from a file"),
        "score_withdrawn": _("Took a score back"),
        "excluded": _("Left somebody out of the base"),
        "exclusion_withdrawn": _("Counted somebody in the base again"),
    },
)
own(
    DeskLink(
        _("My honours and measures"),
        _("What is on record of you, and until when it holds."),
        "ratings:records_mine",
        LEARNERS,
        order=75,
        icon="award",
    )
)
