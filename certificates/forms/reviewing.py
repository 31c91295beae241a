"""Forms of the desk of reviews."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.forms.enforcement import ONE_LINE, day_field, indented
from certificates.rules.reviewing import review_year
from lianbing.people.queries import units_in

MOST = 200
"""How many people one decision may name."""


class ReviewFilter(forms.Form):
    """Which unit and which year. What is no choice is left out."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    year = forms.TypedChoiceField(label=_("Year of the review"), required=False, coerce=int)

    def __init__(self, data: Any, *, scopes: list[str], today: datetime.date) -> None:
        usual = review_year(today)
        super().__init__({"unit": data.get("unit", ""), "year": data.get("year") or usual})
        self._scopes, self._usual = scopes, usual
        self._units = {str(unit.pk): unit for unit in units_in(scopes)}
        unit_field: Any = self.fields["unit"]
        unit_field.choices = [("", _("All")), *[(pk, indented(unit)) for pk, unit in self._units.items()]]
        year_field: Any = self.fields["year"]
        year_field.choices = [(one, str(one)) for one in range(today.year, today.year - 4, -1)]
        self.is_valid()

    @property
    def paths(self) -> list[str]:
        """The subtrees asked about, within the reader's own."""
        unit = self._units.get(self.cleaned_data.get("unit") or "")
        return [unit.path] if unit else self._scopes

    @property
    def about(self) -> int:
        """The year asked for."""
        return int(self.cleaned_data.get("year") or self._usual)


class NamedForm(forms.Form):
    """Whom a decision is about: entries with the number of events that were seen, and the year."""

    year = forms.IntegerField(min_value=1990, max_value=9999)
    passed = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.expected: dict[uuid.UUID, int] = {}
        for text in data.getlist("entry")[:MOST]:
            uid, _colon, count = text.partition(":")
            try:
                self.expected[uuid.UUID(uid)] = int(count[:9] or 0)
            except ValueError:
                continue


class DecisionForm(forms.Form):
    """The day, the document and the words of a decision about several people."""

    on = day_field(_("From"), help_text=_("The day the decision holds from; not ahead of today."))
    document_no = forms.CharField(
        label=_("Document number"), max_length=80, required=False, validators=[ONE_LINE]
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False, validators=[ONE_LINE])

    def __init__(self, data: Any, *, today: datetime.date, needs_document: bool) -> None:
        super().__init__(data, initial={"on": today})
        self._today = today
        self.fields["document_no"].required = needs_document
        if needs_document:
            self.fields["confirmed"] = forms.BooleanField(
                label=_("I have checked every name. They may not enforce from that day on.")
            )

    def clean_on(self) -> datetime.date:
        """No day ahead, and none of long ago."""
        day: datetime.date = self.cleaned_data["on"]
        if not datetime.date(1990, 1, 1) <= day <= self._today:
            raise forms.ValidationError(_("This day is too long ago or still ahead."))
        return day
