"""Forms that bring texts in and say whether they count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.kit.forms import ticked


class UploadForm(forms.Form):
    """A law text or an archive of many."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A law as .docx, .txt or Markdown (.md), or many in one .zip, .tar.gz or .tar.xz, up to 20 MB."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".md,.markdown,.txt,.text,.docx,.zip,.gz,.tgz,.xz,.txz,.tar"}
        ),
    )


class PasteForm(forms.Form):
    """The text of a law as somebody copied it."""

    text = forms.CharField(
        label=_("Text of the law"),
        max_length=600_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("With its title and the note on who passed it and when, as it stands on the page."),
    )
    name = forms.CharField(
        label=_("Title and day of publication"),
        max_length=150,
        required=False,
        help_text=_("If the text does not state them: 行政处罚法(2021-01-22)"),
    )


class ReviewForm(forms.Form):
    """The legal section's decision on a law text. Sending back needs a comment, approving need not."""

    decision = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("send_back", _("Send back"))],
        widget=forms.HiddenInput,
        error_messages={"required": _("Approve or send back?"), "invalid_choice": _("Approve or send back?")},
    )
    doubts_checked = forms.BooleanField(
        label=_("I compared the doubtful places with the official text."), required=False
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == "send_back" and not said.get("comment", "").strip():
            self.add_error("comment", _("Say what has to be changed."))
        return said


class ConfirmForm(forms.Form):
    """Which doubtful editions count as checked, and why. `whole`: all with one kind of doubt, up to `newest`."""

    whole = forms.BooleanField(required=False)
    newest = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    done = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sent = ticked(self, "edition")
        said["editions"] = [int(pk) for pk in sent if pk.isascii() and pk.isdigit() and len(pk) < 16]
        if not said.get("whole") and not said["editions"]:
            self.add_error(None, _("Tick at least one edition."))
        said["newest"], said["done"] = said.get("newest") or 0, said.get("done") or 0
        return said
