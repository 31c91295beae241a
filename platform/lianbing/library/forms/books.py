"""Forms of the books of the posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.forms.days import DayField
from lianbing.library.rendering.books import HEADINGS
from lianbing.library.rendering.cards import say
from lianbing.library.rules.books import PARTS, BookText
from lianbing.library.rules.cards import Fault, tidy

HELP = {
    "duties": _("A line each: what whoever holds this post has to do."),
    "laws": _("Further articles, a citation a line. Those of the cards come by themselves."),
    "procedures": _("What holds for every matter, a line each. The cards follow by themselves."),
    "discipline": _(
        "A line each. Discipline rules in force and integrity risks of the cards follow by themselves."
    ),
    "equipment": _("A line each. What the cards say of equipment follows by itself."),
}


class BookForm(forms.Form):
    """What people write into the book of a post. `seen` marks the draft that was shown."""

    duties = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), required=False)
    laws = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    procedures = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), required=False)
    discipline = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False)
    equipment = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False)
    reason = forms.CharField(
        label=_("Why there is a new edition"),
        max_length=200,
        required=False,
        help_text=_("Shown to those who confirm it, such as 条例修订 or 新增三项执法事项."),
    )
    confirm_by = DayField(label=_("To be confirmed by"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTS:
            self.fields[name].label = HEADINGS[name]
            self.fields[name].help_text = HELP[name]

    def text(self) -> BookText:
        """What was written, tidied."""
        return BookText(**{name: tidy(self.cleaned_data[name]) for name in PARTS})

    def show(self, faults: list[Fault]) -> None:
        """Put what a service found wrong beside its field."""
        for fault in faults:
            words = _("This day is past.") if fault.code == "past" else say(fault)
            self.add_error(fault.field, words)


class BookReviewForm(forms.Form):
    """The decision on a draft. `seen` marks the draft that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)


class HoldersForm(forms.Form):
    """Which receipts are shown."""

    show = forms.ChoiceField(choices=[("", ""), ("waiting", ""), ("late", "")], required=False)
    file = forms.ChoiceField(choices=[("", ""), ("xlsx", "")], required=False)
