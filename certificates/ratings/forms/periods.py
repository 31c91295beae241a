"""Forms of the desk of periods: opening one, and what each step asks."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.models import Scheme
from certificates.ratings.models.labels import PERIOD_LABELS
from certificates.ratings.queries.schemes import schemes_in_force
from certificates.ratings.rendering.periods import choices, period_name
from certificates.ratings.rules.words import PeriodKind
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor, Role

APPEAL_DAYS = 7


class PeriodForm(forms.Form):
    """Which people or units are assessed by which scheme over which days."""

    scheme: Any = forms.ModelChoiceField(label=_("Assessment scheme"), queryset=Scheme.objects.none())
    span = forms.ChoiceField(label=_("Period"))
    unit = UnitChoice(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        help_text=_("Everybody who serves below it on the last day is assessed."),
    )

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["scheme"].queryset = schemes_in_force()
        fields["unit"].queryset = units_in(actor.scopes(Role.HR))
        fields["span"].choices = [
            (
                PERIOD_LABELS[kind],
                [(f"{kind}|{first.isoformat()}", period_name(kind, first)) for first in firsts],
            )
            for kind, firsts in choices(today).items()
        ]

    def chosen(self) -> tuple[PeriodKind, datetime.date]:
        """The kind of period and its first day. Call after validation."""
        kind, first = str(self.cleaned_data["span"]).split("|")
        return PeriodKind(kind), datetime.date.fromisoformat(first)


class ReasonForm(forms.Form):
    """Why something official is taken up again."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands beside the result for ever; those concerned read it."),
    )


class NoteForm(forms.Form):
    """What the reviewer wants to say, if anything."""

    reason = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConfirmForm(forms.Form):
    """A deliberate yes of a person."""

    looked = forms.BooleanField(
        label=_("I have looked at the results and stand for them."),
    )


class PublishForm(forms.Form):
    """Until when those concerned may appeal."""

    appeals_until = forms.DateField(
        label=_("Appeals until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. At least three working days are usual."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["appeals_until"].initial = today + datetime.timedelta(days=APPEAL_DAYS)

    def clean_appeals_until(self) -> datetime.date:
        """Not before tomorrow and within a year: nobody appeals in no time."""
        day: datetime.date = self.cleaned_data["appeals_until"]
        if not self.today < day <= self.today + datetime.timedelta(days=366):
            raise forms.ValidationError(_("Choose a day between tomorrow and a year from now."))
        return day


class AppealForm(forms.Form):
    """What somebody does not agree with."""

    text = forms.CharField(
        label=_("What you do not agree with"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the line and what it should rest on. A person reads it and answers with reasons."),
    )


class DecisionForm(forms.Form):
    """The decision about an appeal and its reasons."""

    upheld = forms.TypedChoiceField(
        label=pgettext_lazy("ratings", "Decision"),
        choices=[("yes", _("Uphold: the result is put right")), ("no", _("Reject: the result stands"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    decision = forms.CharField(
        label=_("Reasons"),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The person reads them."),
    )
