"""Forms of the register of enforcement certificates: filters, one form per kind of change, a first entry."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from certificates.models import EnforcementCertificate
from certificates.models.enforcement_labels import REASON_LABELS, STATE_LABELS
from certificates.queries.enforcement import ENDING, OFF_DUTY, ON_DUTY, WITHOUT, Asked
from certificates.rules.enforcement import LONGEST_HOURS, ProvinceRules
from certificates.rules.reasons import OTHER, UNDOING, reasons_of
from certificates.rules.validity import last_day
from certificates.state.enforcement import NEEDS_DOCUMENT, Kind, State
from lianbing.people.models import Unit
from lianbing.people.queries import units_in

GROUP_LABELS = {
    ON_DUTY: pgettext_lazy("enforcement", "On duty"),
    ENDING: _("Ending soon"),
    OFF_DUTY: _("Held, but not good for duty"),
    WITHOUT: _("None held"),
}
# What cannot simply be done again asks for a deliberate yes.
GRAVE = frozenset({Kind.SUSPENDED, Kind.WITHDRAWN, Kind.REVOKED, Kind.CANCELLED})
SHORTEST_NOTE = 5
ONE_LINE = RegexValidator(r"^[^\x00-\x1f]*$", _("Use one line without control characters."))


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, picked from the browser's calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def number_field(*, required: bool = True, help_text: Any = "") -> forms.CharField:
    """The number on the card."""
    return forms.CharField(
        label=_("Certificate number"),
        required=required,
        max_length=40,
        help_text=help_text,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RegisterForm(forms.Form):
    """The filters of the register, with the choices this reader has. What is no choice is left out."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    within = forms.ChoiceField(label=_("Ends within"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=50)
    left = forms.BooleanField(label=pgettext_lazy("enforcement", "Those who have left"), required=False)

    def __init__(self, data: Any, *, scopes: list[str]) -> None:
        super().__init__(data)
        self._scopes = scopes
        self._units = {str(unit.pk): unit for unit in units_in(scopes)}
        self._offer("unit", [(pk, indented(unit)) for pk, unit in self._units.items()])
        states = [(state.value, label) for state, label in STATE_LABELS.items()]
        self._offer("state", [*GROUP_LABELS.items(), (_("One state"), states)])
        months = [
            (str(n), ngettext_lazy("%(n)s month", "%(n)s months", "n") % {"n": n}) for n in (1, 3, 6, 12)
        ]
        self._offer("within", months)
        hint = {"type": "search", "placeholder": _("Name or number")}
        self.fields["q"].widget = forms.TextInput(attrs=hint)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def asked(self) -> Asked:
        """What was asked, within the reader's scopes; anything invalid counts as not asked."""
        self.is_valid()
        said = self.cleaned_data
        unit = self._units.get(said.get("unit") or "")
        return Asked(
            scopes=tuple(self._scopes),
            unit_path=unit.path if unit else "",
            state=said.get("state") or "",
            ends_within=int(said["within"]) if said.get("within") else None,
            text=(said.get("q") or "").strip().replace("\x00", ""),
            left=bool(said.get("left")),
        )


def indented(unit: Unit) -> str:
    """A unit's name, moved in by its depth."""
    return "\u3000" * (unit.depth - 1) + unit.name


