"""The row of saved filters below the filters of a list."""

from typing import Any

from django import template

from certificates.models import SavedFilter
from certificates.rules.filters import LONGEST_TITLE, MOST_OF_A_PAGE, PAGES, tidy

register = template.Library()


@register.inclusion_tag("certificates/_saved_filters.html", takes_context=True)
def saved_filters(context: template.Context) -> dict[str, Any]:
    """One's own filters of the list this page is, and a form to keep what it shows now. One statement.

    Empty on pages that keep no filters; no form where nothing is filtered or the filter is kept already.
    """
    request = context["request"]
    page = request.resolver_match.view_name
    if page not in PAGES:
        return {}
    query = tidy(request.GET.urlencode())
    kept = list(SavedFilter.objects.filter(user_id=request.actor.user_id, page=page))
    rows = [{"filter": one, "current": one.query == query} for one in kept]
    return {
        "rows": rows,
        "page": page,
        "query": query,
        "saves": bool(query) and len(kept) < MOST_OF_A_PAGE and not any(row["current"] for row in rows),
        "longest": LONGEST_TITLE,
        "csrf_token": context.get("csrf_token"),
    }
