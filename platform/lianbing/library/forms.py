"""Forms of the library."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit import bigrams
from lianbing.kit.forms import ManyChoiceField, ticked
from lianbing.library import ports
from lianbing.library.models import Law, LibraryDocument
from lianbing.library.permissions import FOLLOWERS
from lianbing.library.rules.documents import MOST_QUESTIONS
from lianbing.library.rules.repealing import Act
from lianbing.library.services.circulating import Wish
from lianbing.library.services.compilations import Facts
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor

# How many issuing bodies the filter offers, those with the most hits.
BODIES = 30


class DayField(forms.DateField):
    """A day from 1900 to 2199 in any of the ways people write one."""

    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01", "max": "2199-12-31"}
    )
    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
    default_error_messages = {"invalid": _("There is no such day. Write it like 2019-05-01.")}

    def to_python(self, value: Any) -> Any:
        """The day, or None where nothing was written. Raises ValidationError."""
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(" ", "")
        found = super().to_python(value)
        if found is not None and not 1900 <= found.year <= 2199:
            raise forms.ValidationError(_("The year lies between 1900 and 2199."), code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """The day as a browser's date field can show it, however it was written."""
        try:
            return self.to_python(value)
        except forms.ValidationError:
            return value


class AsOfForm(forms.Form):
    """The day whose text is wanted; today without one."""

    on = DayField(label=_("Text as of"), required=False)


class FilterForm(forms.Form):
    """What the list shows."""

    q = forms.CharField(label=_("Title"), required=False, max_length=100)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("All levels")), *Law.Level.choices]
    )
    drafts = forms.BooleanField(label=_("To be checked"), required=False)


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


class ImpactForm(forms.Form):
    """Which part of an impact is wanted, and as what."""

    kind = forms.CharField(required=False, max_length=30)
    cited = forms.BooleanField(required=False)
    all = forms.BooleanField(required=False)
    file = forms.ChoiceField(required=False, choices=[("", ""), ("xlsx", "xlsx")])


