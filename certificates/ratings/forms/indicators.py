"""The form of an indicator. It becomes the rules' own Indicator, and what they refuse comes back in words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.ratings.forms.fields import FigureField, StepsField, figure
from certificates.ratings.models.labels import KIND_LABELS, SOURCE_LABELS
from certificates.ratings.queries.schemes import kinds_of
from certificates.ratings.rendering.names import COMBINE_NAMES, MISSING_NAMES, SCALE_NAMES, WINDOW_NAMES
from certificates.ratings.rendering.problems import problem_text
from certificates.ratings.rules import catalogue
from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.problems import Problem
from certificates.ratings.rules.words import Combine, Kind, Missing, ScaleKind, Source, Window

# Which fields a scale, and which a kind of indicator, has use for.
OF_SCALE = {
    ScaleKind.TARGET: {"target"},
    ScaleKind.RANGE: {"low", "high"},
    ScaleKind.BANDS: {"bands"},
    ScaleKind.EACH: {"each"},
    ScaleKind.DIRECT: set(),
}
SCALE_FIELDS = set().union(*OF_SCALE.values())
NOT_OF_VETO = SCALE_FIELDS | {"scale", "full", "cap", "missing"}
FIELD_OF = {
    "params.kinds": "kinds",
    "params.where": "where",
    "scale.target": "target",
    "scale.high": "high",
    "scale.bands": "bands",
    "scale.each": "each",
}


class IndicatorForm(forms.Form):
    """What is measured, from which records, and how many points it gives. `code` is fixed once it exists."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=catalogue.TITLE_LENGTH,
        help_text=gettext_lazy("Income from fines is refused under any name."),
    )
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=32,
        help_text=gettext_lazy("Small letters, digits and _, such as exam_mean. It stays the same for ever."),
    )
    description = forms.CharField(
        label=gettext_lazy("What it means"),
        max_length=catalogue.TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"), choices=[(k.value, v) for k, v in KIND_LABELS.items()]
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Where the values come from"),
        choices=[(k.value, v) for k, v in SOURCE_LABELS.items()],
    )
    kinds = forms.CharField(
        label=gettext_lazy("Only records of these kinds"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("With commas between them; left empty: all of the source."),
    )
    where = forms.CharField(
        label=gettext_lazy("Only records with"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("One condition a line, such as: level = municipal, provincial."),
    )
    window = forms.ChoiceField(
        label=gettext_lazy("Which days count"), choices=[(k.value, v) for k, v in WINDOW_NAMES.items()]
    )
    combine = forms.ChoiceField(
        label=gettext_lazy("Several values become one"),
        choices=[(k.value, v) for k, v in COMBINE_NAMES.items()],
    )
    at_least = FigureField(
        label=gettext_lazy("The mark"),
        required=False,
        help_text=gettext_lazy("From here on a value counts as reached, and a veto bites."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Counted in"),
        required=False,
        max_length=12,
        help_text=gettext_lazy("Such as hours, times, points. Never money."),
    )
    scale = forms.ChoiceField(
        label=gettext_lazy("The value becomes points"), choices=[(k.value, v) for k, v in SCALE_NAMES.items()]
    )
    target = FigureField(label=gettext_lazy("Target"), required=False)
    low = FigureField(label=gettext_lazy("No points at"), required=False)
    high = FigureField(label=gettext_lazy("Full points at"), required=False)
    bands = StepsField(
        label=gettext_lazy("Steps"),
        required=False,
        help_text=gettext_lazy("One a line, highest first: minimum and points, such as: 90 100."),
    )
    each = FigureField(label=gettext_lazy("Points for each"), required=False)
    full = FigureField(
        label=gettext_lazy("Full points of this scale"),
        required=False,
        help_text=gettext_lazy("Usually 100; how much it weighs is said by the scheme."),
    )
    cap = FigureField(
        label=gettext_lazy("At most"),
        required=False,
        help_text=gettext_lazy("The most a bonus or deduction may come to in one period."),
    )
    missing = forms.ChoiceField(
        label=gettext_lazy("Where nothing was found"),
        choices=[(k.value, v) for k, v in MISSING_NAMES.items()],
        initial=Missing.ZERO.value,
    )

    def __init__(self, *args: Any, known: Indicator | None = None, number: int = 1, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(known) if known else BEGINNING)
        super().__init__(*args, **kwargs)
        self.number, self.known = number, known
        if known is not None:
            self.fields["code"].disabled = True
        if known_kinds := kinds_of(self._now("source")):
            self.fields["kinds"].help_text = _(
                "With commas between them; left empty: all of the source. Found so far: %(kinds)s."
            ) % {"kinds": "、".join(known_kinds)}
        self._shorten()

    def _shorten(self) -> None:
        """Leave away what the chosen kind and scale have no use for."""
        chosen = {name: self._now(name) for name in ("kind", "scale", "combine")}
        drop = SCALE_FIELDS - OF_SCALE.get(_scale(chosen["scale"]), SCALE_FIELDS)
        if chosen["kind"] == Kind.VETO:
            drop = NOT_OF_VETO
        elif chosen["kind"] == Kind.SCORE:
            drop = drop | {"cap"}
        else:
            drop = drop | {"missing"}
        if chosen["kind"] != Kind.VETO and chosen["combine"] != Combine.SHARE:
            drop = drop | {"at_least"}
        for name in drop:
            del self.fields[name]

    def _now(self, name: str) -> str:
        field = self.fields[name]
        value = (
            self.data.get(self.add_prefix(name)) if self.is_bound else self.get_initial_for_field(field, name)
        )
        return str(value or "")

    def clean_kinds(self) -> tuple[str, ...]:
        """The kinds, parted by commas of either sort."""
        return _parts(str(self.cleaned_data["kinds"]))

    def clean_where(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The conditions, one a line: a key, "=", values with commas."""
        found = []
        for line in str(self.cleaned_data["where"]).splitlines():
            key, sign, values = line.replace("＝", "=").partition("=")
            if not line.strip():
                continue
            if not sign or not key.strip() or not _parts(values):
                raise ValidationError(_("“%(line)s” is no condition.") % {"line": line.strip()[:40]})
            found.append((key.strip(), _parts(values)))
        return tuple(found)

    def clean_bands(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Steps of points: both sides are figures."""
        made = []
        for least, said in self.cleaned_data["bands"]:
            points = figure(said)
            if points is None:
                raise ValidationError(_("“%(text)s” is no figure.") % {"text": said})
            made.append((least, points))
        return tuple(made)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Put what the rules refuse at the field it is about."""
        for problem in problems:
            name = FIELD_OF.get(problem.field, problem.field)
            self.add_error(name if name in self.fields else None, problem_text(problem))

    def indicator(self) -> Indicator:
        """What was typed, as the rules take it. Call after validation of the fields."""
        said = {name: value for name, value in self.cleaned_data.items() if value is not None}
        blank = Scale()
        figures = {name: said[name] for name in ("target", "low", "high", "each", "bands") if name in said}
        return Indicator(
            code=said["code"].lower(),
            version=self.number,
            title=said["title"].strip(),
            source=Source(said["source"]),
            kind=Kind(said["kind"]),
            combine=Combine(said["combine"]),
            scale=Scale(kind=ScaleKind(said["scale"]), **figures) if "scale" in said else blank,
            full=said.get("full") or Decimal(100),
            cap=said.get("cap"),
            missing=Missing(said.get("missing") or Missing.ZERO),
            window=Window(said["window"]),
            kinds=said["kinds"],
            where=said["where"],
            at_least=said.get("at_least", Decimal(1)),
            unit=said["unit"].strip(),
            description=said["description"].strip(),
        )


BEGINNING: dict[str, Any] = {
    "kind": Kind.SCORE.value,
    "combine": Combine.MEAN.value,
    "scale": ScaleKind.TARGET.value,
    "target": Decimal(100),
    "full": Decimal(100),
}


def initial_of(one: Indicator) -> dict[str, Any]:
    """What the form of an indicator begins with."""
    scale = one.scale
    return {
        "title": one.title,
        "code": one.code,
        "description": one.description,
        "kind": one.kind.value,
        "source": one.source.value,
        "kinds": ", ".join(one.kinds),
        "where": "\n".join(f"{key} = {', '.join(values)}" for key, values in one.where),
        "window": one.window.value,
        "combine": one.combine.value,
        "at_least": one.at_least,
        "unit": one.unit,
        "scale": scale.kind.value,
        "target": scale.target,
        "low": scale.low,
        "high": scale.high,
        "bands": scale.bands,
        "each": scale.each,
        "full": one.full,
        "cap": one.cap,
        "missing": one.missing.value,
    }


def _parts(text: str) -> tuple[str, ...]:
    return tuple(
        part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()
    )


def _scale(text: str) -> ScaleKind:
    return ScaleKind(text) if text in set(ScaleKind) else ScaleKind.TARGET
