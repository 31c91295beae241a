"""Forms of the content categories."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.categories import ContentCategory, Main
from courses.queries.categories import tree


def indented() -> list[tuple[str, str]]:
    """The categories still offered as choices by code, sub-categories indented. One statement."""
    return [(b.category.code, "\u3000" * b.depth + b.category.name) for b in tree(closed=False)]


class NameForm(forms.Form):
    """A category's name."""

    name = forms.CharField(label=_("Name"), max_length=50)


class CategoryForm(NameForm):
    """A new category: at the top with a main kind, or under another."""

    parent = forms.ChoiceField(label=_("Part of"), required=False)
    main = forms.ChoiceField(
        label=_("Main kind"),
        choices=Main.choices,
        initial=Main.PROFESSIONAL.value,
        help_text=_("Under another category its main kind is taken."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = [("", _("At the top")), *indented()]

    def clean_parent(self) -> ContentCategory | None:
        """The category chosen, None at the top."""
        code = self.cleaned_data["parent"]
        return ContentCategory.objects.select_related("parent").get(code=code) if code else None
