"""What the exam commands have in common: who acts, finding a sitting, the report and the exit code."""

import json
import sys
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from exams.models import BlueprintLine, Sitting
from exams.queries import setting as queries
from exams.rendering import freeze_text
from exams.rules.assembly import LineStock
from exams.services import papers
from lianbing.kit import clock
from lianbing.people.rules import Actor, Grant, Role

OPERATOR = Actor(user_id=None, staff_number="system", name="系统", grants=(Grant(Role.EXAM_ADMINISTRATOR),))


class BadFile(Exception):
    """The file cannot be used; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class Undone(Exception):
    """Take everything back: something was refused, or it was a dry run."""


def line_words(lines: Sequence[BlueprintLine], stock: Sequence[LineStock]) -> list[dict[str, Any]]:
    """The lines the bank cannot satisfy, with the exact numbers."""
    return [
        {
            "point": line.knowledge_point.name if line.knowledge_point else None,
            "kind": line.kind,
            "wanted": one.wanted,
            "available": one.available,
            "missing": one.missing,
        }
        for line, one in zip(lines, stock, strict=True)
        if one.missing
    ]


def frozen(sitting: Sitting, report: dict[str, Any]) -> dict[str, Any]:
    """Freeze the papers of a sitting; what to add to the report, errors included."""
    try:
        done = papers.freeze_papers(sitting=sitting, by=OPERATOR, at=clock.now())
    except papers.CannotFreeze as refused:
        error = {"field": "freeze", "message": freeze_text(refused.code)}
    except papers.Shortfall as refused:
        error = {"field": "freeze", "message": freeze_text("shortfall")}
        report["short"] = line_words(queries.lines_of(sitting.blueprint), refused.lines)
    else:
        return {"papers": done.papers, "auxiliaries_left_out": done.left_out}
    return {"errors": [*report["errors"], error]}


def sitting_of(text: str) -> Sitting:
    """The sitting with this uid. Raises BadFile."""
    try:
        return Sitting.objects.select_related("blueprint__bank", "unit").get(uid=uuid.UUID(text))
    except (ValueError, Sitting.DoesNotExist) as error:
        raise BadFile("sitting", _("There is no sitting “%(uid)s”.") % {"uid": text[:50]}) from error


def finish(command: BaseCommand, report: dict[str, Any], *, as_json: bool) -> None:
    """Print the report; end with 1 when a sound order was refused, 2 when nothing could be used, else 0."""
    if as_json:
        command.stdout.write(json.dumps(report, ensure_ascii=False))
    else:
        for name, value in report.items():
            if name not in {"errors", "short"}:
                command.stdout.write(f"{name}: {value}")
        for line in report.get("short", []):
            command.stderr.write(
                f"{line['point'] or '*'} {line['kind']}: wanted {line['wanted']}, "
                f"available {line['available']}, missing {line['missing']}"
            )
        for error in report["errors"]:
            command.stderr.write(f"{error['field']}: {error['message']}")
    if report["errors"]:
        sys.exit(1 if all(error["field"] in {"freeze", "release"} for error in report["errors"]) else 2)
