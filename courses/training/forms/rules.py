"""Forms of study rules, of who lacks what, and of deductions."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.audience import AudienceField
from courses.forms.categories import indented
from courses.rules.audience import to_json
from courses.training.models import StudyDeduction, StudyRule
from courses.training.rendering.study import kind_names, period_words
from courses.training.rules import study
from courses.training.rules.study_periods import KINDS, Period, period_of, preceding
from lianbing.library.forms.days import DayField
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in


class RuleForm(forms.ModelForm[StudyRule]):
    """A study rule, or its next version. Gives an unsaved `StudyRule` as `made()`."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    categories = forms.MultipleChoiceField(
        label=_("Content"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With everything below. None ticked: any content."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of meeting"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: any kind."),
    )
    audience = AudienceField(label=_("For whom"))
    holds_from = DayField(
        label=_("Holds from"), help_text=_("It judges the periods that begin on this day or later.")
    )

    class Meta:
        model = StudyRule
        fields = [
            "title",
            "source",
            "unit",
            "subject",
            "period",
            "count",
            "minimum_minutes",
            "categories",
            "demand",
            "kinds",
            "topical",
            "self_study",
            "late_counts",
            "early_counts",
            "red_days",
            "holds_from",
        ]

    def __init__(self, *args: Any, scopes: list[str], on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(scopes)
        fields["categories"].choices = indented()
        fields["kinds"].choices = list(kind_names().items())
        fields["audience"].offer([""], on)
        fields["audience"].initial = self.instance.audience
        stored = set(self.instance.categories) - {code for code, _name in fields["categories"].choices}
        fields["categories"].choices += [(code, code) for code in sorted(stored)]

    def clean(self) -> dict[str, Any]:
        """What fits together only: kinds and demands of units are not asked of people."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        person = said.get("subject") == StudyRule.Subject.PERSON
        if person and study.CLASS in said.get("kinds", []):
            self.add_error("kinds", _("Whole classes are counted for units; of people count the sessions."))
        if person and said.get("demand") == StudyRule.Demand.TOPIC:
            self.add_error("demand", _("Topics are counted for units only."))
        if said.get("demand") == StudyRule.Demand.CATEGORY and not said.get("categories"):
            self.add_error("categories", _("Tick the categories that are each asked for."))
        return said

    def made(self) -> StudyRule:
        """The version as the form says it, not saved."""
        said = dict(self.cleaned_data)
        audience = said.pop("audience")
        return StudyRule(**said, audience=to_json(audience))


class CloseForm(forms.Form):
    """The last day on which a period may begin that the rule judges."""

    last = DayField(label=_("Last day"), help_text=_("Periods that began by then are judged to their end."))


class AdoptForm(forms.Form):
    """Which unit takes the presets, and from when."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    holds_from = DayField(label=_("Holds from"))
    codes = forms.MultipleChoiceField(label=_("Rules"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scopes: list[str], presets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(scopes)
        fields["codes"].choices = presets
        fields["codes"].initial = [code for code, _title in presets]


class DeductionForm(forms.ModelForm[StudyDeduction]):
    """What each case costs in a unit and below."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    holds_from = DayField(label=_("Holds from"))

    class Meta:
        model = StudyDeduction
        fields = ["unit", "late", "left_early", "absent", "holds_from"]

    def __init__(self, *args: Any, scopes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(scopes)


class PeriodForm(forms.Form):
    """The unit and the period asked about. Without a period: every rule, as it stands today."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(
        self,
        *args: Any,
        units: list[Unit],
        on: datetime.date,
        kinds: tuple[str, ...] = KINDS,
        any_period: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        top = min((unit.depth for unit in units), default=1)
        names = [(unit.path, "\u3000" * (unit.depth - top) + unit.name) for unit in units]
        fields["unit"].choices = [("", _("All units")), *names]
        first = [("", _("Now running"))] if any_period else []
        fields["period"].choices = first + [
            (period.key, period_words(period)) for kind in kinds for period in _lately(kind, on)
        ]

    def scopes(self, readable: list[str]) -> list[str]:
        """The chosen unit, or everything the reader may see. What was sent wrongly is left out."""
        self.is_valid()
        chosen = self.cleaned_data.get("unit")
        return [chosen] if chosen else readable

    def chosen_period(self) -> str:
        """The key of the period chosen, "" for none."""
        self.is_valid()
        return str(self.cleaned_data.get("period") or "")


def _lately(kind: str, on: datetime.date) -> list[Period]:
    """The running period and those before it: eight weeks, twelve months, four quarters, three years."""
    found = [period_of(kind, on)]
    for _n in range({"week": 7, "month": 11, "quarter": 3, "year": 2}[kind]):
        found.append(preceding(found[-1]))
    return found


class GapsForm(PeriodForm):
    """Who lacks what: also by rule, and everybody or only those who lack something."""

    rule = forms.ChoiceField(label=_("Study rule"), required=False)
    show = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        choices=[("", _("Who lacks something")), ("bad", _("Pressing only")), ("all", _("Everybody"))],
    )

    def offer(self, rules: list[tuple[int, str]]) -> None:
        """The rules that may be chosen."""
        fields: dict[str, Any] = self.fields
        fields["rule"].choices = [("", _("All rules")), *[(str(pk), title) for pk, title in rules]]
