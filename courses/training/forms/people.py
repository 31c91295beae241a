"""A form field in which one person is named by name or staff number."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.people.models import Officer
from lianbing.people.queries import officers_in


class PersonField(forms.CharField):
    """Who serves in these units on a day, by staff number or full name. Gives an Officer, None when empty.

    Call `search_in` before validating. A name that several bear is refused with their staff numbers.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 50)
        kwargs.setdefault("help_text", gettext_lazy("Full name or staff number."))
        super().__init__(**kwargs)
        self.paths: list[str] = []
        self.on: datetime.date | None = None

    def search_in(self, paths: Collection[str], on: datetime.date) -> None:
        """Look among those who serve in these subtrees on this day."""
        self.paths, self.on = list(paths), on

    def prepare_value(self, value: Any) -> Any:
        return value.staff_number if isinstance(value, Officer) else value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text or self.on is None:
            return None
        people = officers_in(self.paths, self.on)
        found = list(people.filter(Q(staff_number=text) | Q(name=text))[:6])
        exact = [officer for officer in found if officer.staff_number == text]
        found = exact or found
        if not found:
            raise ValidationError(_("Nobody of that name or number serves in these units."))
        if len(found) > 1:
            numbers = "、".join(officer.staff_number for officer in found)
            raise ValidationError(
                _("Several people bear this name. Write the staff number: %(numbers)s") % {"numbers": numbers}
            )
        return found[0]
