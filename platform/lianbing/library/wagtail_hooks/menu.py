"""What the editor does not allow with law texts: to publish past the review, to delete what others decide on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem

from lianbing.kit import audit, clock
from lianbing.library import permissions, queries
from lianbing.library.models import LawDraft


@hooks.register("construct_snippet_action_menu")
def no_way_past_the_review(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail offers these to superusers whatever the policy says; the policy would then refuse."""
    del request
    if context["model"] is LawDraft:
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]


@hooks.register("before_delete_snippet")
def keep_what_others_need(request: HttpRequest, instances: list[Any]) -> None:
    """A text that was published, or lies with the legal section, stays; others go by the word of their author
    or of the legal section. Raises PermissionDenied."""
    actor = request.actor  # type: ignore[attr-defined]  # set by AccessMiddleware
    for draft in instances:
        if not isinstance(draft, LawDraft):
            continue
        known = LawDraft.objects.get(pk=draft.pk)
        own = actor.user_id in queries.authors_of(known) or permissions.can_keep(actor)
        if known.edition_id or known.workflow_in_progress or known.approved_schedule or not own:
            raise PermissionDenied


@hooks.register("after_delete_snippet")
def record_what_went(request: HttpRequest, instances: list[Any]) -> None:
    """A discarded text stays on record by its name."""
    for draft in instances:
        if isinstance(draft, LawDraft):
            audit.record(
                stream="library",
                action="discard_draft",
                by=request.actor,  # type: ignore[attr-defined]  # as above
                at=clock.now(),
                subject_name=str(draft),
            )
