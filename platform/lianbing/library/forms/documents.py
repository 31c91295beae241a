"""Forms of documents and of the receipts of their readers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit.forms import ManyChoiceField
from lianbing.library.forms.days import DayField
from lianbing.library.models import LibraryDocument
from lianbing.library.permissions import FOLLOWERS
from lianbing.library.rules.documents import MOST_QUESTIONS
from lianbing.library.services.circulating import Wish
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor


class DocumentFilterForm(forms.Form):
    """What the list of documents shows."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    category = forms.ChoiceField(
        label=pgettext_lazy("document", "Category"),
        required=False,
        choices=[("", _("All")), *LibraryDocument.Category.choices],
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(
        label=_("Validity"),
        required=False,
        choices=[
            ("", _("All")),
            ("in_force", _("In force")),
            ("pending", _("Not in force yet")),
            ("superseded", pgettext_lazy("document", "Superseded")),
            ("expired", pgettext_lazy("document", "Expired")),
            ("repealed", pgettext_lazy("edition", "Repealed")),
        ],
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a ChoiceField


class CirculateForm(forms.Form):
    """To whom a document goes, until when, and whether a short check must be passed."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    units = ManyChoiceField(
        label=_("Units"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With everything below them."),
    )
    posts = ManyChoiceField(
        label=_("Posts"),
        queryset=Post.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every post."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories of staff"),
        choices=Officer.Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every category."),
    )
    due_on = DayField(label=_("To be read by"))
    note = forms.CharField(label=_("Word to the readers"), max_length=300, required=False)
    pass_at = forms.IntegerField(
        label=_("Right answers needed"),
        required=False,
        min_value=1,
        max_value=MOST_QUESTIONS,
        help_text=_("Empty: all of them."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["units"]
        units.queryset = units_in(actor.scopes(*FOLLOWERS))
        names = {unit.path: unit.name for unit in units.queryset}
        step = Unit.steplen

        def label(unit: Unit) -> str:
            above = [unit.path[:end] for end in range(2 * step, len(unit.path) + 1, step)]
            return " / ".join(names[path] for path in above if path in names) or unit.name

        units.label_from_instance = label

    def wish(self, questions: Sequence[str]) -> Wish:
        """What the service takes; the form must be valid."""
        said = self.cleaned_data
        return Wish(
            uid=said["uid"],
            units=list(said["units"]),
            due_on=said["due_on"],
            posts=list(said["posts"]),
            categories=said["categories"],
            note=said["note"],
            questions=questions,
            pass_at=said["pass_at"] or 0,
        )


class ReceiptsForm(forms.Form):
    """Which readers are shown, and as what."""

    show = forms.ChoiceField(
        required=False, choices=[("", _("All")), ("waiting", _("Not read")), ("late", _("Overdue"))]
    )
    file = forms.ChoiceField(required=False, choices=[("", ""), ("xlsx", "xlsx")])
