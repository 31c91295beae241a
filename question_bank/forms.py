"""Forms of the question bank."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit.forms import ManyChoiceField
from question_bank import formats
from question_bank.models import (
    DIFFICULTIES,
    KINDS,
    ErrorReport,
    KnowledgePoint,
    Pool,
    Question,
    QuestionBank,
)
from question_bank.rendering import problem_text
from question_bank.rules.choices import LETTERS, OPTIONS_LIMIT, STEM_LIMIT
from question_bank.rules.draft import Draft
from question_bank.rules.text import tidy
from question_bank.services.building import MAY_WAIT, problems_of

SPARE_ROWS = 4
MAX_UPLOAD = 20 * 1024 * 1024


class BankForm(forms.ModelForm):
    """A new bank."""

    class Meta:
        model = QuestionBank
        fields = ["name", "slug", "people_needed", "default_pool"]
        help_texts = {"slug": _("Part of the address: letters, digits and hyphens.")}


class BankRuleForm(forms.ModelForm):
    """The name and the review rule of a bank; its short name stays, because addresses hold it."""

    class Meta:
        model = QuestionBank
        fields = ["name", "people_needed", "default_pool"]


class PointsForm(forms.Form):
    """Which knowledge points are exempt from citing an article."""

    points = ManyChoiceField(
        label=_("Questions on these points cite no law by their nature"),
        required=False,
        queryset=KnowledgePoint.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )


class FilterForm(forms.Form):
    """What a list of questions is narrowed to. Anything unreadable narrows nothing."""

    q = forms.CharField(label=_("Text"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS])
    point = forms.ModelChoiceField(
        label=_("Knowledge point"),
        required=False,
        queryset=KnowledgePoint.objects.none(),
        empty_label=_("All points"),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *Question.State.choices]
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("All difficulties")), *DIFFICULTIES],
    )

    pool = forms.ChoiceField(label=_("Pool"), required=False, choices=[("", _("All pools")), *Pool.choices])

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """The arguments of `queries.search`."""
        self.is_valid()
        told = self.cleaned_data
        point = told.get("point")
        return {
            "text": told.get("q") or "",
            "kind": told.get("kind") or "",
            "point": point.pk if point else None,
            "state": told.get("state") or "",
            "difficulty": told.get("difficulty"),
            "pool": told.get("pool") or "",
        }


class QuestionForm(forms.Form):
    """A question of one of the kinds with options.

    The options come as repeated fields `option` (texts, in order) and `right` (their places, from 0);
    empty ones at any place are left out. `draft` holds the result of a valid form.
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
        self.kind = kind
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
    def one_right(self) -> bool:
        """Whether exactly one option may be right, so that the boxes exclude each other."""
        return self.kind != "multiple_choice"

    @property
    def fixed(self) -> bool:
        """Whether the options are given by the kind and only the right one is chosen."""
        return self.kind == "true_false"

    def rows(self) -> list[dict[str, Any]]:
        """The option rows of the page: what was sent or stored, and a few spare ones."""
        texts, right = self._sent() if self.is_bound else self._stored()
        if not self.fixed:
            wanted = max(len(texts), SPARE_ROWS)
            texts = [*texts, *[""] * (wanted - len(texts))][:OPTIONS_LIMIT]
        return [
            {"place": place, "letter": LETTERS[place], "text": text, "right": place in right}
            for place, text in enumerate(texts)
        ]

    def _stored(self) -> tuple[list[str], set[int]]:
        if self.draft is None:
            return (["正确", "错误"] if self.fixed else []), set()
        return list(self.draft.options), set(self.draft.right)

    def _sent(self) -> tuple[list[str], set[int]]:
        data: Any = self.data
        texts = ["正确", "错误"] if self.fixed else data.getlist("option")[:OPTIONS_LIMIT]
        right = {int(place) for place in data.getlist("right") if re.fullmatch(r"\d{1,2}", place)}
        return texts, right

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        texts, right = self._sent()
        kept = [place for place, text in enumerate(texts) if tidy(text)]
        draft = Draft.of_choice(
            self.kind,
            cleaned.get("stem", ""),
            [texts[place] for place in kept],
            [kept.index(place) if place in kept else len(kept) for place in sorted(right)],
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


class ReasonForm(forms.Form):
    """Why a question is sent back or retired, and which edit of it was looked at."""

    reason = forms.CharField(required=False, max_length=200)
    seen = forms.IntegerField(required=False)


class PoolForm(forms.Form):
    """What a question may be used for."""

    pool = forms.ChoiceField(label=_("Pool"), choices=Pool.choices)


class AnswerForm(forms.Form):
    """The answer to an error report."""

    outcome = forms.ChoiceField(choices=ErrorReport.Outcome.choices)
    answer = forms.CharField(max_length=500)


class UploadForm(forms.Form):
    """A file to import. Nothing is saved before its report has been seen."""

    file = forms.FileField(
        label=_("File"), help_text=_("The Excel template, a CSV of the same columns, or JSON.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=[])
    publish = forms.BooleanField(
        label=_("Publish what is complete"),
        required=False,
        help_text=_("Where the bank demands a second person, the questions are handed in for review."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [  # type: ignore[attr-defined]
            ("auto", _("Recognise by itself")),
            *((name, formats.label(name)) for name in formats.names()),
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


class ChangesForm(forms.Form):
    """Which changed articles are shown."""

    bank = forms.ModelChoiceField(
        QuestionBank.objects.all(), label=_("Question bank"), required=False, empty_label=_("All banks")
    )
    coming = forms.BooleanField(label=_("Changes of the days ahead"), required=False)


class SayForm(forms.Form):
    """What a person says of the ticked questions under one changed article."""

    article = forms.IntegerField(min_value=1, max_value=2**53)
    edition = forms.IntegerField(min_value=1, max_value=2**53)
    event = forms.ChoiceField(choices=[("amended", ""), ("repealed", "")])
    outcome = forms.ChoiceField(choices=[("confirm", ""), ("retire", "")])
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["questions"] = set(self.data.getlist("question"))
        if not said["questions"]:
            self.add_error(None, _("Tick at least one question."))
        if said.get("outcome") == "retire" and not said.get("reason", "").strip():
            self.add_error("reason", _("Give a reason."))
        if said.get("outcome") == "confirm" and said.get("reason", "").strip():
            # Enter in the field of the reason presses the first button of the form.
            self.add_error("reason", _("A reason belongs to retiring. Nothing was done."))
        return said
