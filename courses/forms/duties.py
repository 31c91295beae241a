"""Forms of part-time duties."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models.duties import DutyRole
from courses.queries.duties import open_roles
from lianbing.library.forms.days import DayField
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Officer, Unit


class DutyFilterForm(forms.Form):
    """What the list of duties shows."""

    unit = UnitChoice(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units")
    )
    duty = forms.ModelChoiceField(
        label=_("Duty"), queryset=DutyRole.objects.all(), required=False, empty_label=_("All duties")
    )
    past = forms.BooleanField(label=_("Past ones too"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units


class GiveDutyForm(forms.Form):
    """Who carries which duty for which unit, from when."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=32)
    duty = forms.ModelChoiceField(label=_("Duty"), queryset=open_roles())
    unit = UnitChoice(label=_("For the unit"), queryset=Unit.objects.none())
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the duty. Empty: until further notice."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units

    def clean_staff_number(self) -> str:
        number = str(self.cleaned_data["staff_number"]).strip()
        found = Officer.objects.filter(staff_number=number, merged_into=None).first()
        if found is None:
            raise ValidationError(_("There is nobody with this staff number."))
        self.officer = found
        return number


class EndDutyForm(forms.Form):
    """The first day on which somebody carries the duty no more."""

    ends_on = DayField(label=_("Until"), help_text=_("The first day without the duty."))


class DutyRoleForm(forms.Form):
    """The name of a new duty."""

    name = forms.CharField(label=_("Name"), max_length=40)
