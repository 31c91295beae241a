"""Forms of a compilation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianbing.library.forms.days import DayField
from lianbing.library.models import Law
from lianbing.library.services.compilations import Facts


class CompilationForm(forms.Form):
    """What is said of a compilation as a whole."""

    title = forms.CharField(label=_("Title"), max_length=100)
    as_of = DayField(label=_("Texts in force on"))
    shared = forms.BooleanField(label=_("Everybody may read it"), required=False)

    def facts(self) -> Facts:
        """The valid answer."""
        return Facts(**self.cleaned_data)


class HeadingForm(forms.Form):
    """A heading between the laws of a compilation."""

    heading = forms.CharField(label=_("Heading"), max_length=100)


class PutLawForm(forms.Form):
    """A law for a compilation: whole, one chapter (its anchor), or the articles named."""

    law = forms.ModelChoiceField(Law.objects.all())
    chapter = forms.CharField(required=False, max_length=60)
    articles = forms.CharField(required=False, max_length=300)
