"""The filters of a personal training file, and of the list of files."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.training.ports import FILE_KINDS
from courses.training.rendering.file import KIND_NAMES
from lianbing.library.forms.days import DayField


class FileForm(forms.Form):
    """Which entries, of which year, as of which day."""

    kind = forms.ChoiceField(
        label=_("Kind of entry"),
        required=False,
        choices=[("", _("All entries")), *[(kind, KIND_NAMES[kind]) for kind in FILE_KINDS]],
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    as_of = DayField(
        label=_("As of"), required=False, help_text=_("What had been recorded by the end of that day.")
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        years = range(on.year + 1, on.year - 15, -1)
        fields["year"].choices = [("", _("All years")), *[(str(year), str(year)) for year in years]]

    def asked(self) -> dict[str, Any]:
        """The filter as `queries.file.personal_file` takes it; what was sent wrongly is left out."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "kinds": [said["kind"]] if said.get("kind") else [],
            "year": said.get("year"),
            "as_of": said.get("as_of"),
        }
