"""Specifications as they are stored (JSON, amounts as decimal text) to what the rules work with, and back.

Reading is strict: an unknown key or a wrong type raises BadSpec. Whether the content makes sense is decided by
`catalogue.check` and `schemes.check`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.numbers import CENT, LARGEST, plain
from certificates.ratings.rules.problems import BadSpec, Problem
from certificates.ratings.rules.schemes import MOST_STAR, Line, Movement, Scheme, Veto
from certificates.ratings.rules.words import (
    Combine,
    Kind,
    Missing,
    PeriodKind,
    ScaleKind,
    Source,
    Subject,
    Window,
)

W = TypeVar("W", bound=StrEnum)
T = TypeVar("T")
MOST_ITEMS, MOST_TEXT, MOST_COUNT = 60, 1000, 1000
Spec = dict[str, Any]


class _Fields:
    """The keys of a JSON object, each taken once; what is left over is refused."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise BadSpec(Problem(where, "object"))
        self._where, self._left = where, dict(data)

    def take(self, key: str, read: Callable[[str, Any], T], default: T) -> T:
        """The value of a key, read; the default where it is missing or null."""
        data = self._left.pop(key, None)
        return default if data is None else read(f"{self._where}{key}", data)

    def done(self) -> None:
        """Raises BadSpec when a key is left."""
        if self._left:
            raise BadSpec(Problem(f"{self._where}{sorted(map(str, self._left))[0]}", "unknown_key"))


def _text(where: str, data: object) -> str:
    if not isinstance(data, str) or len(data) > MOST_TEXT:
        raise BadSpec(Problem(where, "text"))
    return data


def _amount(where: str, data: object) -> Decimal:
    """A decimal number of at most two places, given as text or a whole number."""
    if isinstance(data, bool) or not isinstance(data, (str, int)):
        raise BadSpec(Problem(where, "number"))
    try:
        number = Decimal(data)
    except InvalidOperation:
        raise BadSpec(Problem(where, "number")) from None
    if not number.is_finite() or abs(number) > LARGEST or number != number.quantize(CENT):
        raise BadSpec(Problem(where, "number"))
    return number.quantize(CENT)


def _count(where: str, data: object) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data <= MOST_COUNT:
        raise BadSpec(Problem(where, "count"))
    return data


def _word(words: type[W]) -> Callable[[str, Any], W]:
    def read(where: str, data: object) -> W:
        try:
            return words(_text(where, data))
        except ValueError:
            raise BadSpec(Problem(where, "choice")) from None

    return read


def _items(read: Callable[[str, Any], T]) -> Callable[[str, Any], tuple[T, ...]]:
    def read_all(where: str, data: object) -> tuple[T, ...]:
        if not isinstance(data, (list, tuple)) or len(data) > MOST_ITEMS:
            raise BadSpec(Problem(where, "list"))
        return tuple(read(f"{where}.{number}", one) for number, one in enumerate(data))

    return read_all


def _step(read: Callable[[str, Any], T]) -> Callable[[str, Any], tuple[Decimal, T]]:
    def read_step(where: str, data: object) -> tuple[Decimal, T]:
        if not isinstance(data, (list, tuple)) or len(data) != 2:
            raise BadSpec(Problem(where, "step"))
        return _amount(f"{where}.0", data[0]), read(f"{where}.1", data[1])

    return read_step


