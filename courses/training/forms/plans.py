"""Forms of training plans."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import ContentCategory
from courses.training.forms.people import PersonField
from courses.training.models import PlanLine, TrainingClass, TrainingPlan
from courses.training.queries import plans as reading
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit

FORMS = (
    *TrainingClass.Kind.choices,
    ("study_day", _("Study day")),
    ("drill", pgettext_lazy("session", "Drill")),
)


class LineChoice(forms.ModelChoiceField):
    """For which line of a plan something is held, so that it counts there. Call `offer` before validating."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Line of the training plan"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("queryset", PlanLine.objects.none())
        super().__init__(**kwargs)

    def offer(self, scopes: Collection[str], today: datetime.date, kept: int | None = None) -> None:
        """The lines of this year and last year for what is held in these subtrees, and the one named before."""
        self.queryset = reading.nameable(scopes, today.year - 1, kept)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.plan.unit.name} {obj.plan.year} · {obj.title}"


class PlanForm(forms.Form):
    """For which unit and year a plan is begun."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    copy = forms.BooleanField(label=_("Begin with the lines of last year's plan"), required=False)

    def __init__(self, *args: Any, units: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units
        fields["year"].choices = [(year, year) for year in (today.year, today.year + 1)]


class LineForm(forms.ModelForm):
    """One line of a plan. Only the title is asked for now; what is missing is named at handing in."""

    kind = forms.ChoiceField(label=_("Form"), required=False, choices=[("", "—"), *FORMS])
    owner = PersonField(label=_("Responsible"), required=False)
    hangs_on = forms.ChoiceField(label=_("Hangs on a line of the unit above"), required=False)

    class Meta:
        model = PlanLine
        fields = (
            "title",
            "category",
            "kind",
            "topical",
            "measure",
            "target",
            "owner",
            "due_on",
            "expected",
            "cost_planned",
        )
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "target": _("Classes and people in whole numbers, hours for each person, coverage in percent."),
        }

    def __init__(self, *args: Any, plan: TrainingPlan, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.plan = plan
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = ContentCategory.objects.filter(closed=False)
        fields["cost_planned"].required = False
        fields["owner"].search_in([plan.unit.path], today)
        if self.instance.owner_id:
            self.initial["owner"] = self.instance.owner
        above = [(str(line.key), f"{line.plan.unit.name}: {line.title}") for line in reading.hangable(plan)]
        fields["hangs_on"].choices = [("", "—"), *above]
        self.initial["hangs_on"] = str(self.instance.parent_key or "")
        if not above:
            del fields["hangs_on"]

    def line(self) -> PlanLine:
        """The line as typed, unsaved. Call after validation."""
        made: PlanLine = self.save(commit=False)
        made.parent_key = self.cleaned_data.get("hangs_on") or None
        made.cost_planned = made.cost_planned or Decimal(0)
        return made


class DecideForm(forms.Form):
    """Approve a plan or send it back with a remark."""

    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ResultForm(forms.Form):
    """What came of a line."""

    text = forms.CharField(
        label=pgettext_lazy("training", "Result"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
