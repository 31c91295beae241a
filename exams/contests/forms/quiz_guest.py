"""Forms of a guest of a public quiz: taking part, a winner's answer, and answers as a phone sends them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests.models import Quiz, QuizGroup
from exams.contests.rules.quiz import MOST_QUESTIONS
from exams.contests.services.quiz_taking import Said


class JoinForm(forms.Form):
    """Taking part. What is wrong with a nickname the service says."""

    nickname = forms.CharField(
        label=gettext_lazy("Nickname"),
        max_length=60,
        error_messages={"required": gettext_lazy("Give a nickname.")},
        help_text=gettext_lazy("12 characters at most. Public lists show its first character only."),
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Community or unit"),
        queryset=QuizGroup.objects.none(),
        error_messages={"required": gettext_lazy("Choose your community or unit.")},
    )
    code = forms.CharField(label=gettext_lazy("Your code"), max_length=40)
    consents = forms.BooleanField(
        label=gettext_lazy("I have read what happens to my entries and accept it."),
        error_messages={
            "required": gettext_lazy("Please read and accept what happens to your entries first.")
        },
    )

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["group"].queryset = quiz.groups.all()
        fields["group"].empty_label = _("Please choose")
        fields["nickname"].widget.attrs.update(autocomplete="off", maxlength=24)
        fields["code"].widget.attrs.update(autocomplete="off", autocapitalize="characters")
        if not quiz.codes_only:
            del fields["code"]
        if not fields["group"].queryset.exists():
            del fields["group"]


class PrizeForm(forms.Form):
    """A winner's answer."""

    contact = forms.CharField(label=gettext_lazy("How we reach you"), max_length=200, required=False)
    consents = forms.BooleanField(
        label=gettext_lazy("I accept that the organiser keeps this until it is deleted as said above."),
        required=False,
    )


class Unreadable(Exception):
    """This is not what the page sends."""


def attempt_number(told: Any) -> int:
    """The number of an attempt. Raises Unreadable."""
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) < 4:
        return int(told)
    if type(told) is int and 0 < told < 1000:
        return told
    raise Unreadable


def said_in(data: Mapping[str, Any]) -> list[Said]:
    """The answers of a page's JSON. Raises Unreadable."""
    rows = data.get("answers")
    if not isinstance(rows, list) or len(rows) > MOST_QUESTIONS:
        raise Unreadable
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise Unreadable
        item, count = row.get("item"), row.get("n")
        if type(item) is not int or type(count) is not int:
            raise Unreadable
        found.append(Said(item, count, row.get("response")))
    return found


def said_in_form(data: QueryDict, items: int, counts: Mapping[int, int]) -> list[Said]:
    """The answers of the plain form that hands in: newer than whatever was saved, blank ones left as saved."""
    return [
        Said(place, counts.get(place, 0) + 1, data.getlist(f"q{place}"))
        for place in range(1, items + 1)
        if data.getlist(f"q{place}")
    ]
