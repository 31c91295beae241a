"""What the editor does not offer for law texts: publishing and unpublishing past the review."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem

from lianbing.library.models import LawDraft


@hooks.register("construct_snippet_action_menu")
def no_way_past_the_review(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail offers these to superusers whatever the policy says; the policy would then refuse."""
    del request
    if context["model"] is LawDraft:
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
