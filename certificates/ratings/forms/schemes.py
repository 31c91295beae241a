"""The form of a scheme: who is assessed, which indicators weigh how much, bands, stars, cycles."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.ratings.forms.fields import FigureField, StepsField, figure
from certificates.ratings.models.labels import KIND_LABELS, PERIOD_LABELS
from certificates.ratings.queries.schemes import Entry
from certificates.ratings.rendering.problems import problem_text
from certificates.ratings.rules.presets import PRESETS
from certificates.ratings.rules.problems import Problem
from certificates.ratings.rules.schemes import (
    INSIDE,
    MOST_STAR,
    OWN,
    UNIT_SOURCES,
    Line,
    Movement,
    Scheme,
    Veto,
)
from certificates.ratings.rules.words import Kind, PeriodKind, Subject
from lianbing.people.models import Officer

OWN_LINES = gettext_lazy("Its own lines")
NO_PRESET = ""


class NewSchemeForm(forms.Form):
    """What a new scheme is called and which figures it begins with."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    preset = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        choices=[(one.code, one.title) for one in PRESETS],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Every figure is a proposal; change what you like before it is adopted."),
    )


class SchemeForm(forms.Form):
    """Everything a scheme says. Lines stand for the catalogue: an indicator with a weight is in it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    base = FigureField(label=gettext_lazy("Everybody begins with"))
    floor = FigureField(label=gettext_lazy("Lowest score"))
    ceiling = FigureField(label=gettext_lazy("Highest score"))
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"),
        choices=Officer.Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: everybody."),
    )
    min_size = forms.IntegerField(
        label=gettext_lazy("Smallest unit that is ranked"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("Smaller units get a result and no place."),
    )
    bands = StepsField(
        label=gettext_lazy("Grades"),
        help_text=gettext_lazy("One a line, highest first: minimum and name, such as: 90 优秀."),
    )
    stars = StepsField(
        label=gettext_lazy("Stars"),
        required=False,
        help_text=gettext_lazy(
            "One a line, highest first: minimum and stars, such as: 95 5. Empty: no stars."
        ),
    )
    star_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Stars are given in"),
        choices=[(k.value, v) for k, v in PERIOD_LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    up_after = forms.IntegerField(
        label=gettext_lazy("A star rises after so many periods in a row"), min_value=1, max_value=12
    )
    down_after = forms.IntegerField(
        label=gettext_lazy("It falls after so many periods in a row"), min_value=1, max_value=12
    )
    most_up = forms.IntegerField(
        label=gettext_lazy("Steps up at once, at most"),
        min_value=0,
        max_value=MOST_STAR,
        help_text=gettext_lazy("0 = as far as earned."),
    )
    most_down = forms.IntegerField(
        label=gettext_lazy("Steps down at once, at most"), min_value=0, max_value=MOST_STAR
    )
    first_at_most = forms.IntegerField(
        label=gettext_lazy("The first star is at most"), min_value=0, max_value=MOST_STAR
    )
    veto_score = FigureField(label=gettext_lazy("A veto: score at most"), required=False)
    veto_grade = forms.CharField(label=gettext_lazy("A veto: grade at most"), required=False, max_length=20)
    veto_star = forms.IntegerField(
        label=gettext_lazy("A veto: stars at most"), required=False, min_value=0, max_value=MOST_STAR
    )

    def __init__(
        self, *args: Any, scheme: Scheme, title: str, entries: Iterable[Entry], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(scheme, title))
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        weights = {line.code: line.weight for line in scheme.lines}
        of_units = scheme.subject is Subject.UNIT
        self.entries = [one for one in entries if of_units or one.rules.source not in UNIT_SOURCES]
        for one in self.entries:
            self.fields[_weight(one)] = FigureField(
                label=one.rules.title, required=False, initial=weights.get(one.indicator.code)
            )
        self._roll_up_fields()
        for name in ("min_size",) if not of_units else ("categories",):
            del self.fields[name]

    def _roll_up_fields(self) -> None:
        for kind, inside in INSIDE.items():
            if not inside:
                continue
            now = self.scheme.roll_up.get(kind, {})
            for part in (*inside, OWN):
                label = OWN_LINES if part == OWN else PERIOD_LABELS[PeriodKind(part)]
                self.fields[_part(kind, part)] = FigureField(
                    label=label, required=False, initial=now.get(part)
                )

    def clean_stars(self) -> tuple[tuple[Decimal, int], ...]:
        """Steps of stars: the right side is a whole number."""
        made = []
        for least, said in self.cleaned_data["stars"]:
            number = figure(said.replace("星", "").replace("★", ""))
            if number is None or number != int(number) or number > MOST_STAR:
                raise forms.ValidationError(
                    _("“%(text)s”: stars are whole numbers from 0 to %(most)s.")
                    % {"text": said, "most": MOST_STAR}
                )
            made.append((least, int(number)))
        return tuple(made)

    def rules(self) -> Scheme:
        """What was typed, as the rules take it. Call after validation."""
        said = self.cleaned_data
        return Scheme(
            subject=self.scheme.subject,
            lines=tuple(self._lines()),
            base=said["base"],
            floor=said["floor"],
            ceiling=said["ceiling"],
            bands=said["bands"],
            stars=said["stars"],
            star_kinds=tuple(PeriodKind(kind) for kind in said["star_kinds"]),
            movement=Movement(
                said["up_after"],
                said["down_after"],
                said["most_up"],
                said["most_down"],
                said["first_at_most"],
            ),
            veto=Veto(said["veto_score"], said["veto_grade"].strip(), said["veto_star"]),
            min_size=said.get("min_size") or 0,
            roll_up=self._roll_up(),
            categories=tuple(said.get("categories") or ()),
        )

    def _lines(self) -> Iterable[Line]:
        """The lines in the order they stood in; new ones behind. A line takes the newest version."""
        order = {line.code: place for place, line in enumerate(self.scheme.lines)}
        chosen = [one for one in self.entries if self.cleaned_data.get(_weight(one))]
        for one in sorted(chosen, key=lambda one: order.get(one.indicator.code, len(order))):
            yield Line(one.indicator.code, one.newest.number, self.cleaned_data[_weight(one)])

    def _roll_up(self) -> dict[str, dict[str, Decimal]]:
        made: dict[str, dict[str, Decimal]] = {}
        for kind, inside in INSIDE.items():
            found = {part: self.cleaned_data.get(_part(kind, part)) for part in (*inside, OWN)}
            weights = {part: weight for part, weight in found.items() if weight}
            if weights:
                made[kind.value] = {str(part): weight for part, weight in weights.items()}
        return made

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Put what stands against it on top of the form."""
        for problem in problems:
            self.add_error(None, problem_text(problem))

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The weights by what their indicators do: [(name of the kind, [(entry, bound field)])]."""
        found: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
        for one in self.entries:
            found[one.rules.kind].append((one, self[_weight(one)]))
        return [(KIND_LABELS[kind], rows) for kind, rows in found.items() if rows]

    def cycles(self) -> list[tuple[Any, list[Any]]]:
        """The weights of what is rolled up: [(name of the cycle, bound fields)]."""
        return [
            (PERIOD_LABELS[kind], [self[_part(kind, part)] for part in (*inside, OWN)])
            for kind, inside in INSIDE.items()
            if inside
        ]

    def head(self) -> list[Any]:
        """The fields of the first section."""
        return self._named("title", "base", "floor", "ceiling", "categories", "min_size")

    def steps(self) -> list[Any]:
        """Grades and stars."""
        return self._named("bands", "stars", "star_kinds")

    def moves(self) -> list[Any]:
        """How stars move and what a veto does."""
        names = ("up_after", "down_after", "most_up", "most_down", "first_at_most")
        return self._named(*names, "veto_score", "veto_grade", "veto_star")

    def _named(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]


class AdoptForm(forms.Form):
    """From which day a scheme is in force, and a deliberate yes."""

    starts_on = forms.DateField(
        label=gettext_lazy("In force for periods that begin on or after"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    looked = forms.BooleanField(
        label=gettext_lazy(
            "I have looked at who would change on past data. An adopted version never changes again."
        )
    )

    def clean_starts_on(self) -> datetime.date:
        """A day of this century."""
        day: datetime.date = self.cleaned_data["starts_on"]
        if not 2000 <= day.year < 2100:
            raise forms.ValidationError(_("Choose a day between 2000 and 2100."))
        return day


def _weight(entry: Entry) -> str:
    return f"weight_{entry.indicator.code}"


def _part(kind: str, part: str) -> str:
    return f"roll_{kind}_{part}"


def _initial(scheme: Scheme, title: str) -> dict[str, Any]:
    moves, veto = scheme.movement, scheme.veto
    return {
        "title": title,
        "base": scheme.base,
        "floor": scheme.floor,
        "ceiling": scheme.ceiling,
        "categories": list(scheme.categories),
        "min_size": scheme.min_size,
        "bands": scheme.bands,
        "stars": scheme.stars,
        "star_kinds": [kind.value for kind in scheme.star_kinds],
        "up_after": moves.up_after,
        "down_after": moves.down_after,
        "most_up": moves.most_up,
        "most_down": moves.most_down,
        "first_at_most": moves.first_at_most,
        "veto_score": veto.score_at_most,
        "veto_grade": veto.grade_at_most,
        "veto_star": veto.star_at_most,
    }
