"""Forms of the people app."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer, Post, Unit, role_name
from lianbing.people.rules import GRANTABLE, Role


class SignInForm(AuthenticationForm):
    """Staff number and password. An empty staff number never reaches the lock."""

    error_messages = {
        "invalid_login": _("The staff number and the password do not match."),
        "inactive": _("This account has been disabled."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Staff number")
        self.fields["username"].widget.attrs.update(autocapitalize="none", spellcheck="false")
        self.fields["password"].label = _("Password")


class PasswordChangeForm(SetPasswordForm):
    """The present password, then the new one twice."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 8 characters, not only digits, nothing like your name or staff number."
        )
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = ""
        for name in ("new_password1", "new_password2"):
            self.fields[name].validators.append(MaxLengthValidator(128))

    def clean_old_password(self) -> str:
        typed = str(self.cleaned_data["old_password"])
        if not self.user.check_password(typed):
            raise ValidationError(_("The present password is not right."))
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        new = cleaned.get("new_password1")
        if new and self.user.check_password(new):
            self.add_error("new_password1", _("Choose a password you have not just used."))
        return cleaned


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=200)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class UnitChoice(forms.ModelChoiceField):
    """Units as a list that shows the tree by indenting."""

    def label_from_instance(self, obj: Any) -> str:
        return "　" * (obj.depth - 1) + str(obj.name)


class OfficerFilter(forms.Form):
    """Which officers to list."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=50)
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none(), required=False)
    left = forms.BooleanField(label=_("Those who have left"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units
        fields["unit"].empty_label = _("All units")
        fields["post"].queryset = Post.objects.all()
        fields["post"].empty_label = _("All posts")
        fields["category"].choices = [("", _("All categories")), *Officer.Category.choices]


class MoveForm(forms.Form):
    """A new unit and post from a day on, which may lie in the past."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.all())
    rank = forms.CharField(
        label=_("Rank"),
        max_length=40,
        required=False,
        help_text=_("Position or grade, such as 中队长. Empty: none."),
    )
    starts_on = _day(_("From"))
    reason = _reason()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units


class LeaveForm(forms.Form):
    """The first day on which the person no longer serves."""

    left_on = _day(_("Left on"))
    reason = _reason()


class MergeForm(forms.Form):
    """The other record of the same person."""

    keep = forms.CharField(label=_("Staff number to keep"), max_length=32)
    reason = _reason()


class UnitForm(forms.Form):
    """The name of a unit."""

    name = forms.CharField(label=_("Name"), max_length=100)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if "/" in name or "／" in name:
            raise ValidationError(_("A name must not contain a slash: slashes part the levels in a roster."))
        return name


class RosterForm(forms.Form):
    """The file of a roster."""

    file = forms.FileField(
        label=_("Roster file"),
        help_text=_("Excel (.xlsx, .xls) or CSV, at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    skip_bad_rows = forms.BooleanField(
        label=_("Import the good rows even if others are wrong"), required=False
    )


class SlipsForm(forms.Form):
    """For whom to print one-time passwords."""

    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units


class DoorForm(forms.Form):
    """Why a password is reset."""

    reason = _reason()


class GrantForm(forms.Form):
    """A role for a person, over a unit or the whole bureau."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=32)
    role = forms.ChoiceField(label=_("Role"))
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [(r.value, role_name(r)) for r in Role if r in GRANTABLE]
        fields["unit"].queryset = units
        fields["unit"].empty_label = _("The whole bureau")


class AuditFilter(forms.Form):
    """Which records of the audit trail to show."""

    stream = forms.CharField(label=_("Area"), required=False, max_length=32)
    action = forms.CharField(label=_("Action"), required=False, max_length=64)
    actor = forms.CharField(label=_("Staff number"), required=False, max_length=32)
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = self.fields["until"].required = False
