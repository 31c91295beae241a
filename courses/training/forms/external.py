"""The form of external training."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from courses.models import ContentCategory
from courses.training import evidence
from courses.training.forms.people import PersonField
from courses.training.forms.plans import LineChoice
from courses.training.models import External
from courses.training.rules.external import faults

TEXTS = {
    "order": _("The last day lies before the first."),
    "future": _("Enter it when the course is over."),
    "long": _("A course lasts at most a year."),
    "neither": _("State the days or the minutes of teaching."),
    "halves": _("Whole and half days only, such as 3 or 2.5."),
    "days": _("More days of training than days in the course."),
    "minutes": _("At most ten hours a day."),
}
EARLIEST = datetime.date(2000, 1, 1)


class ManyFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Up to five images or PDFs, each looked at. Gives a list of `evidence.Evidence`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFiles(attrs={"accept": evidence.ACCEPT}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads: Sequence[Any] = (data or [None]) if isinstance(data, list | tuple) else [data]
        kept = [super(EvidenceField, self).clean(upload, initial) for upload in uploads]
        try:
            return [evidence.read(upload) for upload in kept if upload]
        except evidence.EvidenceRefused as error:
            raise ValidationError(str(error)) from error


class ExternalForm(forms.ModelForm):
    """A course outside, with its evidence. `for_others`: the form asks who took it."""

    officer = PersonField(label=_("Who"))
    plan_line = LineChoice()
    evidence = EvidenceField(
        label=_("Certificate or other evidence"), help_text=_("Images (JPEG, PNG) or PDF, up to 10 MB each.")
    )

    class Meta:
        model = External
        fields = (
            "officer",
            "title",
            "organiser",
            "place",
            "category",
            "starts_on",
            "ends_on",
            "days",
            "minutes",
            "result",
            "score",
            "cost",
            "plan_line",
            "evidence",
        )
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }
        help_texts = {
            "days": _("Whole and half days, such as 3 or 2.5."),
            "minutes": _("Only where the certificate states minutes and no days."),
            "result": _("Such as 合格, 优秀."),
        }

    def __init__(
        self,
        *args: Any,
        today: datetime.date,
        paths: Sequence[str] = (),
        for_others: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["category"].queryset = ContentCategory.objects.filter(closed=False)
        for name in ("starts_on", "ends_on"):
            fields[name].validators += [MinValueValidator(EARLIEST), MaxValueValidator(today)]
        if for_others:
            fields["officer"].search_in(paths, today)
            fields["plan_line"].offer(paths, today)
        else:
            del fields["officer"], fields["plan_line"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not first or not last or {"days", "minutes"} & set(self.errors):
            return cleaned
        wrong = faults(
            starts_on=first,
            ends_on=last,
            days=cleaned.get("days"),
            minutes=cleaned.get("minutes"),
            today=self.today,
        )
        for field, code in wrong:
            self.add_error(field, TEXTS[code])
        return cleaned
