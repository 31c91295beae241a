"""The field for a day."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day from 1900 to 2199 in any of the ways people write one."""

    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2199-12-31"}
    )
    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
    default_error_messages = {"invalid": _("There is no such day. Write it like 2019-05-01.")}

    def to_python(self, value: Any) -> Any:
        """The day, or None where nothing was written. Raises ValidationError."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(" ", "")
        found = super().to_python(value)
        if found is not None and not 1900 <= found.year <= 2199:
            raise forms.ValidationError(_("The year lies between 1900 and 2199."), code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """The day as a browser's date field can show it, however it was written."""
        try:
            return self.to_python(value)
        except forms.ValidationError:
            return value
