"""Sittings, and acts during an exam that need a reason."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exams.models import Blueprint, Sitting
from exams.queries.setting import full_marks_of
from exams.rules.access import MIN_REASON
from lianbing.kit.forms import ManyChoiceField, keep_to_this_century
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor, Role


def _offer(field: Any, units: QuerySet[Unit]) -> None:
    """Let a field choose among these units, labelled by their path below the bureau (支队 / 大队 / 中队)."""
    names = {unit.path: unit.name for unit in units}
    step = Unit.steplen

    def label(unit: Unit) -> str:
        above = [unit.path[:end] for end in range(2 * step, len(unit.path) + 1, step)]
        return " / ".join(names[path] for path in above if path in names) or unit.name

    field.label_from_instance = label
    field.queryset = units


class Moment(forms.DateTimeInput):
    """A date and a time in the bureau's own zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class SittingForm(forms.ModelForm):
    """A sitting before its papers are frozen. Units are those over which the actor sets exams."""

    unit = forms.ModelChoiceField(label=_("Organising unit"), queryset=Unit.objects.none())
    units = ManyChoiceField(
        label=_("Units invited"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With everything below them."),
    )
    posts = ManyChoiceField(
        label=_("Posts invited"),
        queryset=Post.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every post."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories invited"),
        choices=Officer.Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every category."),
    )

    class Meta:
        model = Sitting
        fields = (
            "title",
            "blueprint",
            "unit",
            "units",
            "posts",
            "categories",
            "opens_at",
            "closes_at",
            "duration_minutes",
            "pass_mark",
            "grace_seconds",
            "is_qualification",
            "shows_review",
            "instructions",
        )
        widgets = {
            "opens_at": Moment,
            "closes_at": Moment,
            "instructions": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = units_in(actor.scopes(Role.EXAM_ADMINISTRATOR))
        keep_to_this_century(self.fields["opens_at"], self.fields["closes_at"])
        _offer(self.fields["unit"], allowed)
        _offer(self.fields["units"], allowed)
        blueprint: Any = self.fields["blueprint"]
        blueprint.queryset = Blueprint.objects.filter(is_rehearsal=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end must come after the beginning."))
        blueprint, mark = data.get("blueprint"), data.get("pass_mark")
        if blueprint and mark is not None and mark > full_marks_of(blueprint):
            self.add_error(
                "pass_mark",
                _("The whole paper is worth %(full)s marks.") % {"full": full_marks_of(blueprint)},
            )
        return data


class ReasonForm(forms.Form):
    """Why somebody does something that stays on record."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=MIN_REASON,
        max_length=200,
        help_text=_("At least five characters; it stays on record."),
    )


class ExtendForm(ReasonForm):
    """More time, in minutes; a negative number takes back time given before."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=-240, max_value=240, initial=5)
    field_order = ("minutes", "reason")

    def clean_minutes(self) -> int:
        if not self.cleaned_data["minutes"]:
            raise forms.ValidationError(_("Give a number of minutes other than 0."))
        return self.cleaned_data["minutes"]


class LatecomerForm(ReasonForm):
    """Somebody admitted after the papers were frozen."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=32)
    field_order = ("staff_number", "reason")

    def clean_staff_number(self) -> str:
        number = self.cleaned_data["staff_number"].strip()
        self.officer = Officer.objects.filter(staff_number=number, merged_into=None).first()
        if self.officer is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return number