def _conditions(where: str, data: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(data, Mapping) or len(data) > MOST_ITEMS:
        raise BadSpec(Problem(where, "object"))
    return tuple(
        (_text(where, key), _items(_text)(f"{where}.{key}", data[key])) for key in sorted(data, key=str)
    )


def _scale(where: str, data: object) -> Scale:
    fields = _Fields(f"{where}.", data)
    plain_scale = Scale()
    made = Scale(
        kind=fields.take("kind", _word(ScaleKind), plain_scale.kind),
        target=fields.take("target", _amount, plain_scale.target),
        low=fields.take("low", _amount, plain_scale.low),
        high=fields.take("high", _amount, plain_scale.high),
        each=fields.take("each", _amount, plain_scale.each),
        bands=fields.take("bands", _items(_step(_amount)), ()),
    )
    fields.done()
    return made


def indicator(code: str, version: int, spec: object) -> Indicator:
    """An indicator from its stored specification. Raises BadSpec."""
    fields = _Fields("", spec)
    params = _Fields("params.", fields.take("params", lambda _where, data: data, {}))
    made = Indicator(
        code=code,
        version=version,
        title=fields.take("title", _text, ""),
        source=fields.take("source", _word(Source), Source.IMPORTED),
        kind=fields.take("kind", _word(Kind), Kind.SCORE),
        combine=fields.take("combine", _word(Combine), Combine.SUM),
        scale=fields.take("scale", _scale, Scale()),
        full=fields.take("full", _amount, Decimal(100)),
        cap=fields.take("cap", _amount, None),
        missing=fields.take("missing", _word(Missing), Missing.ZERO),
        window=fields.take("window", _word(Window), Window.PERIOD),
        kinds=params.take("kinds", _items(_text), ()),
        where=params.take("where", _conditions, ()),
        at_least=params.take("at_least", _amount, Decimal(1)),
        unit=fields.take("unit", _text, ""),
        description=fields.take("description", _text, ""),
    )
    fields.done()
    params.done()
    return made


def indicator_spec(made: Indicator) -> Spec:
    """The specification of an indicator, to be stored. What its scale does not use is left out."""
    return {
        "title": made.title,
        "source": made.source.value,
        "kind": made.kind.value,
        "combine": made.combine.value,
        "scale": _scale_spec(made.scale),
        "full": plain(made.full),
        "cap": None if made.cap is None else plain(made.cap),
        "missing": made.missing.value,
        "window": made.window.value,
        "params": {
            "kinds": list(made.kinds),
            "where": {key: list(allowed) for key, allowed in made.where},
            "at_least": plain(made.at_least),
        },
        "unit": made.unit,
        "description": made.description,
    }


def _scale_spec(scale: Scale) -> Spec:
    used: dict[ScaleKind, Spec] = {
        ScaleKind.TARGET: {"target": plain(scale.target)},
        ScaleKind.RANGE: {"low": plain(scale.low), "high": plain(scale.high)},
        ScaleKind.BANDS: {"bands": [[plain(least), plain(points)] for least, points in scale.bands]},
        ScaleKind.EACH: {"each": plain(scale.each)},
        ScaleKind.DIRECT: {},
    }
    return {"kind": scale.kind.value, **used[scale.kind]}


def _line(where: str, data: object) -> Line:
    fields = _Fields(f"{where}.", data)
    made = Line(
        fields.take("code", _text, ""),
        fields.take("version", _count, 1),
        fields.take("weight", _amount, Decimal(1)),
    )
    fields.done()
    return made


def _movement(where: str, data: object) -> Movement:
    fields = _Fields(f"{where}.", data)
    plain_rules = Movement()
    made = Movement(
        fields.take("up_after", _count, plain_rules.up_after),
        fields.take("down_after", _count, plain_rules.down_after),
        fields.take("most_up", _count, plain_rules.most_up),
        fields.take("most_down", _count, plain_rules.most_down),
        fields.take("first_at_most", _count, plain_rules.first_at_most),
    )
    fields.done()
    return made


def _veto(where: str, data: object) -> Veto:
    fields = _Fields(f"{where}.", data)
    made = Veto(
        fields.take("score_at_most", _amount, None),
        fields.take("grade_at_most", _text, ""),
        fields.take("star_at_most", _count, None),
    )
    if made.star_at_most is not None and made.star_at_most > MOST_STAR:
        raise BadSpec(Problem(f"{where}.star_at_most", "star_range", {"most": MOST_STAR}))
    fields.done()
    return made


def _roll_up(where: str, data: object) -> dict[str, dict[str, Decimal]]:
    if not isinstance(data, Mapping):
        raise BadSpec(Problem(where, "object"))
    made: dict[str, dict[str, Decimal]] = {}
    for kind, weights in data.items():
        if not isinstance(weights, Mapping):
            raise BadSpec(Problem(f"{where}.{kind}", "object"))
        made[str(kind)] = {str(part): _amount(f"{where}.{kind}", weight) for part, weight in weights.items()}
    return made


def scheme(subject: str, spec: object) -> Scheme:
    """A scheme from its stored specification. Raises BadSpec."""
    fields = _Fields("", spec)
    made = Scheme(
        subject=_word(Subject)("subject", subject),
        lines=fields.take("lines", _items(_line), ()),
        base=fields.take("base", _amount, Decimal(0)),
        floor=fields.take("floor", _amount, Decimal(0)),
        ceiling=fields.take("ceiling", _amount, Decimal(100)),
        bands=fields.take("bands", _items(_step(_text)), ()),
        stars=fields.take("stars", _items(_step(_count)), ()),
        star_kinds=fields.take("star_kinds", _items(_word(PeriodKind)), ()),
        movement=fields.take("movement", _movement, Movement()),
        veto=fields.take("veto", _veto, Veto()),
        min_size=fields.take("min_size", _count, 0),
        roll_up=fields.take("roll_up", _roll_up, {}),
        categories=fields.take("categories", _items(_text), ()),
    )
    fields.done()
    return made


def scheme_spec(made: Scheme) -> Spec:
    """The specification of a scheme, to be stored. The subject stands beside it."""
    veto = made.veto
    return {
        "lines": [
            {"code": one.code, "version": one.version, "weight": plain(one.weight)} for one in made.lines
        ],
        "base": plain(made.base),
        "floor": plain(made.floor),
        "ceiling": plain(made.ceiling),
        "bands": [[plain(least), grade] for least, grade in made.bands],
        "stars": [[plain(least), star] for least, star in made.stars],
        "star_kinds": [kind.value for kind in made.star_kinds],
        "movement": {
            "up_after": made.movement.up_after,
            "down_after": made.movement.down_after,
            "most_up": made.movement.most_up,
            "most_down": made.movement.most_down,
            "first_at_most": made.movement.first_at_most,
        },
        "veto": {
            "score_at_most": None if veto.score_at_most is None else plain(veto.score_at_most),
            "grade_at_most": veto.grade_at_most,
            "star_at_most": veto.star_at_most,
        },
        "min_size": made.min_size,
        "roll_up": {
            kind: {part: plain(weight) for part, weight in weights.items()}
            for kind, weights in made.roll_up.items()
        },
        "categories": list(made.categories),
    }
