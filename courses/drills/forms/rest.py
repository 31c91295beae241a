"""Forms of rest days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.drills.rules.streaks import MOST_AT_ONCE
from lianbing.people.models import Unit


def day_field(label: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OwnRestForm(forms.Form):
    """A rest day of one's own."""

    day = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=60, required=False)


class UnitRestForm(forms.Form):
    """Rest days of a unit: each so-many-th day of a span."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    every = forms.IntegerField(
        label=_("Every how many days"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        help_text=_("1: every day of the span; 3: one day in three, as in a rota of three turns."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=60, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("path")
