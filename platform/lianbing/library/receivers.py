"""What happens to a law text in Wagtail's editor is put on record."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import task_submitted, workflow_cancelled

from lianbing.kit import audit, clock
from lianbing.library.models import LawDraft
from lianbing.people.queries import actor_for
from lianbing.people.rules import SYSTEM


def _record(action: str, flow: WorkflowState, user: Any) -> None:
    draft = flow.content_object
    if isinstance(draft, LawDraft):
        by = actor_for(user, clock.today()) if user is not None else SYSTEM
        audit.record(stream="library", action=action, by=by, at=clock.now(), subject=draft)


@receiver(task_submitted, dispatch_uid="library_submit_draft")
def submitted(sender: type, instance: Any, user: Any, **kwargs: Any) -> None:
    """An author submitted a text to the legal section, for the first time or again."""
    del sender, kwargs
    _record("submit_draft", instance.workflow_state, user)


@receiver(workflow_cancelled, dispatch_uid="library_take_back_draft")
def taken_back(sender: type, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """An author took a text back."""
    del sender, kwargs
    _record("take_back_draft", instance, user)
