"""The form of a law text, and what the parser says about it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.models import TaskState

from lianbing.library import queries
from lianbing.library.models import LawDraft
from lianbing.library.queries import Examined
from lianbing.library.rendering.reasons import say


class DraftForm(WagtailAdminModelForm):
    """A text that cannot become an edition may be kept while it is written, but not be submitted."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_deferred_validation and not self.errors:
            failure = queries.examine(self._draft(said)).failure
            if failure:
                raise ValidationError(say(failure), code=failure.code)
        return said

    def _draft(self, said: dict[str, Any]) -> LawDraft:
        fields = {field.name for field in LawDraft._meta.concrete_fields}
        return LawDraft(**{name: value for name, value in said.items() if name in fields})


class FindingsPanel(Panel):
    """What stands in the way of the text as it was last saved, and what is doubtful, with line numbers."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/cms/findings.html"

        @cached_property
        def seen(self) -> Examined | None:
            """The findings; None for a text that nobody has saved yet, or that has been published."""
            draft = self.instance
            return queries.examine(draft) if draft.pk and draft.body and not draft.edition_id else None

        @cached_property
        def said_last(self) -> TaskState | None:
            """The legal section's word when it sent the text back, until it is submitted again."""
            if not self.seen or queries.waiting_state(self.instance):
                return None
            last = next(iter(queries.decisions_on(self.instance)), None)
            return last if last and last.status == TaskState.STATUS_REJECTED else None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.seen:
                text = self.seen.text
                context["failure"] = say(self.seen.failure) if self.seen.failure else ""
                context["doubts"] = [say(doubt) for doubt in self.seen.doubts]
                context["said_last"] = self.said_last
                context["articles"] = len(text.articles) if text else 0
            return context

        def is_shown(self) -> bool:
            return self.seen is not None
