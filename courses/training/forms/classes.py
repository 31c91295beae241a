"""Forms of classes, batches, people and timetables."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms.audience import AudienceField
from courses.models import ContentCategory
from courses.training.forms.people import PersonField
from courses.training.forms.plans import LineChoice
from courses.training.models import Batch, Instructor, Room, RotationCycle, Session, TrainingClass
from courses.training.rules.timetable import DAY
from courses.training.services.classes import CLASS_FIELDS
from lianbing.kit.forms import ManyChoiceField
from lianbing.library.forms.days import DayField
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import officers_in, units_in
from lianbing.people.rules import Actor, Role

FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
MOST_LINES = 500


class Day(forms.DateInput):
    """A day as the browser's own picker writes it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _this_century(day: datetime.date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("The year lies between 2000 and 2099."))


def _in_order(form: forms.BaseForm, data: dict[str, Any]) -> None:
    first, last = data.get("starts_on"), data.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The end must come after the beginning."))


class ClassForm(forms.ModelForm):
    """A class. `batches` is asked only when it is made; each batch then begins with the days of the class."""

    unit = UnitChoice(label=_("Organising unit"), queryset=Unit.objects.none())
    audience = AudienceField()
    plan_line = LineChoice()
    batches = forms.IntegerField(label=_("Number of batches"), min_value=1, max_value=30, initial=1)

    class Meta:
        model = TrainingClass
        fields = CLASS_FIELDS
        widgets = {
            "starts_on": Day,
            "ends_on": Day,
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"kind": _("Kind of training"), "category": _("Content category")}
        help_texts = {
            "topic": _("Asked of topical training."),
            "pass_mark": _("Empty: no completion test."),
            "cycle": _("For rotation training: whom it reaches counts in this cycle."),
            "impartial": _(
                "Whoever teaches enters no results of people of their own unit and is not rated by them."
            ),
        }

    field_order = (
        "title",
        "unit",
        "kind",
        "category",
        "topic",
        "starts_on",
        "ends_on",
        "batches",
        "audience",
        "description",
    )

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = actor.scopes(Role.TRAINER)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(scopes)
        fields["category"].queryset = ContentCategory.objects.filter(
            Q(closed=False) | Q(pk=self.instance.category_id)
        )
        fields["audience"].offer(scopes, today)
        fields["cycle"].queryset = RotationCycle.objects.all()
        fields["plan_line"].offer(scopes, today, self.instance.plan_line_id)
        fields["starts_on"].validators.append(_this_century)
        fields["ends_on"].validators.append(_this_century)
        if self.instance.pk:
            del fields["batches"]
            self.initial["audience"] = self.instance.audience

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _in_order(self, data)
        if data.get("kind") == TrainingClass.Kind.TOPICAL and not data.get("topic"):
            self.add_error("topic", _("Say which topic."))
        if data.get("kind") != TrainingClass.Kind.ROTATION and data.get("cycle"):
            self.add_error("cycle", _("Only rotation training counts in a cycle."))
        return data


class BatchForm(forms.ModelForm):
    """A batch of a class."""

    class Meta:
        model = Batch
        fields = ("number", "starts_on", "ends_on", "capacity")
        widgets = {"starts_on": Day, "ends_on": Day}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("starts_on", "ends_on"):
            fields[name].validators.append(_this_century)
        fields["number"].min_value = 1
        fields["capacity"].max_value = 100_000

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _in_order(self, data)
        return data

    def clean_capacity(self) -> int:
        return self.cleaned_data["capacity"] or 0

    def _post_clean(self) -> None:
        """The service saves and checks; the instance stays as it was."""