class ChangeForm(forms.Form):
    """One change of an entry: day, reason, document, and what this kind of change asks for besides."""

    on = day_field(pgettext_lazy("enforcement", "Holds from"))
    reason_code = forms.ChoiceField(label=_("Reason"))
    document_no = forms.CharField(
        label=_("Document number"), required=False, max_length=80, validators=[ONE_LINE]
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        kind: Kind,
        row: EnforcementCertificate,
        rules: ProvinceRules,
        today: datetime.date,
    ) -> None:
        super().__init__(data, initial={"on": today, "expected": row.event_count})
        self.kind, self.row, self.rules = kind, row, rules
        reason: Any = self.fields["reason_code"]
        reason.choices = [(code, REASON_LABELS[code]) for code in self._reasons()]
        self.fields["document_no"].required = kind in NEEDS_DOCUMENT
        self._ask_more()
        if kind in GRAVE:
            label = _("I have checked it. The person is told and may object.")
            self.fields["confirmed"] = forms.BooleanField(label=label)

    def _reasons(self) -> list[str]:
        codes = reasons_of(self.kind)
        if self.kind is Kind.REINSTATED:
            state = State(self.row.state)
            if state in {State.REVOKED, State.CANCELLED}:
                return [code for code in codes if code in UNDOING]
            if state is State.LOST:
                return [code for code in codes if code in {"found", "entered_in_error"}]
            return [code for code in codes if code != "found"]
        return list(codes)

    def _ask_more(self) -> None:
        asks = {
            Kind.ISSUED: self._ask_card,
            Kind.RENEWED: self._ask_card,
            Kind.REVIEWED: self._ask_review,
            Kind.REISSUED: self._ask_number,
            Kind.TRANSFERRED: self._ask_transfer,
            Kind.REVOKED: self._ask_block,
            Kind.CORRECTED: self._ask_correction,
        }
        if self.kind in asks:
            asks[self.kind]()
        more = [name for name in self.fields if name not in ChangeForm.base_fields]
        self.order_fields(["on", *more, "reason_code", "document_no", "note"])

    def _ask_card(self) -> None:
        until = self.row.valid_until
        begins = until + datetime.timedelta(days=1) if self.kind is Kind.RENEWED and until else None
        rule = _("Empty: %(months)s months, as the rules have it.") % {"months": self.rules.valid_months}
        self.fields["certificate_no"] = number_field()
        self.fields["valid_from"] = day_field(_("Valid from"))
        self.fields["valid_until"] = day_field(_("Valid until"), required=False, help_text=rule)
        self.initial["valid_from"] = begins or self.initial["on"]
        if begins is not None:
            self.initial["valid_until"] = last_day(begins, self.rules.valid_months)

    def _ask_review(self) -> None:
        need = self.rules.review_hours
        hours = _("The rules ask for %(need)s.") % {"need": need} if need else ""
        self.fields["year"] = forms.IntegerField(label=_("Year reviewed"), min_value=1990, max_value=2100)
        self.fields["result"] = forms.ChoiceField(
            label=pgettext_lazy("enforcement", "Result"),
            choices=[
                ("passed", pgettext_lazy("enforcement", "Passed")),
                ("failed", _("Not passed: the certificate is withdrawn")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["hours"] = forms.DecimalField(
            label=_("Training hours"),
            required=False,
            min_value=0,
            max_value=LONGEST_HOURS,
            max_digits=6,
            decimal_places=2,
            help_text=hours,
        )
        self.fields["exam"] = forms.BooleanField(label=_("Exam passed"), required=False)
        self.fields["conduct"] = forms.BooleanField(label=_("Conduct without blame"), required=False)
        self.initial.update(year=self.initial["on"].year, result="passed")

    def _ask_number(self) -> None:
        self.fields["certificate_no"] = number_field(
            required=False, help_text=_("Only if the new card has another number.")
        )

    def _ask_transfer(self) -> None:
        self.fields["specialist_exam"] = forms.CharField(
            label=_("Specialist paper passed"),
            required=False,
            max_length=80,
            validators=[ONE_LINE],
            help_text=_("Name the exam and its day, or give the number of the document instead."),
        )
        self._ask_number()

    def _ask_block(self) -> None:
        months = self.rules.block_months
        rule = _("Empty: %(months)s months, as the rules have it.") % {"months": months} if months else ""
        label = _("No new application until")
        self.fields["blocked_until"] = day_field(label, required=False, help_text=rule)

    def _ask_correction(self) -> None:
        self._ask_number()
        self.fields["certificate_no"].help_text = _("Change only what is wrong.")
        self.fields["valid_from"] = day_field(_("Valid from"), required=False)
        self.fields["valid_until"] = day_field(_("Valid until"), required=False)
        self.fields["first_issued_on"] = day_field(_("First issued on"), required=False)
        for name in ("certificate_no", "valid_from", "valid_until", "first_issued_on"):
            self.initial[name] = getattr(self.row, name)

    def clean_note(self) -> str:
        """Another reason than those listed must be said in words."""
        note = str(self.cleaned_data["note"]).strip()
        if self.cleaned_data.get("reason_code") == OTHER and len(note) < SHORTEST_NOTE:
            raise forms.ValidationError(_("Say the reason in at least five characters."))
        return note

    def said(self) -> dict[str, Any]:
        """What the event is to keep besides day, reason and document; of a correction only what differs."""
        names = [name for name in self.fields if name not in ChangeForm.base_fields and name != "confirmed"]
        values = {name: self.cleaned_data.get(name) for name in names}
        if self.kind is Kind.CORRECTED:
            values = {name: value for name, value in values.items() if value != getattr(self.row, name)}
        return {name: as_json(value) for name, value in values.items() if value not in (None, "")}


def as_json(value: Any) -> Any:
    """A cleaned value as an event keeps it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class EntryForm(forms.Form):
    """Somebody's first line in the register."""

    HOW = (
        ("entered", _("Holds a certificate already: take it over")),
        ("applied", _("Has applied and is in training")),
        ("passed", _("Has passed the qualification exam")),
        ("exempt", _("Is exempt from the exam")),
    )
    staff_number = forms.CharField(label=_("Staff number"), max_length=32, validators=[ONE_LINE])
    how = forms.ChoiceField(label=_("What is to be recorded"), choices=HOW, widget=forms.RadioSelect)
    on = day_field(
        pgettext_lazy("enforcement", "Holds from"),
        help_text=_("Of a certificate taken over: the day it was issued."),
    )
    certificate_no = number_field(required=False, help_text=_("Only of a certificate taken over."))
    first_issued_on = day_field(
        _("First issued on"), required=False, help_text=_("If earlier certificates went before this one.")
    )
    valid_from = day_field(_("Valid from"), required=False)
    valid_until = day_field(_("Valid until"), required=False)
    last_review_on = day_field(_("Last reviewed on"), required=False)
    document_no = forms.CharField(
        label=_("Document number"), required=False, max_length=80, validators=[ONE_LINE]
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    CARD = ("certificate_no", "first_issued_on", "valid_from", "valid_until", "last_review_on")

    def clean(self) -> dict[str, Any]:
        """What is taken over needs its number and its days."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == Kind.ENTERED:
            for name in ("certificate_no", "valid_from", "valid_until"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, gettext("A certificate taken over needs it."))
        return cleaned

    def kind(self) -> Kind:
        """The kind of change."""
        how = self.cleaned_data["how"]
        return Kind.PASSED if how == "exempt" else Kind(how)

    def reason_code(self) -> str:
        """Its reason."""
        how = self.cleaned_data["how"]
        return "exempt" if how == "exempt" else reasons_of(how)[0]

    def said(self) -> dict[str, Any]:
        """What the event is to keep."""
        if self.kind() is not Kind.ENTERED:
            return {}
        values = {name: self.cleaned_data.get(name) for name in self.CARD}
        return {name: as_json(value) for name, value in values.items() if value}
