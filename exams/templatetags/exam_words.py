"""Marks, moments, states and kinds in templates."""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from exams import rendering
from exams.queries.review import Why
from exams.rules import scoring
from exams.rules.sections import Span
from question_bank.models import KINDS

register = template.Library()


@register.filter
def marks(value: Decimal | str | None) -> str:
    """Marks as people write them; nothing for None."""
    return "" if value is None else scoring.marks_text(Decimal(value))


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A moment in the bureau's own time, to the minute; nothing for None."""
    return "" if value is None else rendering.moment(value)


@register.filter
def kind_label(name: str) -> str:
    """The name of a question kind for people."""
    return str(dict(KINDS).get(name, name))


@register.filter
def minutes(seconds: int | None) -> str:
    """Seconds as minutes and seconds (75 -> 1:15); nothing for None."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def of_version(by_version: Mapping[int, Any] | None, version: int) -> Any:
    """What a mapping holds for a version; None where it holds nothing."""
    return (by_version or {}).get(version)


@register.filter
def section_heading(span: Span) -> str:
    """The heading of a section with its number, or a word for a paper of one unnamed section."""
    return rendering.section_title(span.place, span.section.title) or _("The whole paper")


@register.filter
def titled(title: str | None, place: int) -> str:
    """A title with the number of its section in front; a word where there is no title."""
    return rendering.section_title(place, title or _("Section of the paper"))


@register.filter
def as_json(value: Any) -> str:
    """Data for a script, in an attribute."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def why_text(why: Why) -> str:
    """Why an answer earned its marks, in words."""
    return rendering.why_text(why)


@register.filter
def section_rules(span: Span) -> list[str]:
    """What was told about a section."""
    return rendering.section_words(span.section, span.kinds)


@register.inclusion_tag("components/badge.html")
def sitting_badge(state: str) -> dict[str, Any]:
    """The badge of a sitting's state."""
    tone, label = {
        "draft": ("muted", _("Draft")),
        "scheduled": ("info", _("Coming")),
        "open": ("ok", _("Running")),
        "closed": ("warn", _("Closed")),
        "released": ("muted", _("Released")),
    }[state]
    return {"tone": tone, "label": label}


@register.inclusion_tag("components/badge.html")
def outcome_badge(outcome: str) -> dict[str, Any]:
    """The badge of what came of a candidate."""
    tone, label = {
        "passed": ("ok", _("Passed")),
        "failed": ("bad", _("Not passed")),
        "absent": ("muted", _("Absent")),
        "waiting": ("warn", _("To be marked")),
    }[outcome]
    return {"tone": tone, "label": label}


@register.inclusion_tag("components/badge.html")
def attempt_badge(state: str) -> dict[str, Any]:
    """The badge of where a candidate stands on the live board."""
    tone, label = {
        "not_started": ("muted", _("Not started")),
        "open": ("info", _("Writing")),
        "submitted": ("ok", _("Handed in")),
    }[state]
    return {"tone": tone, "label": label}
