"""A blueprint on one page: its sections, and in each the lines and the marking rule.

The page works without a script: adding, removing and moving a section or lines are buttons that send the
whole form and get it back changed. `Desk` is that form: rows of plain text on which these acts are simple.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.models import BlueprintLine
from exams.rendering import misfit_text, rule_name, setting_name
from exams.rules.marks import Section
from exams.rules.scoring import marks_text
from exams.rules.sections import CLASSIC, misfits
from exams.services.setting import LineDraft, SectionDraft
from question_bank import kinds, marking
from question_bank.models import KINDS, KnowledgePoint, QuestionBank

MAX_SECTIONS = 12
MAX_LINES = 60
SPARE_LINES = 2
LINE_FIELDS = ("knowledge_point", "kind", "count", "marks")
SETTINGS = ("each", "partial", "penalty", "floor")
SECTION_FIELDS = ("title", "instructions", "rule", *SETTINGS, "section_floor")
Raw = dict[str, str]


class BlueprintForm(forms.Form):
    """Title and bank of a blueprint, and whether it draws from what is reserved for exams alone."""

    title = forms.CharField(label=_("Title"), max_length=100)
    bank = forms.ModelChoiceField(label=_("Question bank"), queryset=QuestionBank.objects.all())
    reserved_only = forms.BooleanField(
        label=_("Only questions reserved for exams"),
        help_text=_(
            "Otherwise questions that are also open to drills are drawn as well; contest questions never are."
        ),
        required=False,
    )


class LineForm(forms.Form):
    """One line of a section. A line with neither count nor marks is passed over."""

    knowledge_point = forms.ModelChoiceField(
        label=_("Knowledge point"),
        queryset=KnowledgePoint.objects.all(),
        required=False,
        empty_label=_("any"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "-"), *[pair for pair in KINDS if pair[0] in kinds.names()]]
    )
    count = forms.IntegerField(label=_("Count"), min_value=1, max_value=300)
    marks = forms.DecimalField(
        label=_("Marks each"), min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2
    )

    def draft(self) -> LineDraft | None:
        """The line as the service takes it, or None for an empty one."""
        data = self.cleaned_data
        if not data.get("kind") or not data.get("count"):
            return None
        return LineDraft(data["knowledge_point"], data["kind"], data["count"], data["marks"])


def _rules() -> list[tuple[str, str]]:
    return [(name, rule_name(name)) for name in marking.names()]


def _number(name: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "data-setting": name})
    return forms.CharField(required=False, max_length=8, widget=widget)


class SectionForm(forms.Form):
    """What stands over the questions of a section, and how they are marked. The lines are checked with it."""

    title = forms.CharField(label=_("Title of the section"), max_length=50, required=False)
    instructions = forms.CharField(label=_("What candidates are told"), max_length=500, required=False)
    rule = forms.ChoiceField(label=_("Marking rule"), choices=_rules, initial="exact")
    each = _number("each")
    partial = _number("partial")
    penalty = _number("penalty")
    floor = _number("floor")
    section_floor = forms.DecimalField(
        label=_("Floor of the section"), required=False, max_value=0, max_digits=6, decimal_places=2
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SETTINGS:
            self.fields[name].label = setting_name(name)

    @property
    def settings(self) -> list[Any]:
        """The fields of the rules' settings."""
        return [self[name] for name in SETTINGS]

    @property
    def uses(self) -> dict[str, str]:
        """Which settings each rule has, for the page: {rule: "each partial"}."""
        return {name: " ".join(one.name for one in marking.get(name).settings) for name in marking.names()}

    def section(self) -> Section:
        """The section as the rules take it; only the settings the rule has. Ask `is_valid` first."""
        data = self.cleaned_data
        wanted = [one.name for one in marking.get(data["rule"]).settings]
        return Section(
            title=_unnumbered(data["title"]),
            instructions=data["instructions"],
            rule=data["rule"],
            settings={name: data[name] for name in wanted if data[name]},
            floor=data["section_floor"],
        )

    def check(self, lines: list[LineDraft]) -> bool:
        """Whether the rule can mark these lines; what stands against it becomes errors of the form."""
        found = misfits(self.section(), [(line.kind, line.marks) for line in lines])
        for one in found:
            self.add_error("rule" if one.field not in SETTINGS else one.field, misfit_text(one))
        return not found


def _unnumbered(title: str) -> str:
    """A title without a number in front (一、): numbers follow from the order."""
    head, mark, rest = title.partition("、")
    return rest.strip() if mark and head and not head.strip("一二三四五六七八九十") else title.strip()


@dataclass
class RawSection:
    """A section as it was typed, with its lines."""

    values: Raw = field(default_factory=lambda: {"rule": "exact"})
    lines: list[Raw] = field(default_factory=list)


