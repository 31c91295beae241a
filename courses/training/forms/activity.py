"""Forms of the activity record: of which unit and period, by which day, in which workbook."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.training.rules.activity_record import period_of, words
from courses.training.rules.periods import month, quarter, whole_year
from lianbing.library.forms.days import DayField
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit

MONTHS_BACK = 18


def periods(today: datetime.date) -> list[tuple[str, str]]:
    """The periods to choose from: the months back from this one, quarters and years."""
    found: list[tuple[str, str]] = []
    year, number = today.year, today.month
    for _step in range(MONTHS_BACK):
        found.append((f"{year}-{number:02}", words(*month(year, number))))
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    for back in range(6):
        place = today.year * 4 + (today.month - 1) // 3 - back
        found.append((f"{place // 4}-Q{place % 4 + 1}", words(*quarter(place // 4, place % 4 + 1))))
    return [*found, *((str(y), words(*whole_year(y))) for y in range(today.year, today.year - 4, -1))]


class ActivityForm(forms.Form):
    """Which unit's record of which period."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, units: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units
        fields["period"].choices = periods(today)

    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of the chosen period."""
        found = period_of(self.cleaned_data["period"])
        assert found is not None
        return found


class AskForm(forms.Form):
    """Which units owe their record of which period by which day."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    period = forms.ChoiceField(label=_("Period"))
    due_on = DayField(label=_("Due on"))

    def __init__(self, *args: Any, units: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["units"].queryset = units
        fields["period"].choices = periods(today)

    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of the chosen period."""
        found = period_of(self.cleaned_data["period"])
        assert found is not None
        return found


class SendBackForm(forms.Form):
    """What is missing in a record."""

    reason = forms.CharField(label=_("What is missing"), max_length=300, required=False)


class TemplateForm(forms.Form):
    """The bureau's own workbook."""

    file = forms.FileField(
        label=_("Workbook with placeholders"),
        help_text=_("An .xlsx file of at most 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
