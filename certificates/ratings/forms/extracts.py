"""What is asked before an extract is made."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.forms.days import DayField
from lianbing.people.models import Officer


class ExtractForm(forms.Form):
    """Whose file, until which day, what for."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=32)
    as_of = DayField(label=_("As of"), help_text=_("What had been recorded by the end of that day."))
    purpose = forms.CharField(
        label=_("Purpose"),
        min_length=2,
        max_length=120,
        help_text=_("Printed on the extract, such as selection for a post."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = today
        self._today = today

    def clean_staff_number(self) -> Officer:
        """The person; a record merged into another stands for the one in use."""
        number = str(self.cleaned_data["staff_number"]).strip()
        found = Officer.objects.filter(staff_number=number).select_related("merged_into").first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return found.merged_into or found

    def clean_as_of(self) -> datetime.date:
        """Today or earlier."""
        day: datetime.date = self.cleaned_data["as_of"]
        if day > self._today:
            raise forms.ValidationError(_("The file of a day to come is not written yet."))
        return day
