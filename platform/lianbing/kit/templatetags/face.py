"""Tags and filters every template may use without loading them."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lianbing.kit import audit_words
from lianbing.kit.models import AuditRecord

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of kit/icons.svg. Without a `label` it is decoration and hidden from screen readers."""
    address = f"{static('kit/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" width="20" height="20" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            address,
        )
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}"></use></svg>', address
    )


TONES = {"error": "bad", "warning": "warn", "success": "ok"}


@register.filter
def tone(level_tag: str) -> str:
    """The tone of an alert for a level of Django's messages."""
    return TONES.get(level_tag, "info")


@register.filter
def act(record: AuditRecord) -> audit_words.Text:
    """What an audit record says was done, in words."""
    return audit_words.act_name(record.stream, record.action)


@register.filter
def area(record: AuditRecord) -> audit_words.Text:
    """The part of the bureau's work an audit record belongs to, in words."""
    return audit_words.area_name(record.stream)


@register.filter
def entries(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The entries of a mapping from outside: `.items` in a template finds an entry of that name first."""
    return list(found.items())


@register.filter
def percent_of(done: Any, total: Any) -> int:
    """`done` of `total` as a whole percentage between 0 and 100; 0 when there is nothing to do."""
    try:
        return max(0, min(100, round(float(done) * 100 / float(total))))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0


@register.simple_tag(takes_context=True)
def render_with(context: template.Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """The template `name` with `values` on top of the present context: an include whose names come as data."""
    assert context.template is not None, "a tag renders inside a template"
    with context.push(**values):
        return context.template.engine.get_template(name).render(context)
