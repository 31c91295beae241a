"""Forms of rooms, instructors and ratings, and of results."""

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.training.forms.people import PersonField
from courses.training.models import Instructor, Room
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor, Role

STARS = [(5, "★★★★★"), (4, "★★★★"), (3, "★★★"), (2, "★★"), (1, "★")]


class RoomForm(forms.ModelForm):
    """A room."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())

    class Meta:
        model = Room
        fields = ("name", "unit", "places", "closed")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units_in(actor.scopes(Role.TRAINER))
        if not self.instance.pk:
            del self.fields["closed"]

    def validate_unique(self) -> None:
        """The constraint decides; the service says it in words."""


class InstructorForm(forms.ModelForm):
    """An entry of the pool: an officer of the bureau, or an outsider by name and organisation."""

    staff_number = PersonField(label=_("Officer of the bureau"), required=False)
    unit = UnitChoice(label=_("Kept by"), queryset=Unit.objects.none())

    class Meta:
        model = Instructor
        fields = ("name", "organisation", "unit", "subjects", "level", "closed")
        widgets = {"subjects": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"subjects": _("What they teach, one subject a line.")}

    field_order = ("staff_number", "name", "organisation", "level", "subjects", "unit", "closed")

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(actor.scopes(Role.TRAINER))
        fields["staff_number"].search_in([""], today)
        fields["name"].required = False
        fields["name"].help_text = _("Of an outsider. An officer goes by their own name.")
        if self.instance.pk:
            self.initial["staff_number"] = self.instance.officer
        else:
            del self.fields["closed"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("staff_number") and not data.get("name") and "staff_number" not in self.errors:
            self.add_error("name", _("Name an officer of the bureau, or an outsider."))
        return data

    def values(self) -> dict[str, Any]:
        """What `services.teaching.save_instructor` takes. Call after validation."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "staff_number"}
        return data | {"officer": self.cleaned_data["staff_number"]}


class RatingForm(forms.Form):
    """Stars and a few words for one instructor at one session."""

    stars = forms.TypedChoiceField(label=_("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    comment = forms.CharField(label=_("Comment"), max_length=200, required=False)


class UploadForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("File"), help_text=_(".xlsx, .xls or .csv"))


def score_of(text: str) -> Decimal | None:
    """A score as typed ("" = none). Raises ValidationError."""
    text = text.strip()
    if not text:
        return None
    try:
        score = Decimal(text)
    except InvalidOperation as error:
        raise ValidationError(_("A score is a number, such as 86 or 86.5.")) from error
    if not score.is_finite() or not 0 <= score <= 1000:
        raise ValidationError(_("A score lies between 0 and 1000."))
    if score != score.quantize(Decimal("0.01")):
        raise ValidationError(_("A score has at most two decimals."))
    return score
