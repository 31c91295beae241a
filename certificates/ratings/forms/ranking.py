"""Filters of rankings. What is no choice counts as not asked."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.ratings.models import Scheme
from certificates.ratings.models.labels import PERIOD_LABELS
from certificates.ratings.queries.schemes import schemes_in_force
from lianbing.people.queries import units_in


class UnitForm(forms.Form):
    """Whose results are shown."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, data: Any, *, scopes: list[str]) -> None:
        super().__init__(data)
        units = [(unit.path, "\u3000" * (unit.depth - 1) + unit.name) for unit in units_in(scopes)]
        field: Any = self.fields["unit"]
        field.choices = [("", _("All")), *units]

    def path(self) -> str:
        """The path of the unit asked for, "" for all."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get("unit") or "")


class AsOfForm(UnitForm):
    """A scheme, a cycle, a day and a unit."""

    scheme = forms.ChoiceField(label=_("Assessment scheme"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of period"),
        required=False,
        choices=[("", _("All")), *((k.value, v) for k, v in PERIOD_LABELS.items())],
    )
    day = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ["scheme", "kind", "day", "unit"]

    def __init__(self, data: Any, *, scopes: list[str], today: datetime.date) -> None:
        super().__init__(data, scopes=scopes)
        self.schemes = {str(one.uid): one for one in schemes_in_force()}
        field: Any = self.fields["scheme"]
        field.choices = [(uid, one.title) for uid, one in self.schemes.items()]
        self.fields["day"].initial = self.today = today

    def asked(self) -> tuple[Scheme | None, str, datetime.date]:
        """(scheme, cycle or "", day): what was asked, else the first scheme and today."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        chosen = self.schemes.get(str(said.get("scheme"))) or next(iter(self.schemes.values()), None)
        return chosen, str(said.get("kind") or ""), said.get("day") or self.today
