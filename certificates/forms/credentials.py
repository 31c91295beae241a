"""What the public page that checks signatures is given: the text of a code, or a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certificates.rules.offline import MOST_CHARACTERS

MOST_BYTES = 2 * 1024 * 1024


class OfflineForm(forms.Form):
    """One of the two. A text may be a whole token too."""

    text = forms.CharField(
        label=_("Text of the code"),
        required=False,
        max_length=20 * MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Scan the second code on the certificate with any scanner and paste all its lines."),
    )
    file = forms.FileField(
        label=_("Or its file"),
        required=False,
        help_text=_("PDF, .jwt or .json, at most 2 MB. It is read and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jwt,.json,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not (said.get("text") or "").strip():
            raise ValidationError(_("Paste the text of the code, or choose a file."))
        return said

    def content(self) -> bytes:
        """What was given; the file where there are both."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].encode()
