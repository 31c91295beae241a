"""What is to be done with many questions."""

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit.forms import ticked
from question_bank.forms.desk import Choice
from question_bank.models import DIFFICULTIES, BulkEdit, KnowledgePoint, Pool
from question_bank.rules.text import tidy

Action = BulkEdit.Action
CITATION_LIMIT = 300
TICKED_LIMIT = 200


def acts(allowed: Collection[str]) -> list[tuple[Any, Any]]:
    """The choices of what to do; pools and difficulties are choices of their own ("pool:exam")."""
    groups: list[tuple[Any, Any]] = [("", _("With the ticked questions ..."))]
    if Action.POOL in allowed:
        groups.append((_("Move to a pool"), [(f"pool:{key}", label) for key, label in Pool.choices]))
    if Action.DIFFICULTY in allowed:
        groups.append(
            (_("Set the difficulty"), [(f"difficulty:{key}", label) for key, label in DIFFICULTIES])
        )
    rest = [one for one in (Action.POINT, Action.CITATION, Action.SUBMIT, Action.RETIRE) if one in allowed]
    return [*groups, (_("Further"), [(one.value, one.label) for one in rest])]


class BulkForm(forms.Form):
    """What to do, with which value, and to which questions: those ticked, or all that fit the filter.

    `sure` is the token of the plan the person agreed to; without one, the plan is shown first.
    """

    act = Choice(label=_("What to do"))
    value = forms.CharField(required=False, max_length=500)
    all = forms.BooleanField(required=False)
    sure = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = acts(allowed)  # type: ignore[attr-defined]
        self.fields["act"].widget.attrs["aria-label"] = self.fields["act"].label

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        action, _colon, chosen = told.get("act", "").partition(":")
        told["action"], told["questions"] = action, self._ticked()
        if not told["questions"] and not told.get("all"):
            self.add_error(None, _("Tick at least one question."))
        if action == Action.DIFFICULTY:
            told["value"] = int(chosen)
        elif action == Action.POOL:
            told["value"] = chosen
        elif action == Action.SUBMIT:
            told["value"] = ""
        return told

    def _ticked(self) -> list[uuid.UUID]:
        """The ids that can be read; what is no id is nobody's question."""
        found = []
        for text in ticked(self, "question")[:TICKED_LIMIT]:
            try:
                found.append(uuid.UUID(text))
            except ValueError:
                continue
        return found

    def value_form(self) -> "ValueForm | None":
        """The form for the value this act still needs, filled with what was sent; None when it needs none."""
        action = self.cleaned_data["action"]
        if action not in VALUE_FORMS:
            return None
        return VALUE_FORMS[action](self.data if "value" in self.data else None)


class ValueForm(forms.Form):
    """The value of one act."""

    value: forms.Field


class PointForm(ValueForm):
    value = forms.ModelChoiceField(
        KnowledgePoint.objects.all(), label=_("Knowledge point"), empty_label=_("Choose")
    )

    def clean_value(self) -> int:
        return int(self.cleaned_data["value"].pk)


class CitationForm(ValueForm):
    value = forms.CharField(
        label=_("Citation"),
        max_length=CITATION_LIMIT,
        help_text=_("As one writes it: the law in 《》, then the article, paragraph and item."),
    )

    def clean_value(self) -> str:
        return tidy(self.cleaned_data["value"])


class RetireForm(ValueForm):
    value = forms.CharField(label=_("Reason"), max_length=200)


VALUE_FORMS: dict[str, type[ValueForm]] = {
    Action.POINT: PointForm,
    Action.CITATION: CitationForm,
    Action.RETIRE: RetireForm,
}
