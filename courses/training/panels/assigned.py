"""The ways from the desk to what courses keep about who learns what: paths, reading lists, part-time duties."""

from django.utils.translation import gettext_lazy as _

from courses.permissions.assignments import WATCHERS
from courses.training.ports import DeskLink, desk

desk(
    DeskLink(
        _("Paths and reading lists"),
        _("Who learns what by when, and who lacks what"),
        "courses:lists",
        frozenset(WATCHERS),
        group="people",
        order=15,
        icon="list",
    )
)
desk(
    DeskLink(
        _("Part-time duties"),
        _("Who carries which duty beside their post, by unit."),
        "courses:duties",
        frozenset(WATCHERS),
        group="people",
        order=40,
        icon="person",
    )
)
