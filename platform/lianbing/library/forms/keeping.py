"""Forms of the legal section: what stands about an edition, repeals, citations, synonyms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit import bigrams
from lianbing.library.forms.days import DayField
from lianbing.library.models import Law
from lianbing.library.rules.repealing import Act


class ImpactForm(forms.Form):
    """Which part of an impact is wanted, and as what."""

    kind = forms.CharField(required=False, max_length=30)
    cited = forms.BooleanField(required=False)
    all = forms.BooleanField(required=False)
    file = forms.ChoiceField(required=False, choices=[("", ""), ("xlsx", "xlsx")])


class RepealForm(forms.Form):
    """The repealing document."""

    title = forms.CharField(label=_("Repealing document"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    on = DayField(label=_("Holds no more from"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def act(self) -> Act:
        """The act as the service takes it; the form must be valid."""
        told = self.cleaned_data
        return Act(told["title"].strip("《》"), told["number"], told["on"], told["reason"])


class WithdrawForm(forms.Form):
    """Why an edition goes."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class FactsForm(forms.Form):
    """What stands about an edition, to be corrected by the legal section. `seen` marks what was shown."""

    issuing_body = forms.CharField(label=_("Issuing body"), max_length=200, required=False)
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=100,
        required=False,
        help_text=_("As it stands on the paper, such as 主席令第70号"),
    )
    published_on = DayField(
        label=_("Published on"), required=False, help_text=_("The address of the edition stays as it is.")
    )
    effective_on = DayField(
        label=_("In force from"), required=False, help_text=_("Empty: from the day of publication.")
    )
    effective_to = DayField(
        label=_("Holds no more from"),
        required=False,
        help_text=_(
            "Only for a repeal or an expiry of its own: a following edition ends this one by itself."
        ),
    )
    repealed_by = forms.CharField(
        label=_("Repealed by"), max_length=300, required=False, help_text=_("The document that repealed it.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        """A repeal has a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("repealed_by") and not data.get("effective_to") and "effective_to" not in self.errors:
            self.add_error("effective_to", _("Since which day does it hold no more?"))
        return data


class JoinForm(forms.Form):
    """Looking for the law that another one continues, and choosing it by its address."""

    q = forms.CharField(label=_("Title of the former law"), required=False, max_length=100)
    continues = forms.CharField(required=False, max_length=250)


class OpenCitationsForm(forms.Form):
    """What the list of citations that lead nowhere shows."""

    source = forms.ChoiceField(required=False)
    absent = forms.BooleanField(required=False)
    name = forms.CharField(required=False, max_length=200)
    q = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, sources: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", ""), *sources.items()]  # type: ignore[attr-defined]  # a ChoiceField


class NameLawForm(forms.Form):
    """A name and the law it means."""

    name = forms.CharField(max_length=200)
    law = forms.ModelChoiceField(Law.objects.all())


class SynonymForm(forms.Form):
    """Words that mean the same, one a line."""

    words = forms.CharField(
        label=_("Words"),
        max_length=1000,
        help_text=_("One a line, at least two, of two to 40 characters each."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_words(self) -> list[str]:
        """The words as they are compared."""
        words = []
        for line in self.cleaned_data["words"].splitlines():
            word = bigrams.fold("".join(line.split()))
            if word and ("".join(bigrams.runs(word)) != word or not 2 <= len(word) <= 40):
                raise forms.ValidationError(
                    _("“%(word)s” is no word of 2 to 40 letters."), params={"word": line[:60]}
                )
            words.append(word)
        found = [word for word in dict.fromkeys(words) if word]
        if len(found) < 2:
            raise forms.ValidationError(_("Write at least two different words, one a line."))
        return found
