"""Showing a question through its kind's own templates."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from question_bank import kinds
from question_bank.models import QuestionVersion

register = template.Library()


@register.simple_tag(takes_context=True)
def question_view(context: template.Context, version: QuestionVersion, view: str) -> SafeString:
    """A version in one of its kind's views: "asked" (nothing about the key), "answered" or "print"."""
    key: dict[str, Any] | None = version.key if view == "answered" else None
    shown = kinds.get(version.kind).show(version.content, key=key)
    values: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    values.update(shown.context)
    return render_to_string(shown.page(view), values)


@register.simple_tag
def key_letters(version: QuestionVersion) -> str:
    """The letters of the right options in stored order."""
    return kinds.get(version.kind).show(version.content, key=version.key).context["key_letters"] or "—"


@register.filter
def history_text(action: str) -> str:
    """An action of the audit trail in words."""
    texts = {
        "question_created": _("written"),
        "question_revised": _("revised"),
        "question_submitted": _("handed in for review"),
        "question_sent_back": _("sent back"),
        "question_published": _("published"),
        "question_retired": _("retired"),
    }
    return texts.get(action, action)
