"""Forms of attendance: thresholds, a single session, a reason, closing, make-up, files."""

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms.audience import AudienceField
from courses.models import ContentCategory
from courses.training.forms.plans import LineChoice
from courses.training.models import Instructor, Roll, Room, Session
from courses.training.services.singles import FIELDS
from lianbing.kit.forms import ManyChoiceField, keep_to_this_century
from lianbing.library.forms.days import DayField
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor, Role

SINGLE_KINDS = [
    (kind.value, kind.label) for kind in Session.Kind if kind not in (Session.Kind.EXAM, Session.Kind.LECTURE)
] + [(Session.Kind.LECTURE.value, Session.Kind.LECTURE.label)]


class Moment(forms.DateTimeInput):
    """A date and a time in the bureau's own zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RulesForm(forms.ModelForm):
    """The thresholds of one session."""

    class Meta:
        model = Roll
        fields = [
            "late_minutes",
            "early_minutes",
            "absent_minutes",
            "sign_out",
            "no_sign_out",
            "counting",
            "checked_by_second",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("late_minutes", "early_minutes", "absent_minutes"):
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)
            field.validators.append(MaxValueValidator(600))


class SessionForm(forms.ModelForm):
    """A session without a batch, before or after it took place. Units are those the actor trains."""

    unit = forms.ModelChoiceField(label=_("Organising unit"), queryset=Unit.objects.none())
    kind = forms.ChoiceField(label=_("Kind of session"), choices=SINGLE_KINDS)
    audience = AudienceField(label=_("Who is expected"))
    instructors = ManyChoiceField(
        label=_("Instructors"),
        queryset=Instructor.objects.filter(closed=False),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    plan_line = LineChoice()
    sign_out = forms.BooleanField(label=_("People sign out too"), required=False)

    class Meta:
        model = Session
        fields = [
            "unit",
            "kind",
            "category",
            "topic",
            "starts_at",
            "ends_at",
            "material",
            "room",
            "place",
            "instructors",
            "plan_line",
            "note",
        ]
        labels = {"category": _("Content category")}
        widgets = {"starts_at": Moment(), "ends_at": Moment()}

    field_order = ["kind", "topic", "category", "starts_at", "ends_at", "unit", "audience", "room", "place"]

    def __init__(self, *args: Any, actor: Actor, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = actor.scopes(Role.TRAINER)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = units_in(scopes)
        audience = self.fields["audience"]
        assert isinstance(audience, AudienceField)
        audience.offer(scopes, today)
        for name, rows in (
            ("category", ContentCategory.objects.filter(closed=False)),
            ("room", Room.objects.filter(closed=False)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        line = self.fields["plan_line"]
        assert isinstance(line, LineChoice)
        line.offer(scopes, today, self.instance.plan_line_id)
        keep_to_this_century(self.fields["starts_at"], self.fields["ends_at"])
        if not Instructor.objects.filter(closed=False).exists():
            del self.fields["instructors"]
        if len(units.queryset) == 1:
            units.initial = units.queryset[0]

    def clean(self) -> dict[str, Any]:
        """Begin before end, on one day."""
        said = super().clean() or {}
        begin, end = said.get("starts_at"), said.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("The end must come after the beginning."))
        elif begin and end and timezone.localtime(begin).date() != timezone.localtime(end).date():
            self.add_error("ends_at", _("A session ends on the day it begins."))
        return said


class SingleForm(SessionForm):
    """What may be changed of a single session: not whose it is, of which kind, nor who is expected."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        teachers = list(session.instructors.values_list("pk", flat=True))
        super().__init__(*args, instance=session, initial={"instructors": teachers}, **kwargs)
        for name in ("unit", "kind", "audience", "sign_out"):
            del self.fields[name]
        kept: list[tuple[str, Any]] = [
            ("category", ContentCategory.objects.filter(Q(closed=False) | Q(pk=session.category_id))),
            ("room", Room.objects.filter(Q(closed=False) | Q(pk=session.room_id))),
            ("instructors", Instructor.objects.filter(Q(closed=False) | Q(pk__in=teachers)).distinct()),
        ]
        fields: dict[str, Any] = self.fields
        for name, rows in kept:
            if name in fields:
                fields[name].queryset = rows

    def values(self) -> dict[str, Any]:
        """What `services.singles.change` takes. Call after validation."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class ClosingForm(forms.Form):
    """When it really took place, and that those of whom nothing is known were absent."""

    held_from = forms.DateTimeField(label=_("Really began"), widget=Moment())
    held_to = forms.DateTimeField(label=_("Really ended"), widget=Moment())
    notes_count = forms.IntegerField(
        label=_("Study notes handed in"), min_value=0, max_value=100_000, initial=0, required=False
    )
    rest_absent = forms.BooleanField(label=_("Everybody of whom nothing is known was absent"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_to_this_century(self.fields["held_from"], self.fields["held_to"])


class MakeUpForm(forms.Form):
    """Another session to go to, or the minutes of studying the material instead."""

    instead = forms.ModelChoiceField(
        label=_("Goes to another session"), queryset=Session.objects.none(), required=False
    )
    on = DayField(label=_("Studied on"), required=False, widget=forms.DateInput({"type": "date"}))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    note = forms.CharField(
        label=_("What was studied, and how it was checked"), max_length=200, required=False
    )

    def __init__(self, *args: Any, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["instead"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sessions
        field.label_from_instance = lambda one: (  # type: ignore[method-assign, assignment]  # how Django wants it
            f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M} {one.topic}"
        )

    def clean(self) -> dict[str, Any]:
        """One of the two ways, whole."""
        said = super().clean() or {}
        study = [said.get("on"), said.get("minutes"), said.get("note")]
        if bool(said.get("instead")) == any(study) or (any(study) and not all(study)):
            raise forms.ValidationError(
                _("Choose a session, or fill in day, minutes and what was studied: one of the two.")
            )
        return said


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("File"))