class RepealForm(forms.Form):
    """The repealing document."""

    title = forms.CharField(label=_("Repealing document"), max_length=200)
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    on = DayField(label=_("Holds no more from"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def act(self) -> Act:
        """The act as the service takes it; the form must be valid."""
        told = self.cleaned_data
        return Act(told["title"].strip("《》"), told["number"], told["on"], told["reason"])


class WithdrawForm(forms.Form):
    """Why an edition goes."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


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


class FactsForm(forms.Form):
    """What stands about an edition, to be corrected by the legal section. `seen` marks what was shown."""

    issuing_body = forms.CharField(label=_("Issuing body"), max_length=200, required=False)
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=100,
        required=False,
        help_text=_("As it stands on the paper, such as 主席令第70号"),
    )
    published_on = DayField(
        label=_("Published on"), required=False, help_text=_("The address of the edition stays as it is.")
    )
    effective_on = DayField(
        label=_("In force from"), required=False, help_text=_("Empty: from the day of publication.")
    )
    effective_to = DayField(
        label=_("Holds no more from"),
        required=False,
        help_text=_(
            "Only for a repeal or an expiry of its own: a following edition ends this one by itself."
        ),
    )
    repealed_by = forms.CharField(
        label=_("Repealed by"), max_length=300, required=False, help_text=_("The document that repealed it.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        """A repeal has a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("repealed_by") and not data.get("effective_to") and "effective_to" not in self.errors:
            self.add_error("effective_to", _("Since which day does it hold no more?"))
        return data


class JoinForm(forms.Form):
    """Looking for the law that another one continues, and choosing it by its address."""

    q = forms.CharField(label=_("Title of the former law"), required=False, max_length=100)
    continues = forms.CharField(required=False, max_length=250)


class OpenCitationsForm(forms.Form):
    """What the list of citations that lead nowhere shows."""

    source = forms.ChoiceField(required=False)
    absent = forms.BooleanField(required=False)
    name = forms.CharField(required=False, max_length=200)
    q = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, sources: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", ""), *sources.items()]  # type: ignore[attr-defined]  # a ChoiceField


class NameLawForm(forms.Form):
    """A name and the law it means."""

    name = forms.CharField(max_length=200)
    law = forms.ModelChoiceField(Law.objects.all())


class SearchForm(forms.Form):
    """The filters of the search. What cannot be read narrows nothing and says so."""

    level = forms.ChoiceField(label=_("Level"), required=False)
    body = forms.CharField(label=_("Issuing body"), max_length=200, required=False)
    status = forms.ChoiceField(label=_("Validity"), required=False)
    published_from = DayField(label=_("Published from"), required=False)
    published_to = DayField(label=_("Published until"), required=False)
    on = DayField(label=_("As the law stood on"), required=False)

    UNCOUNTED = {"level": ("",), "status": ("all",)}
    STATES = (
        ("", _("In force on the day")),
        ("pending", _("Not in force yet")),
        ("amended", pgettext_lazy("edition", "Amended")),
        ("repealed", pgettext_lazy("edition", "Repealed")),
        ("all", _("All editions")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(source.name, source.label) for source in ports.searchables()]
        levels: list[tuple[str, Any]] = [("", _("All")), *Law.Level.choices, *sources]
        self.offered: dict[str, list[tuple[str, Any]]] = {"level": levels, "status": list(self.STATES)}
        for name, offered in self.offered.items():
            self._choice(name).choices = offered

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def wanted(self) -> dict[str, Any]:
        """The arguments of `Filters`, and `on`."""
        self.is_valid()
        said = self.cleaned_data
        return {name: said.get(name) or (None if "_" in name or name == "on" else "") for name in self.fields}

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Write behind each choice how many hits it has; offer the issuing bodies that have any."""
        chosen = self.cleaned_data.get("body", "")
        bodies = sorted(counts.get("body", {}).items(), key=lambda pair: -pair[1])[:BODIES]
        names = [name for name, _number in bodies]
        if chosen and chosen not in names:
            names.append(chosen)
        number = counts.get("body", {})
        listed = [(name, f"{name}（{number.get(name, 0)}）") for name in names]
        self.fields["body"].widget = forms.Select(choices=[("", _("All")), *listed])
        for name, offered in self.offered.items():
            numbers = counts.get(name, {})
            self._choice(name).choices = [
                (value, label if value in self.UNCOUNTED[name] else self._with(label, numbers, value))
                for value, label in offered
            ]

    @staticmethod
    def _with(label: Any, numbers: Mapping[str, int], value: str) -> str:
        return f"{label}（{numbers.get(value or 'current', 0)}）"


class SynonymForm(forms.Form):
    """Words that mean the same, one a line."""

    words = forms.CharField(
        label=_("Words"),
        max_length=1000,
        help_text=_("One a line, at least two, of two to 40 characters each."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def clean_words(self) -> list[str]:
        """The words as they are compared."""
        words = []
        for line in self.cleaned_data["words"].splitlines():
            word = bigrams.fold("".join(line.split()))
            if word and ("".join(bigrams.runs(word)) != word or not 2 <= len(word) <= 40):
                raise forms.ValidationError(
                    _("“%(word)s” is no word of 2 to 40 letters."), params={"word": line[:60]}
                )
            words.append(word)
        found = [word for word in dict.fromkeys(words) if word]
        if len(found) < 2:
            raise forms.ValidationError(_("Write at least two different words, one a line."))
        return found


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


class DocumentFilterForm(forms.Form):
    """What the list of documents shows."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=100)
    category = forms.ChoiceField(
        label=pgettext_lazy("document", "Category"),
        required=False,
        choices=[("", _("All")), *LibraryDocument.Category.choices],
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(
        label=_("Validity"),
        required=False,
        choices=[
            ("", _("All")),
            ("in_force", _("In force")),
            ("pending", _("Not in force yet")),
            ("superseded", pgettext_lazy("document", "Superseded")),
            ("expired", pgettext_lazy("document", "Expired")),
            ("repealed", pgettext_lazy("edition", "Repealed")),
        ],
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a ChoiceField


class CirculateForm(forms.Form):
    """To whom a document goes, until when, and whether a short check must be passed."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    units = ManyChoiceField(
        label=_("Units"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With everything below them."),
    )
    posts = ManyChoiceField(
        label=_("Posts"),
        queryset=Post.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every post."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories of staff"),
        choices=Officer.Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every category."),
    )
    due_on = DayField(label=_("To be read by"))
    note = forms.CharField(label=_("Word to the readers"), max_length=300, required=False)
    pass_at = forms.IntegerField(
        label=_("Right answers needed"),
        required=False,
        min_value=1,
        max_value=MOST_QUESTIONS,
        help_text=_("Empty: all of them."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["units"]
        units.queryset = units_in(actor.scopes(*FOLLOWERS))
        names = {unit.path: unit.name for unit in units.queryset}
        step = Unit.steplen

        def label(unit: Unit) -> str:
            above = [unit.path[:end] for end in range(2 * step, len(unit.path) + 1, step)]
            return " / ".join(names[path] for path in above if path in names) or unit.name

        units.label_from_instance = label

    def wish(self, questions: Sequence[str]) -> Wish:
        """What the service takes; the form must be valid."""
        said = self.cleaned_data
        return Wish(
            uid=said["uid"],
            units=list(said["units"]),
            due_on=said["due_on"],
            posts=list(said["posts"]),
            categories=said["categories"],
            note=said["note"],
            questions=questions,
            pass_at=said["pass_at"] or 0,
        )


class ReceiptsForm(forms.Form):
    """Which readers are shown, and as what."""

    show = forms.ChoiceField(
        required=False, choices=[("", _("All")), ("waiting", _("Not read")), ("late", _("Overdue"))]
    )
    file = forms.ChoiceField(required=False, choices=[("", ""), ("xlsx", "xlsx")])
