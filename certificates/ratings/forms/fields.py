"""Fields of the editors: figures, and steps written one a line."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certificates.ratings.rules.numbers import LARGEST, plain

MOST_STEPS = 12


class FigureField(forms.DecimalField):
    """A figure with at most two places, 0 to 99,999.99."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", LARGEST)
        super().__init__(max_digits=7, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class StepsField(forms.CharField):
    """Steps, one a line, as "90 优秀" or "80 = 15": a minimum and what stands from there on. Highest first.

    Cleans to a tuple of (Decimal, text).
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}))
        super().__init__(max_length=600, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple | list):
            return value
        return "\n".join(f"{plain(least)} {_written(said)}" for least, said in value)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "")
        lines = [line for line in text.replace("；", "\n").replace(";", "\n").splitlines() if line.strip()]
        if len(lines) > MOST_STEPS:
            raise ValidationError(_("At most %(most)s steps.") % {"most": MOST_STEPS})
        return tuple(_step(line) for line in lines)


def _written(said: Any) -> str:
    return plain(said) if isinstance(said, Decimal) else str(said)


def _step(line: str) -> tuple[Decimal, str]:
    for sign in ("=", "＝", ":", "：", "，", ",", "→", "\t"):
        line = line.replace(sign, " ")
    least, _space, said = line.strip().partition(" ")
    number = figure(least)
    if number is None or not said.strip():
        raise ValidationError(
            _("“%(line)s” is no step. Write the minimum, a space, and what it gives, such as: 90 优秀.")
            % {"line": line.strip()[:40]}
        )
    return number, said.strip()[:20]


def figure(text: str) -> Decimal | None:
    """The figure a text is, with at most two places between 0 and 99,999.99, or None."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= LARGEST:
        return None
    return number if number == number.quantize(Decimal("0.01")) else None
