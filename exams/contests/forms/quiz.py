"""Forms of the desk of public quizzes."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exams.contests.models import Quiz
from exams.contests.permissions.quiz import organising_scopes
from exams.contests.queries import campaigns as campaign_queries
from exams.contests.rules.quiz import MOST_QUESTIONS
from exams.contests.services.quiz_setting import FIELDS, MOST_CODES, QuizDraft
from lianbing.kit.forms import keep_to_this_century
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint

LINES = 6
MOST_ROWS = 500
MOST_PRIZES = 500
MOST_PEOPLE = 50_000_000
_CELLS = re.compile(r"\t|,|，|;|；")


class Moment(forms.DateTimeInput):
    """A date and a time in the bureau's own zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class QuizForm(forms.ModelForm):
    """A quiz before it is published. Communities and prizes are typed or pasted, one in a row."""

    unit = UnitChoice(label=gettext_lazy("Organising unit"), queryset=Unit.objects.none())
    groups = forms.CharField(
        label=gettext_lazy("Communities or units that take part"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One in a row: code, name, number of people; may be pasted from a spreadsheet. None: guests are not asked."
        ),
    )
    prizes = forms.CharField(
        label=gettext_lazy("Prizes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One in a row, the highest first: name, how many."),
    )

    class Meta:
        model = Quiz
        fields = FIELDS
        widgets = {
            "opens_at": Moment,
            "closes_at": Moment,
            "intro": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "opens_at": pgettext_lazy("quiz", "Opens"),
            "closes_at": pgettext_lazy("quiz", "Closes"),
        }
        help_texts = {
            "uses_drill_pool": gettext_lazy("Questions reserved for exams are out of reach in any case."),
            "certificate_at": gettext_lazy("Percent right. Empty: no certificate."),
            "draw_from": gettext_lazy("Percent right. Empty: no prize draw."),
            "codes_only": gettext_lazy(
                "One code for each person. Without, whoever deletes the cookies of a browser counts as a new guest."
            ),
            "target": gettext_lazy(
                "In percent. Communities below it are named on your desk, never in public."
            ),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(organising_scopes(actor))
        fields["campaign"].queryset = campaign_queries.followed(actor)
        fields["campaign"].empty_label = _("None")
        keep_to_this_century(fields["opens_at"], fields["closes_at"])
        limits = {
            "attempts": (1, 20),
            "minutes": (1, 240),
            "certificate_at": (1, 100),
            "draw_from": (0, 100),
            "target": (1, 100),
            "answer_days": (1, 60),
            "contact_days": (1, 180),
        }
        for name, (least, most) in limits.items():
            fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
            fields[name].widget.attrs.update(min=least, max=most)
        if self.instance.pk is not None:
            self._show_rows()

    def _show_rows(self) -> None:
        quiz = self.instance
        groups = [f"{one.code}，{one.name}，{one.people}" for one in quiz.groups.all()]
        prizes = [f"{one.name}，{one.count}" for one in quiz.prizes.all()]
        self.initial.setdefault("groups", "\n".join(groups))
        self.initial.setdefault("prizes", "\n".join(prizes))

    def clean_groups(self) -> list[tuple[str, str, int]]:
        found: list[tuple[str, str, int]] = []
        for row, cells in _rows(self.cleaned_data["groups"], MOST_ROWS):
            code, name, people = (*cells, "", "")[:3]
            if not code or not name or len(code) > 20 or len(name) > 60 or len(cells) > 3:
                raise ValidationError(
                    _("Row %(row)s: give a code (20 characters at most) and a name (60 at most).")
                    % {"row": row}
                )
            if any(code == known for known, _name, _people in found):
                raise ValidationError(
                    _("Row %(row)s: the code %(code)s stands twice.") % {"row": row, "code": code}
                )
            found.append((code, name, _number(people or "0", row, MOST_PEOPLE)))
        return found

    def clean_prizes(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for row, cells in _rows(self.cleaned_data["prizes"], 30):
            name, count = (*cells, "", "")[:2]
            if not name or len(name) > 40 or len(cells) > 2:
                raise ValidationError(
                    _("Row %(row)s: give the name of a prize (40 characters at most) and how many.")
                    % {"row": row}
                )
            if any(name == known for known, _count in found):
                raise ValidationError(
                    _("Row %(row)s: the prize %(prize)s stands twice.") % {"row": row, "prize": name}
                )
            number = _number(count or "1", row, MOST_PRIZES)
            if number < 1:
                raise ValidationError(_("Row %(row)s: there must be one of it at least.") % {"row": row})
            found.append((name, number))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end must come after the beginning."))
        campaign = data.get("campaign")
        if campaign and opens and closes and not _within(campaign, opens, closes):
            self.add_error("campaign", _("The quiz must lie within the days of its campaign."))
        return data


def _within(campaign: Any, opens: datetime.datetime, closes: datetime.datetime) -> bool:
    """Whether a window lies within a campaign's days; midnight after the last day is still within."""
    last = closes - datetime.timedelta(microseconds=1)
    days = [timezone.localtime(one).date() for one in (opens, last)]
    return bool(campaign.starts_on <= days[0] and days[1] <= campaign.ends_on)


def _rows(text: str, most: int) -> list[tuple[int, list[str]]]:
    """The rows that say something, with their numbers, in cells. Raises ValidationError when there are too many."""
    rows = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(rows) > most:
        raise ValidationError(_("At most %(most)s rows.") % {"most": most})
    return [(number, [cell.strip() for cell in _CELLS.split(line)]) for number, line in rows]


def _number(text: str, row: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
        raise ValidationError(
            _("Row %(row)s: “%(text)s” is not a whole number up to %(most)s.")
            % {"row": row, "text": text[:20], "most": most}
        )
    return int(text)


class LineForm(forms.Form):
    """So many questions on a knowledge point; an empty row is left out."""

    point = forms.ModelChoiceField(
        label=gettext_lazy("Knowledge point"), queryset=KnowledgePoint.objects.all(), required=False
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many questions"), required=False, min_value=1, max_value=MOST_QUESTIONS
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.empty_label = _("Any knowledge point")


class BaseLines(forms.BaseFormSet):
    """All lines of a quiz: each point once, one question at least, not more than a thumb bears."""

    def clean(self) -> None:
        rows = self.rows()
        points = [point.pk if point else None for point, _count in rows]
        if not self.is_bound or any(self.errors):
            return
        if len(set(points)) < len(points):
            raise ValidationError(_("A knowledge point stands twice."))
        if not 1 <= sum(count for _point, count in rows) <= MOST_QUESTIONS:
            raise ValidationError(
                _("A quiz asks between 1 and %(most)s questions.") % {"most": MOST_QUESTIONS}
            )

    def rows(self) -> list[tuple[KnowledgePoint | None, int]]:
        """The lines that say how many."""
        told = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [(one.get("point"), one["count"]) for one in told if one.get("count")]


Lines = forms.formset_factory(LineForm, formset=BaseLines, extra=LINES, max_num=LINES, absolute_max=LINES)


def draft_of(form: QuizForm, lines: Sequence[tuple[KnowledgePoint | None, int]]) -> QuizDraft:
    """What a valid form and the rows below it say."""
    data = form.cleaned_data
    return QuizDraft(
        {name: data[name] for name in FIELDS}, lines, groups=data["groups"], prizes=data["prizes"]
    )


class StopForm(forms.Form):
    """Why a quiz is called off: everybody reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=5,
        max_length=200,
        help_text=gettext_lazy("At least five characters; everybody can read it."),
    )


class CodesForm(forms.Form):
    """How many codes to make."""

    count = forms.IntegerField(
        label=gettext_lazy("How many codes"), min_value=1, max_value=MOST_CODES, initial=100
    )
