"""The form of a design: what it says, its colours, its seal."""

from dataclasses import fields, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.rules.designs import BORDERS, FIELDS, LAYOUTS, LONGEST, QR_PLACES, SHAPES, Design, problems
from certificates.services.designs import DesignRefused, check_seal, explained

WORDS = {
    "classic": _("Classic, centred"),
    "banner": _("Coloured band at the side"),
    "plain": _("Plain, to the left"),
    "landscape": _("Landscape"),
    "portrait": _("Portrait"),
    "double": _("Double frame"),
    "single": _("Single frame"),
    "corners": _("Corners"),
    "none": _("No frame"),
    "right": _("Bottom right"),
    "left": _("Bottom left"),
    "top": _("Top right"),
}


def _choices(values: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(value, WORDS[value]) for value in values]


class DesignForm(forms.Form):
    """A design. `look()` is what it would be like, valid or not, so that a preview can follow every change."""

    title = forms.CharField(label=_("Name of the design"), max_length=60)
    layout = forms.ChoiceField(label=_("Layout"), choices=_choices(LAYOUTS))
    shape = forms.ChoiceField(label=_("Way the sheet lies"), choices=_choices(SHAPES))
    border = forms.ChoiceField(label=_("Frame"), choices=_choices(BORDERS))
    qr = forms.ChoiceField(label=_("Place of the code"), choices=_choices(QR_PLACES))
    ink = forms.CharField(label=_("Colour of the text"), widget=forms.TextInput(attrs={"type": "color"}))
    accent = forms.CharField(
        label=_("Colour of title and frame"), widget=forms.TextInput(attrs={"type": "color"})
    )
    heading = forms.CharField(
        label=_("Heading of the certificate"),
        required=False,
        max_length=LONGEST["heading"],
        help_text=_("Empty: Training certificate. The title of the certificate comes from the award rule."),
    )
    sentence = forms.CharField(
        label=_("Sentence"),
        required=False,
        max_length=LONGEST["sentence"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Empty: written by itself. Fields: %(fields)s")
        % {"fields": " ".join(f"{{{name}}}" for name in FIELDS)},
    )
    signatory = forms.CharField(label=_("Signed by"), required=False, max_length=LONGEST["signatory"])
    seal_text = forms.CharField(
        label=_("Words around the seal"),
        required=False,
        max_length=LONGEST["seal_text"],
        help_text=_("Drawn as a ring without a star. A picture takes its place."),
    )
    picture = forms.FileField(
        label=_("Picture of the seal"),
        required=False,
        help_text=_("PNG, JPEG or WebP, one colour, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without = forms.BooleanField(label=_("Take the picture of the seal away"), required=False)
    checked = forms.BooleanField(
        label=_(
            "I have checked the picture: it is our own training seal, no national emblem or flag, no official "
            "seal of another office, and nothing of an enforcement card."
        ),
        required=False,
    )
    active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, kept_seal: bytes = b"", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_seal = kept_seal
        if not kept_seal:
            del self.fields["without"]

    def clean_picture(self) -> bytes | None:
        """The seal drawn anew, or None where no picture was chosen."""
        chosen = self.cleaned_data["picture"]
        if chosen is None:
            return None
        try:
            return check_seal(chosen.read())
        except DesignRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """What the rules of designs say against it, field by field."""
        said = super().clean() or {}
        found = problems(self.look())
        for problem, text in zip(found, explained(found), strict=True):
            if problem.field not in self.errors:
                self.add_error(problem.field, text)
        if said.get("picture") and not said.get("checked"):
            self.add_error("checked", _("Look at the picture and confirm it."))
        return said

    def look(self) -> Design:
        """The design as typed. Line ends become blanks; a colour in capitals is one in small letters."""
        said = {one.name: self.data.get(one.name, "") for one in fields(Design)}
        said |= {name: " ".join(str(said[name]).split()) for name in ("heading", "sentence", "signatory")}
        said |= {name: str(said[name]).lower() for name in ("ink", "accent")}
        return Design(**said)

    def drawable(self) -> Design:
        """The design as typed where it is good, and as it is by itself where it is not."""
        look, plain = self.look(), Design()
        return replace(look, **{one.field: getattr(plain, one.field) for one in problems(look)})

    def seal(self) -> bytes:
        """The seal as it would be printed."""
        chosen = self.cleaned_data.get("picture")
        if chosen:
            return bytes(chosen)
        return b"" if self.cleaned_data.get("without") else self.kept_seal
