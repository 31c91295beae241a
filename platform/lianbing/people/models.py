"""People, units and posts; who serves where and since when; who may do what."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from lianbing.kit.append_only import append_only
from lianbing.people.hashers import OneTimeCodeHasher
from lianbing.people.rules import GRANTABLE, Role, masked_name

ROLE_NAMES = {
    Role.OFFICER: _("Enforcement officer"),
    Role.AUXILIARY: _("Auxiliary"),
    Role.CIVILIAN: _("Civilian staff"),
    Role.TRAINER: _("Trainer"),
    Role.EXAM_ADMINISTRATOR: _("Exam administrator"),
    Role.INVIGILATOR: _("Invigilator"),
    Role.MARKER: _("Marker"),
    Role.HR: _("Personnel office"),
    Role.LEGAL: _("Legal office"),
    Role.LEADER: _("Leader"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.SECURITY_ADMINISTRATOR: _("Security administrator"),
    Role.AUDIT_ADMINISTRATOR: _("Audit administrator"),
}


def role_name(role: str) -> str:
    """The name of a role in the reader's language."""
    return str(ROLE_NAMES[Role(role)])


class Unit(MP_Node):
    """A node of the bureau's tree, of any depth: bureau, detachment, brigade, squad, town."""

    name = models.CharField(_("Name"), max_length=100)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("Unit")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post (岗位) such as front-line enforcement or case review."""

    name = models.CharField(_("Name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("Post")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, staff_number: str, password: str | None = None, **fields: Any) -> "User":
        """An account that signs in with its staff number. Without a password it cannot sign in."""
        user = self.model(staff_number=staff_number.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_number: str, password: str | None = None, **fields: Any) -> "User":
        """Django asks for this method; Lianbing has no business superuser, only three administrators."""
        raise NotImplementedError("Use manage.py create_administrator.")


class User(AbstractBaseUser, PermissionsMixin):
    """An account. `auth_epoch` goes up at sign-out, password change and disabling, and ends every ticket."""

    staff_number = models.CharField(_("Staff number"), max_length=32, unique=True)
    name = models.CharField(_("Full name"), max_length=50)
    is_active = models.BooleanField(_("Active"), default=True)
    is_demo = models.BooleanField(default=False)
    is_rehearsal = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    auth_epoch = models.PositiveIntegerField(default=1)
    objects = UserManager()

    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("Account")

    def __str__(self) -> str:
        return f"{self.name} ({self.staff_number})"

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. A one-time code is never re-hashed: it stays under its HMAC."""
        if self.password.startswith(f"{OneTimeCodeHasher.algorithm}$"):
            return check_password(raw_password, self.password)
        return super().check_password(raw_password)

    @property
    def is_staff(self) -> bool:
        """Wagtail and Django ask; the doors of /cms/ are the access matrix and model permissions."""
        return False

    @property
    def first_name(self) -> str:
        """Wagtail greets by this attribute."""
        return self.name

    @property
    def last_name(self) -> str:
        return ""

    @property
    def email(self) -> str:
        """No mail leaves the closed network."""
        return ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Officer(models.Model):
    """A person of the bureau. The identity number is kept as a keyed digest and a masked text only."""

    class Category(models.TextChoices):
        OFFICER = "officer", _("Enforcement officer")
        AUXILIARY = "auxiliary", _("Auxiliary")
        CIVILIAN = "civilian", _("Civilian staff")

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="officer")
    staff_number = models.CharField(_("Staff number"), max_length=32, unique=True)
    name = models.CharField(_("Full name"), max_length=50, db_index=True)
    badge_number = models.CharField(_("Badge number"), max_length=32, blank=True, db_index=True)
    category = models.CharField(_("Category"), max_length=16, choices=Category)
    id_number_masked = models.CharField(_("ID number"), max_length=32, blank=True)
    id_number_digest = models.CharField(max_length=64, blank=True, db_index=True)
    joined_on = models.DateField(_("Joined on"), null=True, blank=True)
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta:
        verbose_name = _("Officer")
        ordering = ["staff_number"]

    def __str__(self) -> str:
        return f"{self.name} ({self.staff_number})"

    @property
    def public_name(self) -> str:
        return masked_name(self.name)


class Appointment(models.Model):
    """Where an officer serves, from a day until the day before another. `ends_on` is the first day after.

    `rank` (职务、职级: 中队长, 一级科员) is a free text of the bureau, dated with the appointment.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    rank = models.CharField(_("Rank"), max_length=40, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Appointment")
        ordering = ["officer", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "starts_on"], name="appointment_one_start_a_day"),
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(ends_on=None), name="appointment_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.starts_on}"


class RoleGrant(models.Model):
    """A role over a unit's subtree (no unit = the whole bureau), from a day until it is withdrawn."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(
        _("Role"), max_length=32, choices=[(role.value, ROLE_NAMES[role]) for role in sorted(GRANTABLE)]
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("Role")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=models.Q(ends_on=None),
                name="role_grant_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ends_on=None, unit=None),
                name="role_grant_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {Role(self.role)}"


@append_only
class PasswordReset(models.Model):
    """A new one-time password given out: by whom, why, and where (the exam-room door)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="password_resets")
    at = models.DateTimeField()
    actor = models.JSONField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
