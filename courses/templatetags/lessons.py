"""The preview beside the editor: the lessons as a learner will see them, and what is still amiss."""

from typing import Any

from django import template

from courses.models import CoursePage
from courses.queries.lessons import prepare
from courses.rendering import lessons, troubles
from lianbing.kit import clock

register = template.Library()


@register.inclusion_tag("courses/authoring/_draft.html", takes_context=True)
def course_draft(context: template.Context, page: CoursePage) -> dict[str, Any]:
    """The whole course as it stands in the editor just now."""
    outcome = prepare(page, clock.now())
    return {
        "lessons": [(one, lessons.pieces(one.body)) for one in outcome.lessons],
        "troubles": [troubles.say(one) for one in outcome.troubles],
        "minutes": outcome.minutes,
        "request": context.get("request"),
    }
