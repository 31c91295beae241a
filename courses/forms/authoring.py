"""What the trainers' desk asks: filters, the decision of a review, reasons, an upload."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import ContentCategory

LARGEST = 60 * 1024 * 1024
STATES = [
    ("", _("All")),
    ("draft", _("Being written")),
    ("in_review", _("In review")),
    ("published", _("Published")),
    ("flagged", _("Law changed")),
    ("withdrawn", _("Withdrawn")),
]


class DeskForm(forms.Form):
    """Narrows the list of courses."""

    q = forms.CharField(label=_("Title or summary"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    category = forms.ModelChoiceField(
        ContentCategory.objects.all(), label=_("Content category"), required=False, empty_label=_("All")
    )
    mine = forms.BooleanField(label=_("Only those I began"), required=False)


class ReviewForm(forms.Form):
    """Publish, or send back with a reason."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("send_back", "")], widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Remark"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is new in this edition, or why it goes back. Whoever sends back must say why."),
    )


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RuleForm(forms.Form):
    """How many people stand behind a published course."""

    alone = forms.BooleanField(label=_("Who wrote a course may publish it alone"), required=False)


class UploadForm(forms.Form):
    """A Word or PowerPoint file that becomes the draft of a course."""

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("A .docx or .pptx of at most 60 MB. Headings of the first level begin a lesson each."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pptx"}),
    )
    title = forms.CharField(
        label=_("Title of the course"),
        max_length=200,
        required=False,
        help_text=_("Empty: as the file is called."),
    )
    category = forms.ModelChoiceField(
        ContentCategory.objects.filter(closed=False), label=_("Content category"), required=False
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 60 MB."))
        return file
