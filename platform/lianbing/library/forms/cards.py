"""Forms of the handbook cards."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit.forms import ManyChoiceField
from lianbing.library.forms.days import DayField
from lianbing.library.models import CardVersion
from lianbing.library.rendering.cards import NAMES, say
from lianbing.library.rules.cards import LISTS, CardText, Fault, tidy
from lianbing.people.models import Post


class CardFilterForm(forms.Form):
    """Which cards the list shows."""

    q = forms.CharField(label=_("What you see, a name or a code"), required=False, max_length=100)
    item = forms.ChoiceField(label=_("Level-1 item"), required=False)
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.all(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, items: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("All")), *((item, item) for item in items)]  # type: ignore[attr-defined]  # a ChoiceField


class DeadlineForm(forms.Form):
    """From which day the deadlines of a card are counted, and which step was on it."""

    on = DayField(label=_("Day"), required=False)
    step = forms.ChoiceField(label=_("What happened on this day"), required=False)

    def __init__(self, *args: Any, steps: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step, step) for step in steps]  # type: ignore[attr-defined]  # a ChoiceField


def _area(name: str, help_text: Any, *, rows: int = 4, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=NAMES[name],
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        strip=True,
    )


class CardForm(forms.Form):
    """The whole of a card, lists as one line each. `seen` marks the draft that was shown."""

    code = forms.CharField(
        label=NAMES["code"], max_length=40, help_text=_("Letters, digits, - and _; it never changes.")
    )
    name = forms.CharField(label=NAMES["name"], max_length=200)
    item = forms.CharField(
        label=NAMES["item"],
        max_length=60,
        help_text=_("The heading the matter stands under, such as 市容管理."),
    )
    violation = _area("violation", "", rows=3, required=True)
    seen = _area("seen", _("The words people use in the street; the search finds the card by them."), rows=2)
    violation_basis = _area(
        "violation_basis",
        _("One citation a line, such as 《行政处罚法》第三十三条第一款."),
        rows=2,
        required=True,
    )
    penalty_basis = _area("penalty_basis", _("One citation a line."), rows=2)
    bounds = _area(
        "bounds",
        _("One line for each subject: penalty | subject | note, such as 警告、50元以上200元以下 | 个人"),
        rows=3,
    )
    grades = _area(
        "grades",
        _(
            "One grade a line: grade | circumstances | penalty | subject | basis, such as "
            "轻微 | 初次违法并及时改正 | 不予处罚 | 个人 | 《行政处罚法》第三十三条"
        ),
        rows=6,
    )
    procedure = forms.ChoiceField(label=NAMES["procedure"], choices=CardVersion.Procedure.choices)
    steps = _area(
        "steps",
        _(
            "One step a line: step | what to do | time limit | counted from, such as 送达 | 交付决定书 | 7个工作日 | 决定"
        ),
        rows=7,
    )
    evidence = _area("evidence", _("One a line."))
    documents = _area("documents", _("One a line."), rows=3)
    phrases = _area("phrases", _("One sentence a line."))
    mistakes = _area("mistakes", _("One a line."), rows=3)
    risks = _area("risks", _("One a line: where power may be abused, and how that is kept in check."), rows=3)
    equipment = _area("equipment", _("One a line."), rows=3)
    posts = ManyChoiceField(
        label=NAMES["posts"],
        queryset=Post.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every post."),
    )
    reason = forms.CharField(label=_("Why it changed"), max_length=200, required=False)
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            self.fields["code"].disabled = True

    def text(self) -> CardText:
        """The card as the service takes it; the form must be valid."""
        said = self.cleaned_data
        long = ("violation", "seen", "violation_basis", "penalty_basis", "bounds", "grades", "steps", *LISTS)
        return CardText(
            name=tidy(said["name"], one_line=True),
            item=tidy(said["item"], one_line=True),
            procedure=said["procedure"],
            posts=tuple(sorted(post.name for post in said["posts"])),
            **{name: tidy(said[name]) for name in long},
        )

    def take(self, faults: Iterable[Fault]) -> None:
        """Show what the service refused beside the field it is about."""
        for fault in faults:
            self.add_error(fault.field, say(fault))


class CardReviewForm(forms.Form):
    """The decision of the legal section on a card. `edits` marks what was shown."""

    decision = forms.ChoiceField(
        choices=[("approve", ""), ("send_back", "")], widget=forms.HiddenInput, required=False
    )
    gaps_seen = forms.BooleanField(label=_("I looked at the citations that lead nowhere"), required=False)
    comment = forms.CharField(label=_("Comment"), max_length=300, required=False)
    edits = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)

    def clean(self) -> dict[str, Any]:
        """Who sends something back says what is to be changed."""
        said = super().clean() or {}
        if said.get("decision") == "send_back" and not said.get("comment"):
            self.add_error("comment", _("Say what has to be changed."))
        return said


class CardFileForm(forms.Form):
    """A file of cards."""

    file = forms.FileField(
        label=_("File of cards"),
        help_text=_("Excel (.xlsx, .xls) or CSV, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    skip_bad_rows = forms.BooleanField(
        label=_("Import the good rows even if others are wrong"), required=False
    )


class ReasonForm(forms.Form):
    """Why something is so."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
