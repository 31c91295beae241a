"""Forms of learning paths and reading lists."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.forms.audience import AudienceField
from courses.models import Assignment, AssignmentItem, CoursePage
from courses.permissions.assignments import MAKERS
from courses.queries.learning import newest_editions
from courses.services.assignments import Facts
from lianbing.kit import clock
from lianbing.library.forms.days import DayField
from lianbing.library.models import Law, LibraryDocument
from lianbing.library.queries import citations
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.rules import Actor


class AssignmentForm(forms.Form):
    """What a path or list says of itself. A path has no day of its own, a list is no induction."""

    title = forms.CharField(label=_("Title"), max_length=100)
    note = forms.CharField(label=_("Word to the learners"), max_length=300, required=False)
    due_on = DayField(label=_("To be done by"))
    induction = forms.BooleanField(label=_("Induction: to be finished before being posted"), required=False)
    audience = AudienceField()

    def __init__(self, *args: Any, kind: str, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["due_on" if kind == Assignment.Kind.PATH else "induction"]
        field = self.fields["audience"]
        assert isinstance(field, AudienceField)
        field.offer(actor.scopes(*MAKERS), clock.today())

    def facts(self) -> Facts:
        """What the service takes; the form must be valid."""
        said = self.cleaned_data
        return Facts(
            said["title"], said["audience"], said["note"], said.get("due_on"), bool(said.get("induction"))
        )


class _ItemForm(forms.Form):
    """An item; on a path with its days and weight."""

    kind = ""
    due_days = forms.IntegerField(
        label=_("Days"),
        min_value=0,
        max_value=1000,
        initial=30,
        help_text=_("After coming into the audience."),
    )
    elective = forms.BooleanField(label=_("Elective"), required=False)

    def __init__(self, *args: Any, path: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("due_days", "elective")])
        if not path:
            del self.fields["due_days"], self.fields["elective"]

    def weight(self) -> dict[str, Any]:
        """Days and weight, as said."""
        said = self.cleaned_data
        return {"due_days": said.get("due_days", 30), "elective": bool(said.get("elective"))}

    def item(self) -> dict[str, Any]:
        """The fields of the item; the form must be valid."""
        raise NotImplementedError


class CourseItemForm(_ItemForm):
    """A published course."""

    course = forms.ChoiceField(label=_("Course"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.course_id), one.title) for one in newest_editions()]
        self.fields["course"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def item(self) -> dict[str, Any]:
        course = CoursePage.objects.get(pk=int(self.cleaned_data["course"]))
        title = dict(self.fields["course"].choices)[str(course.pk)]  # type: ignore[attr-defined]  # a ChoiceField
        return {"kind": AssignmentItem.Kind.COURSE, "course": course, "title": title}


class LawItemForm(_ItemForm):
    """A law by its title, or an article as one cites it."""

    law = forms.CharField(
        label=_("Law or article"),
        max_length=200,
        help_text=_("《行政处罚法》第四十二条, or the title alone."),
    )

    def clean_law(self) -> str:
        text = str(self.cleaned_data["law"]).strip()
        found = citations.resolve(text, clock.today())
        bare = text.strip("《》")
        named = Law.objects.filter(title=bare).first() or Law.objects.filter(short_title=bare).first()
        self.article, self.found = found.article, found.law or named
        if self.article is None and (self.found is None or (found.reference is not None and named is None)):
            raise ValidationError(found.reason or _("The library has no such law."))
        return text

    def item(self) -> dict[str, Any]:
        if self.article is not None:
            title = f"《{self.article.edition.law.title}》{self.article.label}"
            return {"kind": AssignmentItem.Kind.ARTICLE, "article": self.article, "title": title}
        assert self.found is not None
        return {"kind": AssignmentItem.Kind.LAW, "law": self.found, "title": f"《{self.found.title}》"}


class DocumentItemForm(_ItemForm):
    """A document or film of the library."""

    document = forms.ModelChoiceField(label=_("Document or film"), queryset=LibraryDocument.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["document"].queryset = LibraryDocument.objects.live().defer("body").order_by("title")

    def item(self) -> dict[str, Any]:
        document = self.cleaned_data["document"]
        film = document.category == LibraryDocument.Category.FILM
        kind = AssignmentItem.Kind.FILM if film else AssignmentItem.Kind.DOCUMENT
        return {"kind": kind, "document": document, "title": document.title}


class TextItemForm(_ItemForm):
    """A plain text to confirm."""

    title = forms.CharField(label=_("Title"), max_length=100)
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))

    def item(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"kind": AssignmentItem.Kind.TEXT, "title": said["title"], "text": said["text"]}


class TakeOverForm(forms.Form):
    """Another published path or list whose items are taken over."""

    source = forms.ModelChoiceField(label=_("Path or list"), queryset=Assignment.objects.none())

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        others = Assignment.objects.filter(published_at__isnull=False, withdrawn_at=None)
        fields["source"].queryset = others.exclude(pk=assignment.pk)


class WithdrawForm(forms.Form):
    """Why a path or list is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class MatrixForm(forms.Form):
    """Which people the completion shows."""

    unit = UnitChoice(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units")
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("lacking", _("Who lacks something")),
            ("late", pgettext_lazy("task", "Who is overdue")),
            ("complete", _("Who is complete")),
        ],
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units


ITEM_FORMS: dict[str, type[_ItemForm]] = {
    "course": CourseItemForm,
    "law": LawItemForm,
    "document": DocumentItemForm,
    "text": TextItemForm,
}
