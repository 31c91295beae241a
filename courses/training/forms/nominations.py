"""Forms of nominations."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.training.forms.people import PersonField
from courses.training.models import NominationQuota, TrainingClass
from lianbing.library.forms.days import DayField
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in


class QuotaForm(forms.Form):
    """How many places a unit has, and until when it nominates."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=9999)
    nominate_by = DayField(
        label=_("Nominate by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, course: TrainingClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in([course.unit.path])


class NominateForm(forms.Form):
    """Whom to nominate for the places of one unit."""

    officer = PersonField(label=_("Who"))

    def __init__(self, *args: Any, quota: NominationQuota, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["officer"].search_in([quota.unit.path], today)
