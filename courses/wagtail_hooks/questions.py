"""Choosing questions of the bank by searching, inside the editor."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.queries.questions import for_checks, offered, short
from lianbing.kit import clock
from question_bank.models import KINDS, Question
from question_bank.rules.rich import words

KIND_NAMES, LONGEST_PK = dict(KINDS), 18


class QuestionFilter(BaseFilterForm):
    """One box: every word must stand in the question."""

    q = forms.CharField(
        label=_("Words of the question"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
    )

    def filter(self, objects: QuerySet[Question]) -> QuerySet[Question]:
        """Narrow the questions on offer."""
        self.search_query = str(self.cleaned_data.get("q") or "").strip()
        self.is_searching = bool(self.search_query)
        for word in self.search_query.casefold().split()[:8]:
            objects = objects.filter(search_text__contains=word)
        return objects


def title_of(question: Question) -> str:
    """The words of the published version, never what is right."""
    version = question.published_version
    return short(words(str(version.content["stem"]))) if version else ""


class _OnOffer:
    """What may stand in a lesson; for a check only what it can ask, nothing that waits for a marker."""

    request: HttpRequest
    for_check = False

    def on_offer(self) -> QuerySet[Question]:
        found = offered(self.request.actor, clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        return for_checks(found) if self.for_check else found


class _Offering(_OnOffer):
    """What both halves of the chooser list."""

    filter_form_class = QuestionFilter
    per_page = 20

    def get_object_list(self) -> QuerySet[Question]:
        return self.on_offer()

    @property
    def title_column(self) -> TitleColumn:
        column: TitleColumn = super().title_column  # type: ignore[misc]  # the other base is a chooser view
        column.accessor = title_of
        column.label = _("Question")
        return column

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("kind", label=_("Kind"), accessor=lambda one: KIND_NAMES[one.published_version.kind]),
            Column("bank", label=_("Bank"), accessor=lambda one: str(one.bank)),
        ]


class ChooseView(_Offering, chooser.ChooseView):
    """The window with its box."""


class ResultsView(_Offering, chooser.ChooseResultsView):
    """The list when the words change."""


class _Chosen(_OnOffer):
    """A question is chosen only from what is on offer."""

    def get_object(self, pk: Any) -> Question:
        return self.get_objects([pk]).get()

    def get_objects(self, pks: Any) -> QuerySet[Question]:
        wanted = [pk for pk in pks if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < LONGEST_PK]
        return self.on_offer().filter(pk__in=wanted)

    def get_display_title(self, instance: Question) -> str:
        return title_of(instance)

    def get_edit_item_url(self, instance: Question) -> str:
        return instance.get_absolute_url()


class ChosenView(_Chosen, chooser.ChosenView):
    """One chosen question."""


class ChosenMultipleView(_Chosen, chooser.ChosenMultipleView):
    """Several chosen questions."""


class QuestionChooser(ChooserViewSet):
    """Registered under the name that `blocks.QuestionWidget` asks for."""

    model = Question
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    register_widget = False
    choose_view_class = ChooseView
    choose_results_view_class = ResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class CheckChooseView(ChooseView):
    """The chooser of a check, whole."""

    for_check = True


class CheckResultsView(ResultsView):
    """Its results alone."""

    for_check = True


class CheckChosenView(ChosenView):
    """One question chosen for a check."""

    for_check = True


class CheckChosenMultipleView(ChosenMultipleView):
    """Several questions chosen for a check."""

    for_check = True


class CheckQuestionChooser(QuestionChooser):
    """The same under the name that `blocks.CheckQuestionWidget` asks for, narrowed to what a check can ask."""

    choose_view_class = CheckChooseView
    choose_results_view_class = CheckResultsView
    chosen_view_class = CheckChosenView
    chosen_multiple_view_class = CheckChosenMultipleView


@hooks.register("register_admin_viewset")
def question_chooser() -> QuestionChooser:
    """Put the chooser at /cms/course_questions/."""
    return QuestionChooser("course_questions", url_prefix="course_questions")


@hooks.register("register_admin_viewset")
def check_question_chooser() -> CheckQuestionChooser:
    """Put the chooser of checks at /cms/course_check_questions/."""
    return CheckQuestionChooser("course_check_questions", url_prefix="course_check_questions")
