"""A row of the report."""

from typing import Any

Rows = list[dict[str, Any]]


def row(
    what: str, measured: object, unit: str, budget: float | None = 0, ok: bool | None = True
) -> dict[str, Any]:
    """One row. A figure is held to its budget; `ok` False or None overrules it."""
    if ok and isinstance(measured, int | float) and budget is not None:
        ok = measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}
