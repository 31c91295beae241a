"""Form fields that refuse what Django's own would stumble over."""

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict

EARLIEST = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)


class ManyChoiceField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A number larger than any row's is a wrong choice and no fault of the server."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]  # Django's, not in the stubs
        except OverflowError as error:
            text = self.error_messages["invalid_pk_value"]
            raise ValidationError(text, code="invalid_pk_value", params={"pk": "…"}) from error


def ticked(form: forms.Form, name: str) -> list[str]:
    """What is ticked under a name, as the browser sent it and so unchecked. `form` is bound to a request."""
    return cast(QueryDict, form.data).getlist(name)


def keep_to_this_century(*fields: forms.Field) -> None:
    """Let moments lie between 2000 and 2100: at the ends of the calendar every sum with them overflows."""
    for field in fields:
        field.validators += [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
