"""Forms of the library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import Law


class FilterForm(forms.Form):
    """What the list shows."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Law.Level.choices]
    )
    drafts = forms.BooleanField(label=_("To be checked"), required=False)


class UploadForm(forms.Form):
    """A Markdown law or an archive of many."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A law as Markdown (.md), or many in one .zip, .tar.gz or .tar.xz, up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".md,.markdown,.zip,.gz,.tgz,.xz,.txz,.tar"}),
    )


class WithdrawForm(forms.Form):
    """Why an edition goes."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
