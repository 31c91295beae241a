"""Words of quizzes and campaigns on pages."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exams.contests.rendering import quiz as rendering
from exams.contests.rules import campaigns
from exams.contests.rules.quiz import Stage

register = template.Library()


@register.simple_tag
def quiz_badge(stage: Stage) -> SafeString:
    """Where a quiz stands, as a badge."""
    label, tone = rendering.STAGES[stage]
    return render_to_string("components/badge.html", {"label": label, "tone": tone})


@register.simple_tag
def campaign_badge(stage: campaigns.Stage) -> SafeString:
    """Where a campaign stands, as a badge."""
    label, tone = rendering.CAMPAIGN_STAGES[stage]
    return render_to_string("components/badge.html", {"label": label, "tone": tone})


@register.filter
def preset_name(code: str) -> str:
    """The name of a yearly day; "" for none."""
    return str(rendering.PRESETS.get(code, ""))


@register.filter
def span_words(seconds: int | None) -> str:
    """A number of seconds in minutes and seconds."""
    return "" if seconds is None else rendering.span(seconds)
