"""Forms of banks, lists, imports and the small acts on a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit.forms import ManyChoiceField, ticked
from question_bank import formats
from question_bank.models import ErrorReport, KnowledgePoint, Pool, QuestionBank

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
    )


class MoveForm(forms.Form):
    """Where a knowledge point stands: its path, with its name at the end."""

    path = forms.CharField(
        label=_("Path"),
        max_length=200,
        help_text=_("The names from the root down, joined by “/”. What lies below moves with it."),
    )


class MergeForm(forms.Form):
    """The point another one becomes."""

    into = forms.ModelChoiceField(
        KnowledgePoint.objects.all(), label=_("Merge into"), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, point: KnowledgePoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = KnowledgePoint.objects.exclude(pk=point.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


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
        said["questions"] = set(ticked(self, "question"))
        if not said["questions"]:
            self.add_error(None, _("Tick at least one question."))
        if said.get("outcome") == "retire" and not said.get("reason", "").strip():
            self.add_error("reason", _("Give a reason."))
        if said.get("outcome") == "confirm" and said.get("reason", "").strip():
            # Enter in the field of the reason presses the first button of the form.
            self.add_error("reason", _("A reason belongs to retiring. Nothing was done."))
        return said
