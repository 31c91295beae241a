"""Showing a question through its kind's own templates."""

from typing import Any
from uuid import UUID

from django import template
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from question_bank import kinds
from question_bank.models import DIFFICULTIES, KINDS, BulkEdit, Pool, Question, QuestionVersion
from question_bank.rendering import value_text
from question_bank.rules.contract import Shown
from question_bank.rules.rich import Picture, Table, pieces, words

register = template.Library()
# Looked up here for long lists: Django's `get_..._display` builds and hashes all labels of a field on each call.
KIND_NAMES, DIFFICULTY_NAMES = dict(KINDS), dict(DIFFICULTIES)
POOL_NAMES, STATE_NAMES = dict(Pool.choices), dict(Question.State.choices)
TONES = {"published": "ok", "in_review": "warn", "reviewed": "warn", "retired": "bad"}


@register.simple_tag(takes_context=True)
def question_view(context: template.Context, version: QuestionVersion, view: str) -> SafeString:
    """A version in one of its kind's views: "asked" (nothing about the key), "answered" or "print"."""
    key: dict[str, Any] | None = version.key if view == "answered" else None
    shown = kinds.get(version.kind).show(version.content, key=key)
    values: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    values.update(shown.context)
    return render_to_string(shown.page(view), values)


@register.simple_tag(takes_context=True)
def shown_question(context: template.Context, shown: Shown, view: str) -> SafeString:
    """What a kind gave to be shown, in one of its views."""
    values: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return render_to_string(shown.page(view), values | shown.context)


@register.simple_tag(takes_context=True)
def part_view(context: template.Context, part: dict[str, Any], view: str) -> SafeString:
    """A part of a case in one of its own kind's views; its data lies in the part (see `CaseAnalysis.show`)."""
    values: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return render_to_string(f"{part['template']}/{view}.html", values | part)


@register.simple_tag(takes_context=True)
def rich(context: template.Context, stem: str) -> SafeString:
    """A stem with its pictures and tables (`rules.rich`); every text is escaped here.

    `pictures` in the context holds addresses by id where the page carries its own; else staff addresses.
    """
    if "|" not in stem and "![" not in stem:
        return linebreaksbr(stem, autoescape=True)
    carried = context.get("pictures")
    shown = []
    for piece in pieces(stem):
        if isinstance(piece, Picture):
            address = reverse("question_bank:picture", args=[UUID(piece.uid)])
            known = address if carried is None else carried.get(piece.uid, "")
            shown.append({"src": known, "words": piece.words})
        elif isinstance(piece, Table):
            shown.append({"rows": piece.rows, "headed": piece.headed})
        else:
            shown.append({"text": piece.text})
    return render_to_string("question_bank/_rich.html", {"pieces": shown})


@register.filter
def stem_words(stem: str) -> str:
    """A stem without its markup, for lists."""
    return words(str(stem))


@register.filter
def state_badge(question: Question) -> SafeString:
    """The state of a question as a badge, for long lists."""
    tone = TONES.get(question.state, "muted")
    return format_html('<span class="badge badge-{}">{}</span>', tone, STATE_NAMES[question.state])


@register.filter
def bulk_value(edit: BulkEdit) -> str:
    """What a bulk edit set, in words."""
    return value_text(edit.action, edit.told.get("value", ""))


@register.filter
def kind_name(name: str) -> str:
    """The name of a kind for people."""
    return str(KIND_NAMES.get(name, name))


@register.filter
def difficulty_name(difficulty: int) -> str:
    """A difficulty in words."""
    return str(DIFFICULTY_NAMES.get(difficulty, difficulty))


@register.filter
def pool_name(pool: str) -> str:
    """The name of a pool for people."""
    return str(POOL_NAMES.get(pool, pool))


@register.filter
def key_lines(version: QuestionVersion) -> list[str]:
    """What is right, in short lines: letters of the stored order, accepted answers, scoring points."""
    found = kinds.get(version.kind).show(version.content, key=version.key).context["key_lines"]
    return [line for line in found if line] or ["—"]


@register.filter
def history_text(action: str) -> str:
    """An action of the audit trail in words."""
    texts = {
        "question_created": _("written"),
        "question_revised": _("revised"),
        "question_submitted": _("handed in for review"),
        "question_sent_back": _("sent back"),
        "question_reviewed": _("passed in review"),
        "question_pooled": _("moved to another pool"),
        "twins_settled": _("kept beside a near-duplicate"),
        "error_reported": _("reported as wrong"),
        "error_report_answered": _("answered to a report"),
        "question_published": _("published"),
        "question_retired": _("retired"),
        "draft_discarded": _("gave up a draft"),
        "bulk_change_undone": _("put back as before a bulk edit"),
    }
    return texts.get(action, action)