@dataclass
class Desk:
    """The sections of a blueprint as they were typed."""

    sections: list[RawSection]

    @classmethod
    def of(cls, sections: list[Section], lines: list[BlueprintLine]) -> "Desk":
        """A stored blueprint as somebody would have typed it."""
        rows = [RawSection(_typed(section)) for section in sections]
        for line in lines:
            values = (line.knowledge_point_id or "", line.kind, line.count, marks_text(line.marks))
            place = line.section.position if line.section else 0
            rows[place].lines.append(dict(zip(LINE_FIELDS, map(str, values), strict=True)))
        return cls(rows).spared()

    @classmethod
    def classic(cls) -> "Desk":
        """The classic paper: single choice, multiple choice, true/false, short answer; kinds the bank knows."""
        labels = dict(KINDS)
        rows = []
        for kind, rule, settings in CLASSIC:
            if kind in kinds.names():
                values = {"title": str(labels[kind]), "rule": rule, **settings}
                rows.append(RawSection(values, [{"kind": kind, "count": "", "marks": ""}]))
        return cls(rows)

    @classmethod
    def posted(cls, data: Any) -> "Desk":
        """What somebody sent, as far as it can be read."""
        rows = []
        for place in range(_count(data, "sections", MAX_SECTIONS)):
            head = f"sections-{place}"
            values = {name: str(data.get(f"{head}-{name}", "")) for name in SECTION_FIELDS}
            count = _count(data, f"{head}-lines", MAX_LINES)
            lines = [
                {name: str(data.get(f"{head}-lines-{n}-{name}", "")) for name in LINE_FIELDS}
                for n in range(count)
            ]
            rows.append(RawSection(values, lines))
        return cls(rows)

    def spared(self) -> "Desk":
        """With a few empty lines at the end of every section."""
        for one in self.sections:
            one.lines += [dict.fromkeys(LINE_FIELDS, "") for _ in range(SPARE_LINES)]
        return self

    def act(self, what: str) -> bool:
        """Do what a button asks: "add", "classic", "lines.2", "remove.0", "up.1", "down.0". False = nothing known."""
        name, _dot, number = what.partition(".")
        place = int(number) if number.isdecimal() and len(number) < 4 else -1
        rows = self.sections
        if name == "add" and len(rows) < MAX_SECTIONS:
            rows.append(RawSection(lines=[dict.fromkeys(LINE_FIELDS, "")]))
        elif name == "classic":
            self.sections = [one for one in rows if any(line.get("kind") for line in one.lines)]
            self.sections += Desk.classic().sections[: MAX_SECTIONS - len(self.sections)]
        elif not 0 <= place < len(rows):
            return name in {"add", "lines", "remove", "up", "down"}
        elif name == "lines":
            rows[place].lines += [dict.fromkeys(LINE_FIELDS, "") for _ in range(SPARE_LINES)]
        elif name == "remove":
            del rows[place]
        elif name in {"up", "down"}:
            other = place + (1 if name == "down" else -1)
            if 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
        else:
            return False
        return True

    def forms(self) -> list[tuple[SectionForm, list[LineForm]]]:
        """The forms of the sections and of their lines, bound to what was typed."""
        made = []
        for place, one in enumerate(self.sections):
            head = f"sections-{place}"
            section = SectionForm(_prefixed(one.values, head), prefix=head)
            lines = [
                LineForm(
                    _prefixed(line, f"{head}-lines-{n}"),
                    prefix=f"{head}-lines-{n}",
                    initial=None if line.get("count") or line.get("marks") else line,
                    empty_permitted=True,
                    use_required_attribute=False,
                )
                for n, line in enumerate(one.lines)
            ]
            made.append((section, lines))
        return made


def _typed(section: Section) -> Raw:
    floor = "" if section.floor is None else marks_text(section.floor)
    head = {"title": section.title, "instructions": section.instructions, "rule": section.rule}
    return head | dict(section.settings) | {"section_floor": floor}


def _count(data: Any, name: str, most: int) -> int:
    text = str(data.get(f"{name}-count", "0"))
    return min(int(text), most) if text.isdecimal() and len(text) < 5 else 0


def _prefixed(values: Raw, prefix: str) -> Raw:
    return {f"{prefix}-{name}": value for name, value in values.items()}


def line_drafts(lines: list[LineForm]) -> list[LineDraft]:
    """The lines that can be read, empty ones passed over."""
    filled = [one for one in lines if one.is_valid() and one.cleaned_data]
    return [draft for draft in (one.draft() for one in filled) if draft]


def section_drafts(made: list[tuple[SectionForm, list[LineForm]]]) -> list[SectionDraft] | None:
    """What the service takes, sections without lines left out; None when anything is wrong (told in the forms)."""
    sound = [section.is_valid() for section, _lines in made]
    sound += [line.is_valid() for _section, lines in made for line in lines]
    drafts = []
    for section, lines in made:
        drawn = line_drafts(lines)
        if drawn and section.is_valid():
            sound.append(section.check(drawn))
            if sound[-1]:
                drafts.append(SectionDraft(section.section(), drawn))
    return drafts if all(sound) else None
