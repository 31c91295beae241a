"""Create a blueprint and a sitting from a JSON file, and freeze its papers when asked."""

import json
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from exams.forms import LineForm, SectionForm, SittingForm
from exams.forms.blueprints import SETTINGS
from exams.management.reporting import OPERATOR, BadFile, Undone, finish, frozen, line_words
from exams.models import Blueprint
from exams.queries import setting as queries
from exams.rules.marks import Section
from exams.services import setting
from lianbing.kit import clock
from lianbing.kit.refusals import file_reason
from lianbing.people.models import Post, Unit
from question_bank.models import KnowledgePoint, QuestionBank

EXAMPLE = """The file:
{"title": "上岗考试", "blueprint": {"title": "上岗", "bank": "slug", "sections":
   [{"title": "多项选择题", "instructions": "", "rule": "per_correct_option", "settings": {"each": "0.5"}, "floor": null,
     "lines": [{"point": "行政处罚", "kind": "multiple_choice", "count": 10, "marks": "2"}]}]},
 "unit": "某局", "units": ["某局/一大队"], "posts": [], "categories": ["officer"],
 "opens_at": "2026-11-20T09:00:00+08:00", "closes_at": "2026-11-20T12:00:00+08:00",
 "duration_minutes": 60, "pass_mark": "12", "is_qualification": false}
"point": null means any; "blueprint" may also be the uid of one that exists, and may have "lines" in place of
"sections": then it is one section that marks exactly. Rules: docs/reference/marking-rules.md."""


