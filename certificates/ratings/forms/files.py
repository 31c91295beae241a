"""The files of records and of scores from outside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models import ScoreSource


class RecordFileForm(forms.Form):
    """Which file, and whether its good rows are wanted alone."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls) or CSV, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    skip_bad_rows = forms.BooleanField(
        label=_("Import the good rows even if others are wrong"), required=False
    )


class ScoreFileForm(RecordFileForm):
    """The same for scores: where they come from stands for the whole file."""

    source = forms.ChoiceField(label=_("Source"), choices=ScoreSource.choices)
    field_order = ("source", "file", "skip_bad_rows")


class ScoreFilter(forms.Form):
    """What the list of scores shows."""

    source = forms.ChoiceField(
        label=_("Source"), required=False, choices=[("", _("All")), *ScoreSource.choices]
    )
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, number or title")}),
    )
