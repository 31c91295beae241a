"""The demo bureau: chapters that the apps above tell in story order, and moving its dates to today.

A chapter is a function in an app's `demo.py`, marked `@chapter(order)`; it calls services with past
moments. Seeding writes down how far each table of those apps had grown (its watermark), so that a later
refresh moves the dates of exactly the rows the demo made and never those a user added.

What a refresh does not touch: rows made after the seeding, tables named with `keep_dates` (a law's dates
are part of its address), JSON contents, and the audit trail (it says when something was really done).
"""

import datetime
import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lianbing.kit import append_only
from lianbing.kit.models import DemoSeed

SEED = 20261120
# Rows move through the far future first, so that a unique date never meets a row not moved yet.
DETOUR = datetime.timedelta(days=36_525)


class DemoRefused(Exception):
    """The demo cannot be made or moved here; the message says why."""


@dataclass
class Story:
    """What every chapter is given. `data` hands things from one chapter to the next.

    The people chapter fills `data["logins"]`: [{"role", "username", "password", "name"}].
    """

    today: datetime.date
    now: datetime.datetime
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    data: dict[str, Any] = field(default_factory=dict)


Chapter = Callable[[Story], None]
Moved = Callable[[datetime.timedelta], None]
_chapters: dict[str, tuple[int, Chapter]] = {}
_kept: set[str] = set()
_moved: dict[str, Moved] = {}


def chapter(order: int) -> Callable[[Chapter], Chapter]:
    """Decorator: tell this chapter at place `order` (people 10, library 20, question bank 30, ...)."""

    def register(tell: Chapter) -> Chapter:
        _chapters[f"{tell.__module__}.{tell.__qualname__}"] = (order, tell)
        return tell

    return register


def keep_dates(*labels: str) -> None:
    """Leave the dates of these models ("library.lawedition") or whole apps ("library") as they are."""
    _kept.update(label.lower() for label in labels)


def after_move(fn: Moved) -> Moved:
    """Decorator: call `fn(step)` in the same transaction after the dates have moved by `step`.

    For what is derived from dates, such as a signature over them.
    """
    _moved[f"{fn.__module__}.{fn.__qualname__}"] = fn
    return fn


def chapters() -> list[Chapter]:
    """The registered chapters in story order."""
    return [tell for _, tell in sorted(_chapters.values(), key=lambda pair: (pair[0], pair[1].__module__))]


def run(story: Story) -> None:
    """Tell every chapter in order, in one transaction, and write the watermarks down with it."""
    with transaction.atomic():
        for tell in chapters():
            tell(story)
        DemoSeed.objects.create(
            seeded_at=story.now, stands_at=story.now, watermarks={m._meta.label: _mark(m) for m in _moving()}
        )
        write_logins(story.data.get("logins", []))


def seeded() -> DemoSeed | None:
    """The record of the seeding, or None when this database holds no demo."""
    return DemoSeed.objects.first()


def is_empty() -> bool:
    """Whether nobody has an account here yet."""
    return not get_user_model()._default_manager.exists()


def refresh(*, at: datetime.datetime) -> int:
    """Move the demo's dates by the whole days since it was seeded or last moved.

    Whole days keep office hours office hours, and nothing that has happened moves into the future.
    Returns the days moved. Raises DemoRefused when there is no demo, or a moved date would collide
    with something a user added; then nothing has changed.
    """
    try:
        return _refresh(at)
    except IntegrityError as error:
        raise DemoRefused(
            _("Something added since stands in the way, nothing was moved: %(why)s") % {"why": error}
        ) from error


def _refresh(at: datetime.datetime) -> int:
    with transaction.atomic():
        seed = DemoSeed.objects.select_for_update().first()
        if seed is None:
            raise DemoRefused(_("This database holds no demo."))
        step = datetime.timedelta(days=max((at - seed.stands_at).days, 0))
        if step:
            # The inner savepoint is rolled back first, so that the guards can be put back after a collision.
            with append_only.lifted(), transaction.atomic():
                for model in _moving():
                    _move(model, seed.watermarks.get(model._meta.label), step)
                for fn in _moved.values():
                    fn(step)
            seed.stands_at += step
            seed.save(update_fields=["stands_at"])
        return step.days


def logins_path() -> Path:
    """Where the demo's logins are written, readable by the owner alone."""
    return Path(settings.DATA_DIR) / "demo-logins.json"


def write_logins(logins: list[dict[str, str]]) -> None:
    """Write one login per role (role, username, password, name) for `make run` and for tests."""
    path = logins_path()
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(logins, file, ensure_ascii=False, indent=1)


def read_logins() -> list[dict[str, str]]:
    """The logins written at the seeding; empty when there are none."""
    try:
        found: list[dict[str, str]] = json.loads(logins_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return found


def _moving() -> list[type[models.Model]]:
    """The concrete models with dates in the apps that tell a chapter, but for those that keep them."""
    configs = {apps.get_containing_app_config(tell.__module__) for tell in chapters()}
    return [
        model
        for model in apps.get_models()
        if model._meta.app_config in configs
        and not {model._meta.app_label, model._meta.label_lower} & _kept
        and _date_fields(model)
    ]


def _date_fields(model: type[models.Model]) -> list[str]:
    return [f.attname for f in model._meta.local_concrete_fields if isinstance(f, models.DateField)]


def _mark(model: type[models.Model]) -> int | list[Any]:
    """How far a table has grown: its highest number, or every key where keys are not numbers."""
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    last = keys.last()
    return last if isinstance(last, int) else [str(key) for key in keys]


def _move(model: type[models.Model], mark: int | list[Any] | None, step: datetime.timedelta) -> None:
    rows = model._base_manager.filter(pk__lte=mark) if isinstance(mark, int) else None
    if rows is None:
        rows = model._base_manager.filter(pk__in=mark or [])
    for part in (step + DETOUR, -DETOUR):
        rows.update(**{name: F(name) + part for name in _date_fields(model)})
