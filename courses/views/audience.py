"""How many people an audience has, while one ticks."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from courses.forms.audience import AudienceField, count_words
from courses.permissions.duties import COUNTERS
from lianbing.kit import clock
from lianbing.people.request import Request


class _CountForm(forms.Form):
    audience = AudienceField()


@require_POST
def audience_count(request: Request) -> HttpResponse:
    """The number as a sentence, of people within the units one looks after; or what is wrong."""
    form, today = _CountForm(request.POST), clock.today()
    field = form.fields["audience"]
    assert isinstance(field, AudienceField)
    field.offer(request.actor.scopes(*COUNTERS), today)
    if form.is_valid():
        return JsonResponse({"text": count_words(form.cleaned_data["audience"], today)})
    return JsonResponse({"text": " ".join(str(e) for e in form.errors.get("audience", []))})
