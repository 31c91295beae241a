"""Forms of the register of qualifications."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Qualification
from certificates.services.qualifications import Document
from courses.training.forms.people import PersonField

EARLIEST = datetime.date(1986, 1, 1)
"""The first national lawyers' examination was held in 1986."""


class QualificationForm(forms.ModelForm):
    """What the document of a qualification says, and whose it is."""

    officer = PersonField(label=_("Who"))

    class Meta:
        model = Qualification
        fields = ("officer", "kind", "number", "grade", "obtained_on", "valid_until", "issuer", "note")
        widgets = {
            "obtained_on": forms.DateInput(attrs={"type": "date"}),
            "valid_until": forms.DateInput(attrs={"type": "date"}),
        }
        help_texts = {
            "grade": _("A, B or C, as the document says."),
            "valid_until": _("Only where the document ends, such as a licence to chair hearings."),
        }

    def __init__(self, *args: Any, paths: Sequence[str], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["officer"]
        person.search_in(paths, today)
        self._today = today

    def clean_number(self) -> str:
        """Blanks within a number are typing, not part of it."""
        return "".join(str(self.cleaned_data["number"]).split())

    def clean_obtained_on(self) -> datetime.date:
        """A day that can be."""
        day: datetime.date = self.cleaned_data["obtained_on"]
        if not EARLIEST <= day <= self._today:
            raise forms.ValidationError(_("This day is too long ago or still ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = said.get("obtained_on"), said.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("It ends before it was obtained."))
        return said

    def document(self) -> Document:
        """What was typed, for the service."""
        names = ("kind", "number", "grade", "obtained_on", "valid_until", "issuer", "note")
        return Document(**{name: self.cleaned_data[name] for name in names})


class StrikeForm(forms.Form):
    """Why a qualification counts no longer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Entered by mistake, or taken back by the authority. At least five characters."),
    )
