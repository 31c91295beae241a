"""Forms of the case library."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.forms.days import DayField
from lianbing.library.models import CaseStory
from lianbing.library.ports import Offered
from lianbing.library.rendering.cases import NAMES, say
from lianbing.library.rules.cards import Fault
from lianbing.library.rules.cases import LONGEST, TEXTS, CaseText, masked, tidied


class CaseFilterForm(forms.Form):
    """Which cases the list shows."""

    q = forms.CharField(label=_("Words in the case"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=NAMES["kind"], required=False, choices=[("", _("All")), *CaseStory.Kind.choices]
    )


def _area(name: str, help_text: Any, *, rows: int, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=NAMES[name],
        help_text=help_text,
        required=required,
        max_length=LONGEST[name] * 2,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CaseForm(forms.Form):
    """The whole of a case. `edits` marks the draft that was shown."""

    title = forms.CharField(label=NAMES["title"], max_length=LONGEST["title"])
    kind = forms.ChoiceField(label=NAMES["kind"], choices=CaseStory.Kind.choices)
    dated = DayField(label=NAMES["dated"])
    facts = _area(
        "facts",
        _("No name, number, plate or address of a person: write 张某, 李某某, 某餐饮店."),
        rows=8,
    )
    outcome = _area("outcome", _("What was decided and why, by which grade."), rows=5)
    lesson = _area("lesson", _("What the next officer does the same way, or otherwise."), rows=4)
    basis = _area(
        "basis", _("One citation a line, such as 《行政处罚法》第三十三条第一款."), rows=3, required=False
    )
    cards = forms.CharField(
        label=NAMES["cards"],
        required=False,
        max_length=500,
        help_text=_("The codes of the handbook cards it is an example of, parted by blanks."),
    )
    question_words = forms.CharField(
        label=_("Find questions to ask at the end"),
        required=False,
        max_length=100,
        help_text=_("Words of the question; save with “Find questions” to choose among them."),
    )
    questions = forms.MultipleChoiceField(
        label=NAMES["questions"], required=False, widget=forms.CheckboxSelectMultiple
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{one.title}（{one.kind}）") for one in offered]
        self.fields["questions"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        if not choices:
            del self.fields["questions"]

    def text(self) -> CaseText:
        """The case as the service takes it; the form must be valid."""
        said = self.cleaned_data
        codes = said["cards"].replace("，", " ").replace(",", " ").replace("、", " ").split()
        return CaseText(
            kind=said["kind"],
            dated=said["dated"],
            cards=tuple(dict.fromkeys(codes)),
            questions=tuple(said.get("questions") or ()),
            **tidied({name: said[name] for name in TEXTS}),
        )

    def take(self, faults: Iterable[Fault]) -> None:
        """Show what the service refused beside the field it is about."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, say(fault))

    def masked(self) -> dict[str, Any]:
        """What was sent, every text masked: to be shown again."""
        sent = dict(self.data.items()) | masked({name: self.cleaned_data.get(name, "") for name in TEXTS})
        sent["questions"] = self.cleaned_data.get("questions") or []
        return sent


class CaseReviewForm(forms.Form):
    """The decision of the legal section on a case. `edits` marks what was shown."""

    decision = forms.ChoiceField(
        choices=[("approve", ""), ("send_back", "")], widget=forms.HiddenInput, required=False
    )
    comment = forms.CharField(label=_("Comment"), max_length=300, required=False)
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)

    def clean(self) -> dict[str, Any]:
        """Who sends something back says what is to be changed."""
        said = super().clean() or {}
        if said.get("decision") == "send_back" and not said.get("comment"):
            self.add_error("comment", _("Say what has to be changed."))
        return said
