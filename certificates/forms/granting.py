"""Forms of grants, renewals and prints of training certificates."""

import datetime
import re
import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.models import AwardRule
from certificates.services.issuing import SHORTEST_REASON
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import officers_in

MOST_NUMBERS = 200
EARLIEST_DAYS, LATEST_DAYS = 3653, 366


def active_rules() -> QuerySet[AwardRule]:
    """The award rules in use, by title."""
    return AwardRule.objects.filter(active=True).select_related("blueprint").order_by("title", "pk")


class RuleChoice(forms.ModelChoiceField):
    """A rule by its title, with for whom it is."""

    def label_from_instance(self, rule: AwardRule) -> str:
        """Title and categories."""
        return f"{rule.title}（{'、'.join(str(label) for label in rule.category_labels)}）"


class GrantForm(forms.Form):
    """What every grant says: from when it is good, and why."""

    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the record, at least five characters."),
    )

    def clean_valid_from(self) -> datetime.date:
        """Within ten years back and one year ahead: further is a slip of the finger."""
        day: datetime.date = self.cleaned_data["valid_from"]
        ago = (clock.today() - day).days
        if ago > EARLIEST_DAYS or ago < -LATEST_DAYS:
            raise forms.ValidationError(_("At most ten years back and one year ahead."))
        return day


class HandForm(GrantForm):
    """A grant by hand: a rule, people by their staff numbers, and what they did. Sent twice it issues once."""

    rule = RuleChoice(queryset=AwardRule.objects.none(), label=_("Award rule"))
    numbers = forms.CharField(
        label=_("Staff numbers"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, or with blanks or commas between them; at most 200."),
    )
    basis = forms.CharField(
        label=_("What it is granted for"),
        max_length=60,
        help_text=_("Printed on the certificate, such as the name of a class held elsewhere."),
    )
    hours = forms.DecimalField(label=_("Hours"), required=False, min_value=0, max_digits=6, decimal_places=1)
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["rule", "numbers", "basis", "hours", "valid_from", "reason"]

    def __init__(self, *args: Any, scopes: list[str], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid.uuid4(), "valid_from": clock.today()})
        super().__init__(*args, **kwargs)
        self._scopes = scopes
        self.officers: list[Officer] = []
        rule: Any = self.fields["rule"]
        rule.queryset = active_rules()

    def clean_numbers(self) -> str:
        """Every number is somebody of one's units; all that are not are named."""
        typed = list(dict.fromkeys(re.split(r"[\s,，、;；]+", self.cleaned_data["numbers"].strip())))
        if len(typed) > MOST_NUMBERS:
            raise forms.ValidationError(_("At most 200 people at once."))
        found = officers_in(self._scopes, clock.today()).filter(staff_number__in=typed)
        known = {one.staff_number: one for one in found}
        strangers = [number for number in typed if number not in known]
        if strangers:
            shown = "、".join(number[:20] for number in strangers[:20])
            raise forms.ValidationError(
                gettext("Nobody of your units has this number: %(numbers)s") % {"numbers": shown}
            )
        self.officers = [known[number] for number in typed]
        return "\n".join(typed)


class RenewForm(forms.Form):
    """Why a certificate is renewed."""

    reason = GrantForm.base_fields["reason"]


class PrintFilter(forms.Form):
    """Which certificates are to be printed. What is no choice counts as not asked."""

    rule = RuleChoice(
        queryset=AwardRule.objects.none(), label=_("Award rule"), required=False, empty_label=_("All")
    )
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or number")}),
    )
    never = forms.BooleanField(label=_("Not printed yet"), required=False)
    basis = forms.RegexField(
        r"^(class|course|sitting|hand):[0-9a-f-]{36}$", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.queryset = AwardRule.objects.order_by("title", "pk")

    def asked(self) -> dict[str, Any]:
        """rule, basis, words and never, as `queries.prints.to_print` takes them."""
        self.is_valid()
        said = self.cleaned_data
        return {
            "rule": said.get("rule"),
            "basis": said.get("basis") or "",
            "words": (said.get("q") or "").strip(),
            "never": bool(said.get("never")),
        }
