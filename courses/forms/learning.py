"""Filters of the catalogue and of the trainer's list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.queries import categories
from courses.rules.states import State

LONGEST = 60
STATES = [
    ("", _("All")),
    (State.NOT_BEGUN.value, _("Not begun")),
    (State.LEARNING.value, _("Learning")),
    (State.COMPLETED.value, _("Completed")),
]


class CatalogueForm(forms.Form):
    """Words of the title and a category. What makes no sense finds everything."""

    q = forms.CharField(label=_("Search courses"), max_length=LONGEST, required=False, strip=True)
    category = forms.ChoiceField(label=_("Content category"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        found = categories.tree(closed=False)
        field.choices = [
            ("", _("All categories")),
            *((one.category.code, "\u3000" * one.depth + one.category.name) for one in found),
        ]


class LearnersForm(forms.Form):
    """A unit of one's own and a state."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All units")), *units]
