"""Forms of the exams: blueprints with their sections, sittings, acts that need a reason, written marks."""

from exams.forms.blueprints import BlueprintForm, LineForm, SectionForm
from exams.forms.sittings import ExtendForm, LatecomerForm, ReasonForm, SittingForm

__all__ = [
    "BlueprintForm",
    "ExtendForm",
    "LatecomerForm",
    "LineForm",
    "ReasonForm",
    "SectionForm",
    "SittingForm",
]
