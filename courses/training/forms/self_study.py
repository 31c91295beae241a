"""The form of one's own self-study."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import ContentCategory
from courses.training.forms.attendance import Moment
from courses.training.services.self_study import MOST_MINUTES, Studied
from lianbing.kit.forms import keep_to_this_century


class SelfStudyForm(forms.Form):
    """What was studied, when, for how many minutes."""

    topic = forms.CharField(label=_("What you studied"), max_length=100)
    category = forms.ModelChoiceField(
        label=_("Content category"), queryset=ContentCategory.objects.filter(closed=False)
    )
    starts_at = forms.DateTimeField(label=_("Begun at"), widget=Moment())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES)
    material = forms.CharField(label=_("Material"), max_length=200, required=False)
    note = forms.CharField(
        label=_("What you learned"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The trainer who confirms reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_to_this_century(self.fields["starts_at"])

    def studied(self) -> Studied:
        """What was said, for the service. Call after validation."""
        return Studied(**self.cleaned_data)