class Command(BaseCommand):
    help = "Create a sitting (and its blueprint) from a JSON file. " + EXAMPLE.replace("%", "%%")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--freeze", action="store_true", help="freeze the papers at once")
        parser.add_argument("--dry-run", action="store_true", help="save nothing, report the same")
        parser.add_argument("--json", action="store_true", help="the report as one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        report: dict[str, Any] = {
            "sitting": None,
            "blueprint": None,
            "papers": 0,
            "auxiliaries_left_out": 0,
            "short": [],
            "errors": [],
        }
        try:
            with transaction.atomic():
                self._make(_read(options["file"]), report, freeze=options["freeze"])
                if report["errors"] or options["dry_run"]:
                    raise Undone
        except BadFile as error:
            report["errors"].append({"field": error.field, "message": error.message})
        except Undone:
            report["sitting"] = report["blueprint"] = None
        finish(self, report, as_json=options["json"])

    def _make(self, data: dict[str, Any], report: dict[str, Any], *, freeze: bool) -> None:
        blueprint = _blueprint(data.get("blueprint"))
        report["blueprint"] = str(blueprint.uid)
        report["short"] = line_words(queries.lines_of(blueprint), queries.stock_of(blueprint))
        form = SittingForm(_form_data(data, blueprint), actor=OPERATOR)
        if not form.is_valid():
            for field, errors in form.errors.items():
                report["errors"] += [{"field": field, "message": str(error)} for error in errors]
            return
        sitting = setting.save_sitting(
            values={name: form.cleaned_data[name] for name in setting.SITTING_FIELDS},
            units=form.cleaned_data["units"],
            posts=form.cleaned_data["posts"],
            by=OPERATOR,
            at=clock.now(),
        )
        report["sitting"] = str(sitting.uid)
        if freeze:
            report |= frozen(sitting, report)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise BadFile("file", f"{path.name}: {file_reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise BadFile("file", _("%(file)s is not valid JSON.") % {"file": path.name}) from error
    if not isinstance(data, dict):
        raise BadFile("file", _("%(file)s must hold one JSON object.") % {"file": path.name})
    return data


def _sections(raw: dict[str, Any]) -> list[setting.SectionDraft]:
    given = raw.get("sections")
    if given is None:
        return [setting.SectionDraft(Section(), _lines("lines", raw.get("lines")))]
    if not isinstance(given, list) or not given:
        raise BadFile("blueprint", _("A blueprint needs a title, a bank and lines."))
    return [_section(f"sections.{place}", one) for place, one in enumerate(given, start=1)]


def _section(where: str, raw: Any) -> setting.SectionDraft:
    if not isinstance(raw, dict):
        raise BadFile(where, _("A section must be a JSON object."))
    lines = _lines(f"{where}.lines", raw.get("lines"))
    settings = raw.get("settings") or {}
    if not isinstance(settings, dict) or not settings.keys() <= set(SETTINGS):
        raise BadFile(f"{where}.settings", _("The settings of the rule cannot be read."))
    plain = {name: raw.get(name, "") for name in ("title", "instructions")}
    typed = plain | settings | {"rule": raw.get("rule", "exact"), "section_floor": raw.get("floor")}
    form = SectionForm(typed)
    if not form.is_valid() or not form.check(lines):
        field, errors = next(iter(form.errors.items()))
        raise BadFile(f"{where}.{field}", str(errors[0]))
    return setting.SectionDraft(form.section(), lines)


def _lines(where: str, raw: Any) -> list[setting.LineDraft]:
    if not isinstance(raw, list) or not raw:
        raise BadFile("blueprint", _("A blueprint needs a title, a bank and lines."))
    return [_line(f"{where}.{place}", one) for place, one in enumerate(raw, start=1)]


def _line(where: str, raw: Any) -> setting.LineDraft:
    if not isinstance(raw, dict):
        raise BadFile(where, _("A line must be a JSON object."))
    point = None
    if raw.get("point"):
        point = KnowledgePoint.objects.filter(name=raw["point"]).first()
        if point is None:
            raise BadFile(
                f"{where}.point",
                _("There is no knowledge point “%(name)s”.") % {"name": str(raw["point"])[:50]},
            )
    form = LineForm({name: raw.get(name) for name in ("kind", "count", "marks")})
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise BadFile(f"{where}.{field}", str(errors[0]))
    return setting.LineDraft(
        point, form.cleaned_data["kind"], form.cleaned_data["count"], form.cleaned_data["marks"]
    )


def _blueprint(raw: Any) -> Blueprint:
    if isinstance(raw, str):
        try:
            return Blueprint.objects.select_related("bank").get(uid=uuid.UUID(raw))
        except (Blueprint.DoesNotExist, ValueError) as error:
            raise BadFile("blueprint", _("There is no blueprint “%(name)s”.") % {"name": raw[:50]}) from error
    if not isinstance(raw, dict):
        raise BadFile("blueprint", _("A blueprint needs a title, a bank and lines."))
    bank = QuestionBank.objects.filter(slug=str(raw.get("bank"))).first()
    if bank is None:
        raise BadFile(
            "blueprint.bank", _("There is no bank “%(name)s”.") % {"name": str(raw.get("bank"))[:60]}
        )
    sections = _sections(raw)
    title = str(raw.get("title") or "")[:100]
    if not title:
        raise BadFile("blueprint.title", _("This must be filled in."))
    return setting.save_blueprint(title=title, bank=bank, sections=sections, by=OPERATOR, at=clock.now())


def _unit(path: Any) -> Unit:
    """The one unit whose names from some ancestor down are this path (局/支队/大队)."""
    names = [name.strip() for name in str(path).split("/") if name.strip()]
    found = [
        unit
        for unit in Unit.objects.filter(name=names[-1] if names else "", closed_on=None)
        if [*(one.name for one in unit.get_ancestors()), unit.name][-len(names) :] == names
    ]
    if len(found) != 1:
        said = (
            _("There is no unit “%(unit)s”.") if not found else _("More than one unit is called “%(unit)s”.")
        )
        raise BadFile("units", said % {"unit": str(path)[:100]})
    return found[0]


def _post(name: Any) -> Post:
    found = Post.objects.filter(name=str(name)).first()
    if found is None:
        raise BadFile("posts", _("There is no post “%(name)s”.") % {"name": str(name)[:50]})
    return found


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise BadFile(name, _("This must be a list."))
    return value


def _form_data(data: dict[str, Any], blueprint: Blueprint) -> dict[str, Any]:
    """What somebody would have typed into the form of the page."""
    plain = ("title", "opens_at", "closes_at", "duration_minutes", "pass_mark", "instructions")
    units = [_unit(path) for path in _list(data, "units") or [data.get("unit")]]
    return {
        **{name: data.get(name) for name in plain},
        "blueprint": blueprint.pk,
        "unit": _unit(data.get("unit")).pk if data.get("unit") else units[0].pk,
        "units": [unit.pk for unit in units],
        "posts": [_post(name).pk for name in _list(data, "posts")],
        "categories": _list(data, "categories"),
        "grace_seconds": data.get("grace_seconds", 60),
        "is_qualification": bool(data.get("is_qualification")),
        "shows_review": bool(data.get("shows_review", True)),
    }