class ReasonForm(forms.Form):
    """Why; it stays on record."""

    reason = forms.CharField(
        label=_("Reason"), min_length=2, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class PostponeForm(ReasonForm):
    """By how many days, and why."""

    days = forms.IntegerField(
        label=_("Days later"),
        min_value=-365,
        max_value=365,
        help_text=_("A negative number: earlier. Batches and sessions move along."),
    )
    field_order = ("days", "reason")

    def clean_days(self) -> int:
        if not self.cleaned_data["days"]:
            raise ValidationError(_("Give a number of days other than 0."))
        return self.cleaned_data["days"]


class PeopleForm(forms.Form):
    """Several people, one a line, by staff number or full name. Gives `officers`."""

    people = forms.CharField(
        label=_("People"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line: staff number or full name."),
    )

    def __init__(self, *args: Any, paths: list[str], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths, self.today = paths, today

    def clean_people(self) -> list[Officer]:
        """The officers named, each once. What cannot be told apart or found is named line by line."""
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most 500 people at a time."))
        rows = officers_in(self.paths, self.today).filter(Q(staff_number__in=lines) | Q(name__in=lines))
        found = list(rows)
        errors, officers = [], {}
        for number, line in enumerate(lines, start=1):
            exact = [one for one in found if one.staff_number == line]
            meant = exact or [one for one in found if one.name == line]
            if len(meant) == 1:
                officers[meant[0].pk] = meant[0]
            else:
                text = _("several of this name, write the staff number") if meant else _("nobody found")
                errors.append(
                    _("Line %(number)d, %(text)s: %(why)s") % {"number": number, "text": line, "why": text}
                )
        if errors:
            raise ValidationError(errors)
        return list(officers.values())


class SubstituteForm(ReasonForm):
    """Who comes instead, and why."""

    officer = PersonField(label=_("Who comes instead"))
    field_order = ("officer", "reason")

    def __init__(self, *args: Any, paths: list[str], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["officer"]
        field.search_in(paths, today)


class MoveForm(forms.Form):
    """To which other batch of the class."""

    batch = forms.ModelChoiceField(label=_("To batch"), queryset=Batch.objects.none(), empty_label=None)

    def __init__(self, *args: Any, leaving: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["batch"]
        field.queryset = Batch.objects.filter(training_class=leaving.training_class_id).exclude(pk=leaving.pk)
        field.label_from_instance = _batch_words


def _batch_words(one: Batch) -> str:
    return _("Batch %(number)d, %(first)s to %(last)s") % {
        "number": one.number,
        "first": one.starts_on,
        "last": one.ends_on,
    }


class LessonForm(forms.Form):
    """A session of a timetable: day and times, what, where, who teaches. A time of ending at or before the
    beginning is that of the next morning."""

    day = DayField(label=_("Day"), widget=Day)
    begins = forms.TimeField(
        label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Ends"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Not after the beginning: the next morning."),
    )
    kind = forms.ChoiceField(label=_("Kind of session"), choices=Session.Kind.choices)
    category = forms.ModelChoiceField(label=_("Content category"), queryset=ContentCategory.objects.none())
    topic = forms.CharField(label=_("Topic"), max_length=100)
    material = forms.CharField(label=_("Material"), max_length=200, required=False)
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), required=False)
    place = forms.CharField(
        label=_("Place"), max_length=100, required=False, help_text=_("Where no room fits.")
    )
    instructors = ManyChoiceField(
        label=_("Instructors"),
        queryset=Instructor.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, batch: Batch, session: Session | None = None, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", {}) or {}
        if session is not None:
            initial = _shown(session)
        else:
            initial.setdefault("category", batch.training_class.category_id)
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        kept = Q(pk=initial.get("category"))
        fields["category"].queryset = ContentCategory.objects.filter(Q(closed=False) | kept)
        fields["room"].queryset = Room.objects.filter(Q(closed=False) | Q(pk=initial.get("room")))
        chosen = initial.get("instructors", [])
        fields["instructors"].queryset = Instructor.objects.filter(Q(closed=False) | Q(pk__in=chosen))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if day and begins and ends:
            if not FIRST_DAY <= day <= LAST_DAY:
                raise ValidationError({"day": _("The year lies between 2000 and 2099.")})
            zone = timezone.get_default_timezone()
            last = day if ends > begins else day + DAY
            data["starts_at"] = datetime.datetime.combine(day, begins, tzinfo=zone)
            data["ends_at"] = datetime.datetime.combine(last, ends, tzinfo=zone)
        return data

    def values(self) -> dict[str, Any]:
        """What `services.timetable.save_lesson` takes. Call after validation."""
        names = ("kind", "category", "topic", "material", "room", "place", "starts_at", "ends_at")
        return {name: self.cleaned_data[name] for name in names}


def _shown(session: Session) -> dict[str, Any]:
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "kind": session.kind,
        "category": session.category_id,
        "topic": session.topic,
        "material": session.material,
        "room": session.room_id,
        "place": session.place,
        "instructors": list(session.instructors.values_list("pk", flat=True)),
    }


class CopyDayForm(forms.Form):
    """One day of the timetable once more on another."""

    source = forms.TypedChoiceField(label=_("Copy the day"), coerce=datetime.date.fromisoformat)
    target = DayField(label=_("To the day"), widget=Day)

    def __init__(self, *args: Any, days: list[datetime.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.choices = [(day.isoformat(), day.isoformat()) for day in days]

    def clean_target(self) -> datetime.date:
        _this_century(self.cleaned_data["target"])
        return self.cleaned_data["target"]


class CopyTimetableForm(forms.Form):
    """The timetable of another batch of the class, moved to the days of this one."""

    source = forms.ModelChoiceField(label=_("Copy the timetable of"), queryset=Batch.objects.none())

    def __init__(self, *args: Any, batch: Batch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.queryset = Batch.objects.filter(training_class=batch.training_class_id).exclude(pk=batch.pk)
        field.label_from_instance = _batch_words


class CycleForm(forms.ModelForm):
    """A cycle of rotation."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    audience = AudienceField()

    class Meta:
        model = RotationCycle
        fields = ("title", "unit", "first_year", "years")

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        scopes = actor.scopes(Role.TRAINER)
        fields["unit"].queryset = units_in(scopes)
        fields["audience"].offer(scopes, today)
        if self.instance.pk:
            self.initial["audience"] = self.instance.audience
        else:
            self.initial.setdefault("first_year", today.year)
