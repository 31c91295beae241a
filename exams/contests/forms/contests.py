"""Forms of a contest before it is played: what it is, its people, teams, groups, matches."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exams.contests.models import Contest, ContestStaff, Match, Team
from exams.contests.permissions.authoring import ORGANISERS
from exams.contests.queries.heats import DEFAULTS, usable_heats
from exams.contests.rules.grouping import MOST_IN_MATCH
from exams.contests.services.teams import MOST_PLAYERS, PlayerDraft, TeamDraft
from lianbing.kit.forms import keep_to_this_century
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Officer, Unit, User
from lianbing.people.queries import officers_in, units_in
from lianbing.people.rules import Actor

BY = (
    ("sum", gettext_lazy("Sum of all members")),
    ("mean", gettext_lazy("Mean of all members (absent = 0)")),
    ("best", gettext_lazy("Sum of the best members")),
)


class Moment(forms.DateTimeInput):
    """A date and a time in the bureau's own zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ContestForm(forms.ModelForm):
    """What a contest is. Units are those over which the actor sets contests up."""

    unit = UnitChoice(label=gettext_lazy("Organising unit"), queryset=Unit.objects.none())

    class Meta:
        model = Contest
        fields = ("title", "unit", "kind", "starts_at", "place", "bank", "uses_drill_pool", "heat")
        widgets = {"starts_at": Moment}
        labels = {"kind": pgettext_lazy("contest", "Kind")}
        help_texts = {
            "bank": gettext_lazy(
                "Questions are drawn from its pool for contests. Reserved exam questions are out of reach."
            ),
            "heat": gettext_lazy("An exam of this platform whose results are released."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(actor.scopes(*ORGANISERS))
        heats = usable_heats(actor)
        if self.instance.heat_id:
            heats = heats | heats.model.objects.filter(pk=self.instance.heat_id)
        fields["heat"].queryset = heats
        keep_to_this_century(fields["starts_at"])


class StaffForm(forms.Form):
    """Somebody to host, judge or decide, by staff number."""

    staff_number = forms.CharField(label=gettext_lazy("Staff number"), max_length=32)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ContestStaff.Role)

    def clean_staff_number(self) -> str:
        number = str(self.cleaned_data["staff_number"]).strip()
        user = User.objects.filter(staff_number=number, is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody has this staff number."))
        self.user = user
        return number


class TeamForm(forms.Form):
    """A team: its name, its unit, and its people one a line."""

    name = forms.CharField(label=gettext_lazy("Name of the team"), max_length=40)
    unit = UnitChoice(
        label=gettext_lazy("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=gettext_lazy("No judge of this unit may rule on the team. Guests have none."),
    )
    stage = forms.CharField(
        label=gettext_lazy("On the stage"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line: staff number, or full name. The first leads. A name nobody here bears is a guest."
        ),
    )
    substitutes = forms.CharField(
        label=gettext_lazy("Substitutes"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line, likewise."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in([""])

    @staticmethod
    def initial_of(team: Team) -> dict[str, Any]:
        """What the form of a team begins with."""
        lines: dict[bool, list[str]] = {True: [], False: []}
        for player in sorted(team.players.select_related("officer"), key=lambda one: not one.leader):
            lines[player.substitute].append(player.officer.staff_number if player.officer else player.name)
        return {
            "name": team.name,
            "unit": team.unit_id,
            "stage": "\n".join(lines[False]),
            "substitutes": "\n".join(lines[True]),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.players: list[PlayerDraft] = []
        for field in ("stage", "substitutes"):
            lines = [one.strip() for one in str(data.get(field) or "").splitlines() if one.strip()]
            if len(lines) > MOST_PLAYERS:
                self.add_error(field, _("A team has at most 12 people, substitutes included."))
                continue
            self.players += self._people(field, lines)
        return data

    def _people(self, field: str, lines: list[str]) -> list[PlayerDraft]:
        """The people of one field; what cannot be told apart is named line by line."""
        named = Q(staff_number__in=lines) | Q(name__in=lines)
        found = list(officers_in([""], self.today).filter(named))
        made = []
        for number, line in enumerate(lines, start=1):
            exact = [one for one in found if one.staff_number == line]
            meant = exact or [one for one in found if one.name == line]
            text = ""
            if len(meant) > 1:
                text = _("several of this name, write the staff number")
            elif not meant and any(char.isdigit() for char in line):
                text = _("nobody found")
            elif not meant and len(line) > 50:
                text = _("At most 50 characters.")
            if text:
                said = {"number": number, "text": line[:60], "why": text}
                self.add_error(field, _("Line %(number)d, %(text)s: %(why)s") % said)
                continue
            officer: Officer | None = meant[0] if meant else None
            made.append(
                PlayerDraft(
                    officer=officer,
                    name=officer.name if officer else line,
                    substitute=field == "substitutes",
                )
            )
        return made

    def draft(self) -> TeamDraft:
        """The team as typed. Call after validation."""
        return TeamDraft(self.cleaned_data["name"].strip(), self.cleaned_data["unit"], self.players)


class TeamListForm(forms.Form):
    """A list of teams: a file, or rows pasted from a spreadsheet."""

    file = forms.FileField(label=gettext_lazy("Spreadsheet"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("With the row of headings, as copied from Excel or WPS."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not str(data.get("text") or "").strip() and not self.errors:
            raise ValidationError(_("Choose a file or paste the rows."))
        return data


class FromHeatForm(forms.Form):
    """Teams made of the best of each unit in the heat."""

    depth = forms.TypedChoiceField(label=gettext_lazy("A team of every"), coerce=int)
    stage = forms.IntegerField(label=gettext_lazy("On the stage"), min_value=1, max_value=8)
    substitutes = forms.IntegerField(
        label=pgettext_lazy("how many", "Substitutes"), min_value=0, max_value=4, initial=1
    )
    most = forms.IntegerField(
        label=gettext_lazy("Teams at most"),
        min_value=1,
        max_value=60,
        initial=MOST_IN_MATCH,
        help_text=gettext_lazy("The units with the best sums come first."),
    )

    def __init__(self, *args: Any, depths: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["depth"].choices = depths


class HeatForm(forms.Form):
    """How the teams are ranked by the heat."""

    by = forms.ChoiceField(label=gettext_lazy("A team's score"), choices=BY)
    best = forms.IntegerField(label=gettext_lazy("How many best"), min_value=1, max_value=12)
    places = forms.IntegerField(label=gettext_lazy("Teams that go through"), min_value=1, max_value=200)

    def asked(self) -> dict[str, Any]:
        """The settings as asked for, the usual ones where what was sent is wrong."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or usual for name, usual in DEFAULTS.items()}


class GroupsForm(forms.Form):
    """Which teams are drawn into how many groups."""

    teams = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Teams in the draw"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    count = forms.IntegerField(label=gettext_lazy("Groups"), min_value=1, max_value=50)
    spread = forms.BooleanField(
        label=gettext_lazy("Spread the strong teams over the groups (by the heat)"), required=False
    )

    def __init__(self, *args: Any, teams: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["teams"].choices = teams


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class MatchForm(forms.ModelForm):
    """A match before its start: name, stage, time, and the teams by seat."""

    class Meta:
        model = Match
        fields = ("name", "stage", "planned_at")
        widgets = {"planned_at": Moment}

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = list(contest.teams.all())
        self.teams = {str(team.pk): team for team in teams}
        seated = {}
        if self.instance.pk:
            seated = dict(self.instance.entries.values_list("seat", "team_id"))
        choices = [("", "—"), *((str(team.pk), team.name) for team in teams)]
        self.seats = [f"seat_{seat}" for seat in range(1, min(MOST_IN_MATCH, len(teams)) + 1)]
        for seat, name in enumerate(self.seats, start=1):
            self.fields[name] = forms.ChoiceField(
                label=_("Seat %(number)d") % {"number": seat},
                choices=choices,
                required=False,
                initial=str(seated.get(seat, "")),
            )
        keep_to_this_century(self.fields["planned_at"])

    def seated(self) -> list[Team]:
        """The teams in the order of their seats, empty seats closed up. Call after validation."""
        chosen = [self.cleaned_data.get(name) for name in self.seats]
        return [self.teams[one] for one in chosen if one]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [data[name] for name in self.seats if data.get(name)]
        for name in self.seats:
            if data.get(name) and chosen.count(data[name]) > 1:
                self.add_error(name, _("A team is entered twice."))
        return data


class FinalForm(forms.Form):
    """Who goes to the final, as the confirmed matches propose and a person confirms."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    planned_at = forms.DateTimeField(label=gettext_lazy("Planned for"), required=False, widget=Moment())
    teams = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Teams of the final, in the order of their seats"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, teams: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["teams"].choices = teams
        keep_to_this_century(fields["planned_at"])
