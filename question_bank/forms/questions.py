"""The form of a question of any kind."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from question_bank.forms import bodies
from question_bank.forms.bodies import Sent
from question_bank.models import DIFFICULTIES
from question_bank.rendering import problem_text
from question_bank.rules.choices import STEM_LIMIT
from question_bank.rules.draft import Draft
from question_bank.services.building import MAY_WAIT, problems_of


class QuestionForm(forms.Form):
    """What all kinds share as fields; the rest is read by the kind's editor (`forms.bodies`).

    `draft` holds the result of a valid form. `acting`: a button of the editor was pressed (one more
    sub-question ...), so that the form is only shown again.
    """

    stem = forms.CharField(
        label=_("Question text"), max_length=STEM_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    explanation = forms.CharField(
        label=_("Explanation"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    point = forms.CharField(
        label=_("Knowledge point"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "points", "autocomplete": "off"}),
        help_text=_("A path in the tree, for example 执法程序/听证."),
    )
    difficulty = forms.TypedChoiceField(label=_("Difficulty"), coerce=int, choices=DIFFICULTIES, initial=3)
    citations = forms.CharField(
        label=_("Citations"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: the law's full title and the article."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, draft: Draft | None = None, **kwargs: Any) -> None:
        self.kind, self.editor = kind, bodies.get(kind)
        self.draft = draft
        if draft:
            kwargs["initial"] = {
                "stem": draft.stem,
                "explanation": draft.explanation,
                "point": draft.point,
                "difficulty": draft.difficulty,
                "citations": "\n".join(draft.citations),
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)

    def wanted(self) -> Draft:
        """The draft a valid form holds."""
        assert self.draft is not None
        return self.draft

    @property
    def acting(self) -> bool:
        """Whether a button of the editor was pressed instead of saving."""
        return self.is_bound and "act" in self.data

    @property
    def body(self) -> dict[str, Any]:
        """The question as it was sent, or as it is stored, or an empty one."""
        if self.is_bound:
            return self.editor.read(Sent(self._sent()))
        return self.draft.body if self.draft else self.editor.empty()

    @property
    def editor_template(self) -> str:
        """The template of this kind's editor."""
        return f"question_bank/editor/{self.editor.template}.html"

    def rows(self) -> dict[str, Any]:
        """What the editor's template shows."""
        return self.editor.rows(self.body)

    def sent_draft(self) -> Draft:
        """The question as it was sent, sound or not, for a preview."""
        return Draft(kind=self.kind, body=self.body).tidied()

    def _sent(self) -> QueryDict:
        assert isinstance(self.data, QueryDict)
        return self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        body = self.body
        draft = Draft(
            kind=self.kind,
            body=body if "stem" in self.errors else body | {"stem": body["stem"] or cleaned.get("stem", "")},
            explanation=cleaned.get("explanation", ""),
            point=cleaned.get("point", ""),
            difficulty=cleaned.get("difficulty") or 3,
            citations=tuple(cleaned.get("citations", "").splitlines()),
        ).tidied()
        for problem in problems_of(draft):
            if problem.code not in MAY_WAIT and not (problem.field == "stem" and "stem" in self.errors):
                self.add_error("stem" if problem.field == "stem" else None, problem_text(problem))
        self.draft = draft
        return cleaned
