"""The rulebook as forms: one for what holds for the whole match, one for every round, built from its settings.

Rounds are named by tokens ("0", "1", ...) in the hidden field `order`; adding, removing and moving only changes
that list, so that nothing typed is lost on the way.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests import rounds
from exams.contests.rendering.settings_words import (
    TIE_RULES,
    option_name,
    problem_text,
    setting_help,
    setting_name,
)
from exams.contests.rendering.words import FOULS, foul_name, kind_name
from exams.contests.rules.rulebook import (
    MOST_ITEMS,
    MOST_ON_STAGE,
    MOST_ROUNDS,
    MOST_SUBSTITUTIONS,
    MOST_TEAMS,
    BadRulebook,
    Rulebook,
)
from exams.contests.rules.settings import MOST_VALUES, Setting, amount, plain

TIE_KINDS = ("", "sudden_death", "risk")
TIE = "tie"


class PointsField(forms.DecimalField):
    """Points: 0 to 1,000 with at most two places, kept as text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 1000)
        super().__init__(max_digits=6, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else plain(Decimal(number))


class ValuesField(forms.CharField):
    """A list of points to choose from: "10, 20, 30"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace("，", ",").replace("、", ",")
        found = [part.strip() for part in text.split(",") if part.strip()]
        if any(amount(part) is None for part in found):
            raise ValidationError(_("Write points with commas between them, such as 10, 20, 30."))
        if not 1 <= len(found) <= MOST_VALUES:
            raise ValidationError(_("Write one to six of them."))
        return [plain(Decimal(part)) for part in found]


def _field(kind: str, one: Setting) -> forms.Field:
    """The form field of one setting of a kind of round."""
    said: dict[str, Any] = {"label": setting_name(kind, one.name), "help_text": setting_help(one.name)}
    if one.sort == "flag":
        return forms.BooleanField(required=False, **said)
    if one.sort == "choice":
        names = [(code, option_name(one.name, code)) for code in one.options]
        return forms.ChoiceField(choices=names, **said)
    if one.sort == "whole":
        return forms.IntegerField(min_value=one.least, max_value=one.most, **said)
    if one.sort == "points":
        return PointsField(min_value=one.least, max_value=one.most, **said)
    return ValuesField(**said)


class HeadForm(forms.Form):
    """What holds for the whole match."""

    name = forms.CharField(label=gettext_lazy("Name of the rules"), max_length=40)
    base_score = PointsField(label=gettext_lazy("Every team begins with"))
    on_stage = forms.IntegerField(
        label=gettext_lazy("People of a team on the stage"),
        min_value=0,
        max_value=MOST_ON_STAGE,
        help_text=gettext_lazy("0 = no teams: only the audience plays."),
    )
    most_substitutions = forms.IntegerField(
        label=gettext_lazy("Substitutions at most, each team"), min_value=0, max_value=MOST_SUBSTITUTIONS
    )
    floor = PointsField(
        label=gettext_lazy("No score falls below"),
        required=False,
        help_text=gettext_lazy("Left empty: no limit, a score may fall below zero."),
    )
    qualify = forms.IntegerField(
        label=gettext_lazy("Teams of a match that go on to the final"),
        min_value=0,
        max_value=MOST_TEAMS,
    )
    tie_window_ms = forms.IntegerField(
        label=gettext_lazy("Buzzer: presses this close together count as one (ms)"),
        min_value=0,
        max_value=500,
    )
    tie_rule = forms.ChoiceField(label=gettext_lazy("Buzzer: presses that count as one"), choices=TIE_RULES)
    cap_ms = forms.IntegerField(
        label=gettext_lazy("Buzzer: a slow network is made up for by at most (ms)"),
        min_value=0,
        max_value=150,
    )

    def document(self) -> dict[str, Any]:
        """What was typed, as JSON. Call after validation."""
        said = dict(self.cleaned_data)
        buzzer = {name: said.pop(name) for name in ("cap_ms", "tie_window_ms", "tie_rule")}
        return said | {"buzzer": buzzer}


class FoulsForm(forms.Form):
    """What each foul costs; empty = no such foul."""

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = [code for code in FOULS if code != "material"]
        for code in dict.fromkeys([*usual, *codes]):
            self.fields[code] = PointsField(label=foul_name(code), required=False)

    def document(self) -> list[dict[str, Any]]:
        """What was typed, as JSON. Call after validation."""
        return [
            {"code": code, "points": points}
            for code, points in self.cleaned_data.items()
            if points is not None
        ]


class RoundForm(forms.Form):
    """One round: its title, how many questions, and the settings of its kind."""

    title = forms.CharField(label=gettext_lazy("Title of the round"), max_length=40, required=False)
    items = forms.IntegerField(
        label=gettext_lazy("Number of questions"),
        min_value=0,
        max_value=MOST_ITEMS,
        help_text=gettext_lazy("0 = as many as everybody's turn needs."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: str,
        token: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=f"r{token}", initial=initial)
        self.kind, self.token = kind, token
        self.kind_name = kind_name(kind)
        self.settings = rounds.get(kind).settings
        self.fields["title"].widget.attrs["placeholder"] = self.kind_name
        for one in self.settings:
            self.fields[one.name] = _field(kind, one)

    @staticmethod
    def initial_of(kind: str, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the form begins with: a round in JSON, or the usual settings of a new one."""
        said = said or {"title": kind_name(kind), "items": 10 if kind in ("buzzer", "audience") else 0}
        given = said.get("settings", {})
        usual = {one.name: given.get(one.name, one.default) for one in rounds.get(kind).settings}
        return {"title": said.get("title", ""), "items": said.get("items", 0)} | usual

    def document(self) -> dict[str, Any]:
        """What was typed, as JSON. Call after validation."""
        said = self.cleaned_data
        return {
            "kind": self.kind,
            "title": said["title"],
            "items": said["items"],
            "settings": {one.name: said[one.name] for one in self.settings},
        }


class RulebookEditor:
    """All forms of a rulebook. Built from its JSON, or from what the page sent (with the act of a button)."""

    def __init__(self, document: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        self.data = None if data is None else dict(data.items())
        self.error = ""
        self._codes = [one["code"] for one in document.get("fouls", ())]
        if self.data is None:
            self._begin(document)
        else:
            self._continue(self.data)

    def _begin(self, document: Mapping[str, Any]) -> None:
        buzzer = document.get("buzzer", {})
        fouls = {one["code"]: one["points"] for one in document.get("fouls", ())}
        self.head = HeadForm(initial={**document, **buzzer})
        self.fouls = FoulsForm(prefix="foul", codes=self._codes, initial=fouls)
        self.rounds = [
            RoundForm(kind=one["kind"], token=str(n), initial=RoundForm.initial_of(one["kind"], one))
            for n, one in enumerate(document.get("rounds", ()))
        ]
        tie = document.get("tie_break")
        self.tie = (
            RoundForm(kind=tie["kind"], token=TIE, initial=RoundForm.initial_of(tie["kind"], tie))
            if tie
            else None
        )

    def _continue(self, data: dict[str, Any]) -> None:
        order = self._acted(data, _order(data.get("order", "")))
        tie = data.get("tie", "") if data.get("tie", "") in TIE_KINDS else ""
        act, _sep, what = data.get("act", "").partition(":")
        if act == "tie" and what in TIE_KINDS:
            tie = what
            self._usual(data, what, TIE)
        self.head, self.fouls = HeadForm(data), FoulsForm(data, prefix="foul", codes=self._codes)
        self.rounds = [RoundForm(data, kind=kind, token=token) for token, kind in order]
        self.tie = RoundForm(data, kind=tie, token=TIE) if tie else None

    def _acted(self, data: dict[str, Any], order: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The order after the button that was pressed: add:kind, remove:token, up:token, down:token."""
        act, _sep, what = data.get("act", "").partition(":")
        at = next((n for n, (token, _kind) in enumerate(order) if token == what), None)
        if act == "add" and what in rounds.names() and what != "sudden_death" and len(order) < MOST_ROUNDS:
            token = str(max((int(token) for token, _kind in order), default=-1) + 1)
            self._usual(data, what, token)
            return [*order, (token, what)]
        if at is None:
            return order
        if act == "remove":
            return order[:at] + order[at + 1 :]
        other = at - 1 if act == "up" else at + 1 if act == "down" else at
        if 0 <= other < len(order):
            order[at], order[other] = order[other], order[at]
        return order

    def _usual(self, data: dict[str, Any], kind: str, token: str) -> None:
        """Put the usual settings of a new round among what was sent."""
        if not kind:
            return
        for name, value in RoundForm.initial_of(kind).items():
            if isinstance(value, bool):
                data.pop(f"r{token}-{name}", None)
                if not value:
                    continue
                value = "on"
            text = ", ".join(value) if isinstance(value, list) else str(value)
            data[f"r{token}-{name}"] = text

    @property
    def order(self) -> str:
        """The hidden field `order`."""
        return ",".join(f"{one.token}.{one.kind}" for one in self.rounds)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of rounds that can be added, with their names."""
        return [(kind, kind_name(kind)) for kind in rounds.names() if kind != "sudden_death"]

    @property
    def tie_kinds(self) -> list[tuple[str, str]]:
        """How a tie can be broken, with names."""
        return [(kind, kind_name(kind) if kind else _("No tie break")) for kind in TIE_KINDS]

    def book(self) -> Rulebook | None:
        """The rulebook as typed, or None with the errors put where they belong."""
        every: list[Any] = [self.head, self.fouls, *self.rounds, *([self.tie] if self.tie else [])]
        unsound = [form for form in every if not form.is_valid()]
        if unsound:
            return None
        try:
            return rounds.parse(self.document())
        except BadRulebook as error:
            self._place(error)
            return None

    def document(self) -> dict[str, Any]:
        """All of it as JSON. Call after the forms were validated."""
        return self.head.document() | {
            "fouls": self.fouls.document(),
            "rounds": [one.document() for one in self.rounds],
            "tie_break": self.tie.document() if self.tie else None,
        }

    def _place(self, error: BadRulebook) -> None:
        """Put an error of the whole where the eye looks for it."""
        text = problem_text(error.code)
        first, _sep, rest = error.field.partition(".")
        if first == "rounds" and rest:
            number, _sep, field = rest.partition(".")
            form: Any = self.rounds[int(number)]
            name = field.removeprefix("settings.")
        elif first == "tie_break" and self.tie:
            form, name = self.tie, rest.removeprefix("settings.")
        else:
            form, name = self.head, rest if first == "buzzer" else first
        if name in form.fields:
            form.add_error(name, text)
        elif form is self.head:
            self.error = text
        else:
            form.add_error(None, text)


def _order(text: str) -> list[tuple[str, str]]:
    """The hidden field `order` as (token, kind); what is malformed is left out."""
    found: list[tuple[str, str]] = []
    for part in text.split(",")[:MOST_ROUNDS]:
        token, _sep, kind = part.partition(".")
        fresh = token not in {one for one, _kind in found}
        if token.isascii() and token.isdigit() and len(token) < 5 and kind in rounds.names() and fresh:
            found.append((token, kind))
    return [one for one in found if one[1] != "sudden_death"]
