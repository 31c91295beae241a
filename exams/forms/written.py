"""What a marker sends: how far each scoring point was met, or the marks; a reason for a correction."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.queries.marking import Point
from exams.rules.access import MIN_REASON
from exams.rules.written import FULL, HALF, NONE

LEVELS = [(NONE, _("not met")), (HALF, _("half met")), (FULL, _("met"))]


class WrittenMarkForm(forms.Form):
    """The marks of one written answer. `points` are its scoring points; without any the marks are typed."""

    def __init__(
        self,
        data: Any,
        *,
        points: list[Point],
        full: Decimal,
        correcting: bool,
        marks: Decimal | None = None,
        alike: int = 0,
    ) -> None:
        super().__init__(data)
        self.points = points
        for place, one in enumerate(points):
            self.fields[f"point-{place}"] = forms.ChoiceField(
                label=one.text,
                choices=LEVELS,
                required=False,
                initial=one.level,
                widget=forms.RadioSelect,
            )
        if not points:
            self.fields["marks"] = forms.DecimalField(
                label=_("Marks"),
                max_digits=6,
                decimal_places=2,
                min_value=0,
                max_value=full,
                initial=marks,
                widget=forms.NumberInput(attrs={"autofocus": True, "step": "any"}),
            )
        if alike:
            self.fields["with_alike"] = forms.BooleanField(required=False, initial=True)
        if correcting:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"), min_length=MIN_REASON, max_length=200, initial=_("Corrected at once.")
            )

    def rows(self) -> list[tuple[Any, Point]]:
        """Each scoring point with its field."""
        return [(self[f"point-{place}"], one) for place, one in enumerate(self.points)]

    def ticked(self) -> dict[str, str]:
        """How far each point was met, by its id. Ask `is_valid` first."""
        return {one.id: self.cleaned_data[f"point-{place}"] for place, one in enumerate(self.points)}
