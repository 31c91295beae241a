"""The file of an older register of certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RegisterFileForm(forms.Form):
    """Which file, and whether its good rows are wanted alone."""

    file = forms.FileField(
        label=_("File of the older register"),
        help_text=_("Excel (.xlsx, .xls) or CSV, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    skip_bad_rows = forms.BooleanField(
        label=_("Import the good rows even if others are wrong"), required=False
    )
