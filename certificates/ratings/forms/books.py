"""What is asked of the data book: which unit, which year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Unit
from lianbing.people.queries import units_in

YEARS = 10


class BookForm(forms.Form):
    """Unit and year, within what the reader may see. What is no choice falls back to the first: the whole, this year."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: Any, *, scopes: list[str], this_year: int) -> None:
        self.units = {str(unit.pk): unit for unit in units_in(scopes)}
        years = [str(this_year - back) for back in range(YEARS)]
        first = next(iter(self.units), "")
        given = {"unit": data.get("unit", ""), "year": data.get("year", "")}
        super().__init__(
            {
                "unit": given["unit"] if given["unit"] in self.units else first,
                "year": given["year"] if given["year"] in years else years[0],
            }
        )
        unit, year = self.fields["unit"], self.fields["year"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        unit.choices = [(pk, "\u3000" * (one.depth - 1) + one.name) for pk, one in self.units.items()]
        year.choices = [(text, text) for text in years]

    def asked(self) -> tuple[Unit | None, int]:
        """The unit (None = the reader sees none) and the year."""
        return self.units.get(self.data["unit"]), int(self.data["year"])
