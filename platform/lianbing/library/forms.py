"""Forms of the library."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import Law


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


class AsOfForm(forms.Form):
    """The day whose text is wanted; today without one."""

    on = DayField(label=_("Text as of"), required=False)


class FilterForm(forms.Form):
    """What the list shows."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Law.Level.choices]
    )
    drafts = forms.BooleanField(label=_("To be checked"), required=False)


class UploadForm(forms.Form):
    """A Markdown law or an archive of many."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A law as Markdown (.md), or many in one .zip, .tar.gz or .tar.xz, up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".md,.markdown,.zip,.gz,.tgz,.xz,.txz,.tar"}),
    )


class WithdrawForm(forms.Form):
    """Why an edition goes."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
