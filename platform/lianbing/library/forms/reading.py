"""Forms of the list, the reader and the search."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.library import ports
from lianbing.library.forms.days import DayField
from lianbing.library.models import Law

# How many issuing bodies the filter offers, those with the most hits.
BODIES = 30


class AsOfForm(forms.Form):
    """The day whose text is wanted; today without one."""

    on = DayField(label=_("Text as of"), required=False)


class FilterForm(forms.Form):
    """What the list shows."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Law.Level.choices]
    )
    drafts = forms.BooleanField(label=_("To be checked"), required=False)


class SearchForm(forms.Form):
    """The filters of the search. What cannot be read narrows nothing and says so."""

    level = forms.ChoiceField(label=_("Level"), required=False)
    body = forms.CharField(label=_("Issuing body"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("Validity"), required=False)
    published_from = DayField(label=_("Published from"), required=False)
    published_to = DayField(label=_("Published until"), required=False)
    on = DayField(label=_("As the law stood on"), required=False)

    UNCOUNTED = {"level": ("",), "status": ("all",)}
    STATES = (
        ("", _("In force on the day")),
        ("pending", _("Not in force yet")),
        ("amended", pgettext_lazy("edition", "Amended")),
        ("repealed", pgettext_lazy("edition", "Repealed")),
        ("all", _("All editions")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(source.name, source.label) for source in ports.searchables()]
        levels: list[tuple[str, Any]] = [("", _("All")), *Law.Level.choices, *sources]
        self.offered: dict[str, list[tuple[str, Any]]] = {"level": levels, "status": list(self.STATES)}
        for name, offered in self.offered.items():
            self._choice(name).choices = offered

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def wanted(self) -> dict[str, Any]:
        """The arguments of `Filters`, and `on`."""
        self.is_valid()
        said = self.cleaned_data
        return {name: said.get(name) or (None if "_" in name or name == "on" else "") for name in self.fields}

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Write behind each choice how many hits it has; offer the issuing bodies that have any."""
        chosen = self.cleaned_data.get("body", "")
        bodies = sorted(counts.get("body", {}).items(), key=lambda pair: -pair[1])[:BODIES]
        names = [name for name, _number in bodies]
        if chosen and chosen not in names:
            names.append(chosen)
        number = counts.get("body", {})
        listed = [(name, f"{name}（{number.get(name, 0)}）") for name in names]
        self.fields["body"].widget = forms.Select(choices=[("", _("All")), *listed])
        for name, offered in self.offered.items():
            numbers = counts.get(name, {})
            self._choice(name).choices = [
                (value, label if value in self.UNCOUNTED[name] else self._with(label, numbers, value))
                for value, label in offered
            ]

    @staticmethod
    def _with(label: Any, numbers: Mapping[str, int], value: str) -> str:
        return f"{label}（{numbers.get(value or 'current', 0)}）"
