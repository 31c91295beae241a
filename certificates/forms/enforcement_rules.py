"""Forms of the province's rules and of what posts ask for."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models import DutyPost
from certificates.models.enforcement_labels import PRESET_LABELS
from certificates.rules.enforcement import LONGEST_HOURS, MOST_WARNINGS, ProvinceRules, faults, from_json
from certificates.rules.validity import LONGEST_MONTHS
from certificates.services.enforcement.adopting import SHORTEST_REASON, fault_text
from lianbing.people.models import Post


def months_field(
    label: Any, *, low: int = 0, help_text: Any = "", required: bool = True
) -> forms.IntegerField:
    """A number of months."""
    return forms.IntegerField(
        label=label, min_value=low, max_value=LONGEST_MONTHS, help_text=help_text, required=required
    )


class StepsField(forms.CharField):
    """Whole numbers with anything between them, given back as a tuple, the largest first."""

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for anything but a few numbers."""
        text = super().clean(value)
        parts = [part for part in re.split(r"[\s,，、;；/]+", text) if part]
        if len(parts) > MOST_WARNINGS or not all(
            re.fullmatch(r"[0-9]{1,4}", part, re.ASCII) for part in parts
        ):
            raise forms.ValidationError(_("Write a few numbers with commas between them, such as 6, 3, 1."))
        return tuple(sorted((int(part) for part in parts), reverse=True))


class RulesForm(forms.Form):
    """Every setting of the province's rules, and why they change."""

    preset = forms.ChoiceField(choices=list(PRESET_LABELS.items()), widget=forms.HiddenInput, required=False)
    valid_months = months_field(_("A certificate is valid for (months)"), low=1)
    renewal_window_months = months_field(_("Renewal opens before the end (months)"))
    renewal_grace_months = months_field(_("Renewal stays open after the end (months)"))
    review_every_months = months_field(_("Review every (months)"), help_text=_("0: no periodic review."))
    review_ahead_months = months_field(_("A review counts as due before its day (months)"))
    review_stops_after_months = months_field(
        _("An overdue review ends duty after (months)"),
        required=False,
        help_text=_("Empty: it stops nobody by itself, a person decides."),
    )
    review_hours = forms.DecimalField(
        label=_("Training hours a review needs"), min_value=0, max_value=LONGEST_HOURS, decimal_places=2
    )
    review_exam = forms.BooleanField(label=_("A review needs a passed exam"), required=False)
    review_conduct = forms.BooleanField(label=_("A review needs conduct without blame"), required=False)
    warn_months = StepsField(
        label=_("Warnings before the end of an enforcement certificate (months)"),
        max_length=60,
        required=False,
    )
    training_warn_days = StepsField(
        label=_("Warnings before the end of a training certificate (days)"), max_length=60, required=False
    )
    block_months = months_field(_("No new application after a revocation (months)"))
    auxiliary_law = forms.CharField(
        label=_("Provincial article that keeps auxiliaries from it"),
        required=False,
        max_length=100,
        help_text=_("Named in refusals beside article 42 of the Law on Administrative Penalty."),
    )
    reason = forms.CharField(
        label=_("Why the rules change"),
        min_length=SHORTEST_REASON,
        max_length=300,
        help_text=_("The document they follow."),
    )

    def __init__(self, data: Any, *, rules: ProvinceRules, preset: str) -> None:
        said = rules.as_json() | {"preset": preset}
        for name in ("warn_months", "training_warn_days"):
            said[name] = ", ".join(str(step) for step in said[name])
        super().__init__(data, initial=said)

    def clean(self) -> dict[str, Any]:
        """What no single field shows: a window longer than the certificate, a warning at no sensible time."""
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in faults(self.rules()):
                self.add_error(fault.field, fault_text(fault))
        return cleaned

    def rules(self) -> ProvinceRules:
        """The rules as typed."""
        return from_json({**self.cleaned_data})


class PostsForm(forms.Form):
    """For every post what it asks for."""

    def __init__(self, data: Any, *, posts: Iterable[Post]) -> None:
        super().__init__(data)
        choices = [("", pgettext_lazy("enforcement", "Nothing")), *DutyPost.Duty.choices]
        self._names: dict[str, int] = {}
        for post in posts:
            name = f"post-{post.pk}"
            duty = getattr(post, "duty_post", None)
            self._names[name] = post.pk
            self.fields[name] = forms.ChoiceField(
                label=post.name, choices=choices, required=False, initial=duty.duty if duty else ""
            )

    def duties(self) -> dict[int, str]:
        """Post id -> what it asks for. A post the browser did not send is left out."""
        return {pk: self.cleaned_data[name] for name, pk in self._names.items() if name in self.data}
