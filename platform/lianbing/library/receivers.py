"""What happens to a law text in Wagtail's editor is put on record; what is published there can be found."""

import datetime
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import page_published, page_unpublished, task_submitted, workflow_cancelled

from lianbing.kit import audit, clock
from lianbing.kit.outbox import receive
from lianbing.library.models import HandbookEntry, LawDraft, LawEdition, LibraryDocument
from lianbing.library.services import card_flags, indexing
from lianbing.library.services.documents_index import DOCUMENTS, index_document
from lianbing.library.services.handbook_index import HANDBOOK, index_entry
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


@receiver([page_published, page_unpublished], dispatch_uid="library_find_handbook")
def findable(sender: type, instance: Any, **kwargs: Any) -> None:
    """The search box finds an entry of the handbook and a document while it is published."""
    del kwargs
    if issubclass(sender, HandbookEntry):
        index_entry(entry=instance)
    if issubclass(sender, LibraryDocument):
        index_document(document=instance)


@receiver(post_delete, sender=HandbookEntry, dispatch_uid="library_forget_handbook")
def gone(sender: type, instance: HandbookEntry, **kwargs: Any) -> None:
    """An entry was deleted."""
    del sender, kwargs
    indexing.drop_entry(source=HANDBOOK, key=str(instance.pk))


@receiver(post_delete, sender=LibraryDocument, dispatch_uid="library_forget_document")
def document_gone(sender: type, instance: LibraryDocument, **kwargs: Any) -> None:
    """A document was deleted."""
    del sender, kwargs
    indexing.drop_entry(source=DOCUMENTS, key=str(instance.pk))


@receive("law_amended")
def law_amended(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The cards that rest on what changed wait for the legal section. An edition withdrawn since says nothing."""
    edition = (
        LawEdition.objects.exclude(status=LawEdition.Status.WITHDRAWN)
        .filter(law__slug=payload["law"], slug=payload["edition"])
        .first()
    )
    changed = payload.get("changed", [])
    if edition is not None and changed:
        card_flags.open_flags(articles=changed, edition=edition, event=payload["event"], at=at)
