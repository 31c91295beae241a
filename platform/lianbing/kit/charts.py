"""Small pictures for pages: plain numbers become the coordinates that components/chart_*.html draw.

Coordinates are strings with a dot, because a template would write them in the reader's own notation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 360.0
ROW = 40
BASE = 172.0
TOP = 24.0


@dataclass(frozen=True)
class Value:
    """One value of a picture: its label, its size, how it is written ("" = the number) and its tone.

    `tone` is "" or ok, warn, bad.
    """

    label: str
    value: float
    text: str = ""
    tone: str = ""

    @property
    def written(self) -> str:
        return self.text or f"{self.value:g}"


def _n(number: float) -> str:
    return f"{number:.1f}"


def _chart(title: str, heading: str, unit: str, values: Sequence[Value], **more: Any) -> dict[str, Any]:
    summary = ", ".join(f"{value.label} {value.written}" for value in values)
    return {"title": title, "heading": heading, "unit": unit, "summary": summary, **more}


def bars(
    values: Sequence[Value], *, title: str, heading: str, unit: str, most: float | None = None
) -> dict[str, Any]:
    """Horizontal bars for components/chart_bars.html. `most` is the value of a full bar."""
    full = most or max((value.value for value in values), default=0) or 1
    rows = [
        {
            "label": value.label,
            "text": value.written,
            "tone": value.tone,
            "text_y": place * ROW + 16,
            "bar_y": place * ROW + 23,
            "width": _n(WIDTH * min(max(value.value / full, 0), 1)),
        }
        for place, value in enumerate(values)
    ]
    return _chart(title, heading, unit, values, rows=rows, height=max(len(rows), 1) * ROW)


def _columns(values: Sequence[Value], gap: float) -> list[dict[str, Any]]:
    full = max((value.value for value in values), default=0) or 1
    step = WIDTH / max(len(values), 1)
    made = []
    for place, value in enumerate(values):
        y = BASE - (BASE - TOP) * max(value.value / full, 0)
        made.append(
            {
                "label": value.label,
                "value": value.value,
                "text": value.written,
                "tone": value.tone,
                "x": _n(place * step + gap),
                "y": _n(y),
                "width": _n(step - 2 * gap),
                "height": _n(BASE - y),
                "middle": _n((place + 0.5) * step),
                "text_y": _n(y - 7),
            }
        )
    return made


def histogram(
    values: Sequence[Value], *, title: str, heading: str, unit: str, rule_after: float | None = None
) -> dict[str, Any]:
    """Columns for components/chart_histogram.html. `rule_after` draws a rule after that many columns."""
    rule = "" if rule_after is None else _n(WIDTH / max(len(values), 1) * rule_after)
    return _chart(title, heading, unit, values, rows=_columns(values, 3), rule_x=rule)


def line(values: Sequence[Value], *, title: str, heading: str, unit: str) -> dict[str, Any]:
    """A line over equal steps for components/chart_line.html."""
    rows = _columns(values, 0)
    points = " ".join(f"{row['middle']},{row['y']}" for row in rows)
    return _chart(title, heading, unit, values, rows=rows, points=points)
