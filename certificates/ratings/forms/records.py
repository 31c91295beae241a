"""Forms of honours, sanctions, measures and findings, of withdrawals and of exclusions."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.ratings.models.records import KIND_LABELS, LEVEL_LABELS, SORT_LABELS
from certificates.ratings.rules.records import SORTS, Kind, faults, last_day
from certificates.ratings.services.records import Draft, fault_texts
from courses.training.forms.people import PersonField
from lianbing.people.models import Unit
from lianbing.people.queries import units_in

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EARLIEST = datetime.date(1980, 1, 1)
LATEST = datetime.date(2099, 12, 31)


def indented(unit: Unit) -> str:
    """The name of a unit, set in by its depth."""
    return "\u3000" * (unit.depth - 1) + unit.name


def unit_choices(paths: Sequence[str]) -> list[tuple[str, str]]:
    """The open units of these subtrees, in the order of the tree."""
    return [(str(unit.pk), indented(unit)) for unit in units_in(list(paths))]


class DayField(forms.DateField):
    """A day of this age; the ends of the calendar would break every sum with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DAY, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Write a day between 1980 and 2099."))
        return day


class RecordForm(forms.Form):
    """One record of one kind, of a person or of a unit."""

    officer = PersonField(label=pgettext_lazy("record", "Person"), required=False)
    unit = forms.TypedChoiceField(
        label=_("Or a unit as a whole"),
        required=False,
        empty_value=None,
        help_text=_("Only without a person."),
    )
    sort = forms.ChoiceField(label=pgettext_lazy("record", "Sort"))
    title = forms.CharField(label=_("Title"), max_length=120, min_length=2)
    level = forms.ChoiceField(
        label=pgettext_lazy("record", "Level"), required=False, choices=[("", "—"), *LEVEL_LABELS.items()]
    )
    on = DayField(label=_("Day"))
    expires_on = DayField(label=_("Holds until"), required=False)
    points = forms.DecimalField(
        label=pgettext_lazy("record", "Points"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=_("Only where the founding document names a figure; never with a minus."),
    )
    for_unit = forms.BooleanField(label=_("Counts for the unit too"), required=False)
    leader = PersonField(label=_("Leader who answers for it too"), required=False)
    document_no = forms.CharField(label=_("Document number"), required=False, max_length=80)
    issuer = forms.CharField(label=pgettext_lazy("record", "Issued by"), required=False, max_length=100)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(
        self, *args: Any, kind: Kind, paths: Sequence[str], today: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        fields: dict[str, Any] = self.fields
        fields["officer"].search_in(paths, today)
        fields["leader"].search_in(paths, today)
        fields["sort"].choices = [(sort, SORT_LABELS[(kind, sort)]) for sort in SORTS[kind]]
        fields["unit"].choices = [("", "—"), *unit_choices(paths)]
        if kind is Kind.HONOUR:
            del fields["leader"]
        else:
            del fields["level"]
        if kind is Kind.MEASURE:
            del fields["unit"], fields["for_unit"], fields["points"]
            fields["officer"].required = True
            fields["expires_on"].help_text = _("An admonition holds six months if you leave this empty.")
        elif kind is Kind.SANCTION:
            fields["expires_on"].help_text = _("Left empty, the period of the law on sanctions holds.")
        else:
            fields["expires_on"].help_text = _("Left empty, it counts in its own period only.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("officer")) == bool(cleaned.get("unit")) and "officer" not in self.errors:
            self.add_error("officer", _("Name the person or the unit."))
        sort, on = cleaned.get("sort"), cleaned.get("on")
        if not sort or not on or "expires_on" in self.errors:
            return cleaned
        cleaned["expires_on"] = cleaned.get("expires_on") or last_day(self.kind, sort, on)
        texts = fault_texts()
        for name, code in faults(
            kind=self.kind, sort=sort, on=on, expires_on=cleaned["expires_on"], today=self.today
        ):
            self.add_error(name, texts[code])
        return cleaned

    def draft(self) -> Draft:
        """What was filled in."""
        said = self.cleaned_data
        unit = Unit.objects.get(pk=said["unit"]) if said.get("unit") else None
        return Draft(
            kind=self.kind,
            sort=said["sort"],
            title=said["title"],
            on=said["on"],
            officer=said["officer"],
            unit=unit,
            for_unit=said.get("for_unit", False),
            leader=said.get("leader"),
            level=said.get("level", ""),
            points=said.get("points"),
            expires_on=said["expires_on"],
            document_no=said["document_no"],
            issuer=said["issuer"],
            note=said["note"],
        )


class WithdrawForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least five characters; it stays with the record."),
    )


class RecordFilter(forms.Form):
    """What the list shows. Anything invalid counts as not asked."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("record", "Kind"),
        required=False,
        choices=[("", _("All")), *((k.value, v) for k, v in KIND_LABELS.items())],
    )
    standing = forms.ChoiceField(label=_("State"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, number or title")}),
    )

    def __init__(self, data: Any, *, paths: Sequence[str], standings: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        self._units = {str(unit.pk): unit for unit in units_in(list(paths))}
        fields["unit"].choices = [("", _("All")), *((pk, indented(u)) for pk, u in self._units.items())]
        fields["standing"].choices = [("", _("All")), *standings]

    def asked(self) -> dict[str, Any]:
        """kind, standing, unit (Unit or None), q."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "kind": said.get("kind") or "",
            "standing": said.get("standing") or "",
            "unit": self._units.get(said.get("unit") or ""),
            "q": (said.get("q") or "").strip(),
        }


class ExclusionForm(forms.Form):
    """Somebody who does not count in the base of their unit for a while."""

    officer = PersonField(label=pgettext_lazy("record", "Person"))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=2,
        max_length=200,
        help_text=_("Such as 长期病假、产假、脱产学习、借调."),
    )
    approver = forms.CharField(label=pgettext_lazy("record", "Approved by"), min_length=2, max_length=100)
    document_no = forms.CharField(label=_("Document number"), required=False, max_length=60)
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, paths: Sequence[str], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["officer"].search_in(paths, today)
