"""The form of the style page: one field of each sort, one of them wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the identity card."))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=_("Category"),
        choices=[("officer", _("Enforcement officer")), ("auxiliary", _("Auxiliary"))],
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    active = forms.BooleanField(label=_("Active"), required=False)
    file = forms.FileField(label=_("File"), required=False)
