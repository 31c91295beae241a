"""A workbook of another office, to be kept as a template."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models.office_templates import ROW_KIND_LABELS


class OfficeTemplateForm(forms.Form):
    """Title, what the repeated row is about, the file."""

    title = forms.CharField(label=_("Title"), max_length=80)
    rows = forms.ChoiceField(
        label=_("Repeated row"),
        choices=[(kind.value, label) for kind, label in ROW_KIND_LABELS.items()],
        widget=forms.RadioSelect,
        initial="unit",
    )
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )
