"""Forms of the hours desk: filters, corrections, hours by hand, periods, targets, tables."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.forms.audience import AudienceField
from courses.models import ContentCategory
from courses.rules.audience import to_json
from courses.training.models import YearTarget
from courses.training.rules import conversion, periods
from courses.training.rules.conversion import TableError, Way
from courses.training.services.claims import BY_HAND
from lianbing.library.forms.days import DayField
from lianbing.people.models import Unit
from lianbing.people.queries import units_in

FIRST_YEAR, LAST_YEAR = 2000, 2099


def period_choices() -> list[tuple[str, str]]:
    """The year, its quarters and its months as choices."""
    quarters = [(f"q{n}", gettext("Quarter %(number)s") % {"number": n}) for n in range(1, 5)]
    months = [(f"m{n}", gettext("Month %(number)s") % {"number": n}) for n in range(1, 13)]
    return [("", gettext("The whole year")), *quarters, *months]


class DateInput(forms.DateInput):
    """A day, in the browser's own picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def unit_choices(scopes: list[str]) -> list[tuple[str, str]]:
    """The units of a subtree as choices by path, indented as they lie. One statement."""
    units = list(units_in(scopes))
    top = min((unit.depth for unit in units), default=0)
    return [(unit.path, "　" * (unit.depth - top) + unit.name) for unit in units]


class DeskForm(forms.Form):
    """The filters of the desk. What is no choice is left out; `asked` never fails."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    q = forms.CharField(label=_("Search"), max_length=50, required=False)
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("All")), ("lacking", _("Lacks hours")), ("met", _("Reached"))],
    )
    as_of = DayField(label=_("As recorded by"), required=False, widget=DateInput)

    def __init__(self, *args: Any, scopes: list[str], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes, self.this_year = scopes, year
        units: Any = self.fields["unit"]
        units.choices = [("", _("All units")), *unit_choices(scopes)]
        self.fields["q"].widget.attrs["placeholder"] = _("Name or staff number")

    def asked(self) -> dict[str, Any]:
        """year, unit paths, search, standing, as_of: what was understood."""
        self.is_valid()
        data = self.cleaned_data
        unit = data.get("unit") or ""
        return {
            "year": data.get("year") or self.this_year,
            "paths": [unit] if unit else self.scopes,
            "unit": unit,
            "search": data.get("q") or "",
            "standing": data.get("standing") or "",
            "as_of": data.get("as_of"),
        }


class CounterForm(forms.Form):
    """Why an entry is wrong, what is right instead, and a deliberate yes."""

    hours = forms.DecimalField(
        label=_("Right are (hours)"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=_("Empty: the entry is taken back as a whole."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    confirmed = forms.BooleanField(label=_("I have checked it. A counter-entry stands for good."))


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ClaimForm(forms.Form):
    """Hours by hand for one person."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=32)
    kind = forms.ChoiceField(
        label=pgettext_lazy("hours", "Kind"), choices=[(kind.value, kind.label) for kind in BY_HAND]
    )
    category = forms.ModelChoiceField(
        label=_("Content"), queryset=ContentCategory.objects.filter(closed=False), required=False
    )
    title = forms.CharField(label=_("What it was"), max_length=200)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=Decimal("0.01"), max_value=Decimal(1000), decimal_places=2
    )
    earned_on = DayField(label=_("Earned on"), widget=DateInput)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What proves it and where it is kept, such as: sign-in sheet of 10 June, file 2026-18."),
    )


class LockForm(forms.Form):
    """A month, quarter or year to be closed."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    period = forms.ChoiceField(label=_("Period"), choices=period_choices, required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    confirmed = forms.BooleanField(
        label=_("I have checked it. Opening it again takes a reason and a second person.")
    )

    def __init__(self, *args: Any, scopes: list[str], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        first = [("", _("The whole bureau"))] if whole else []
        units.choices = [*first, *unit_choices(scopes)]
        units.required = not whole

    def span(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of the period chosen."""
        year, period = self.cleaned_data["year"], self.cleaned_data["period"]
        if not period:
            return periods.whole_year(year)
        make = periods.quarter if period[0] == "q" else periods.month
        return make(year, int(period[1:]))

    def chosen_unit(self) -> Unit | None:
        """The unit chosen, None = the whole bureau."""
        path = self.cleaned_data["unit"]
        return Unit.objects.get(path=path) if path else None


class TargetForm(forms.ModelForm):
    """A yearly target."""

    audience = AudienceField(label=_("For whom"))
    law_codes = forms.MultipleChoiceField(
        label=_("Categories that count as law"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audience_json: dict[str, Any]

    class Meta:
        model = YearTarget
        fields = [
            "year",
            "title",
            "position",
            "hours",
            "law_hours",
            "law_codes",
            "online_percent",
            "days",
            "either",
            "carry_most",
            "source",
            "audience",
        ]
        help_texts = {
            "position": _("Of several targets that fit somebody the one with the lowest number holds."),
            "online_percent": _(
                "Online hours above this share of the target do not count. Empty: all count."
            ),
            "law_hours": _("Part of the hours above."),
            "days": _("0: not counted in days."),
            "carry_most": _("0: nothing goes over into the next year."),
        }

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience: Any = self.fields["audience"]
        audience.offer([""], today)
        codes: Any = self.fields["law_codes"]
        codes.choices = [(row.code, row.name) for row in ContentCategory.objects.filter(closed=False)]
        for name, most in (("hours", 1000), ("law_hours", 1000), ("days", 366), ("carry_most", 1000)):
            self.fields[name].widget.attrs |= {"min": 0, "max": most}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("hours", "law_hours", "days", "carry_most"):
            if data.get(name) is not None and data[name] < 0:
                self.add_error(name, gettext("It cannot be negative."))
        if data.get("year") is not None and not FIRST_YEAR <= data["year"] <= LAST_YEAR:
            self.add_error("year", gettext("The year lies between 2000 and 2099."))
        percent = data.get("online_percent")
        if percent is not None and percent > 100:
            self.add_error("online_percent", gettext("A share is at most 100 percent."))
        if (data.get("law_hours") or 0) > (data.get("hours") or 0):
            self.add_error(
                "law_hours", gettext("The hours of law are part of the hours: not more than these.")
            )
        if data.get("law_hours") and not data.get("law_codes"):
            self.add_error("law_codes", gettext("Say which content counts as law."))
        return data

    def clean_audience(self) -> dict[str, Any]:
        """As it is stored."""
        return to_json(self.cleaned_data["audience"])


LABELS = {
    "way": _("Time spent together counts"),
    "full_day": _("A full day (hours)"),
    "half_day": _("Half a day (hours)"),
    "full_day_minutes": _("A full day from (minutes)"),
    "half_day_minutes": _("Half a day from (minutes)"),
    "lesson_minutes": _("One hour is (minutes)"),
    "short_counts": _("Less than half a day counts by minutes, at most half a day"),
    "online_long_minutes": _("Online, long: from (minutes)"),
    "online_short_minutes": _("Online, short: up to (minutes)"),
    "online_long": _("Online, long (hours)"),
    "online_middle": _("Online, in between (hours)"),
    "online_short": _("Online, short (hours)"),
    "online_test": _("Online, test passed (hours more)"),
    "external_most": _("One external course at most (hours)"),
    "seminar": _("One seminar (hours)"),
    "in_house_most": _("One class of our own at most (hours)"),
    "self_study_counts": _("Self-study counts by minutes"),
    "step": _("Rounded down to (hours)"),
}
WAYS = [
    (Way.DAYS.value, pgettext_lazy("conversion", "by full and half days")),
    (Way.MINUTES.value, pgettext_lazy("conversion", "by minutes")),
]
MAY_BE_EMPTY = ("external_most", "seminar", "in_house_most")
EMPTY_HELP = {
    "external_most": _("Empty: without limit."),
    "seminar": _("Empty: counted like other time spent together."),
    "in_house_most": _("Empty: without limit."),
}


class TableForm(forms.Form):
    """A new version of the conversion table: name, day, and a field for each figure."""

    title = forms.CharField(label=_("Title"), max_length=80)
    holds_from = DayField(label=_("Holds from"), widget=DateInput)
    note = forms.CharField(label=_("Founding document"), max_length=300, required=False)

    def __init__(self, *args: Any, table: conversion.Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in conversion.to_json(table).items():
            self.fields[name] = _figure(name, value)
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["table"] = conversion.from_json({name: data[name] for name in LABELS})
            except TableError as error:
                texts = {
                    "number": gettext("Write a number."),
                    "range": gettext("This number is not possible here."),
                    "order": gettext("This contradicts the figure beside it: the shorter gives no more."),
                }
                self.add_error(error.field, texts[error.code])
        return data


def _figure(name: str, value: Any) -> forms.Field:
    """The field of one figure of a table."""
    label: Any = LABELS[name]
    if name == "way":
        return forms.ChoiceField(label=label, choices=WAYS)
    if isinstance(value, bool):
        return forms.BooleanField(label=label, required=False)
    if name.endswith("_minutes"):
        return forms.IntegerField(label=label, min_value=1, max_value=conversion.LONGEST_DAY)
    return forms.DecimalField(
        label=label,
        required=name not in MAY_BE_EMPTY,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=EMPTY_HELP.get(name, ""),
    )
