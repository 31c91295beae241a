"""Where one teaches and who: rooms, the pool of instructors, and what trainees thought of them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer, Unit


class Room(models.Model):
    """A room for training. `places` 0 = not known. A closed room is offered no more."""

    name = models.CharField(_("Name"), max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    places = models.PositiveSmallIntegerField(_("Places"), default=0, help_text=_("0 = not known."))
    closed = models.BooleanField(pgettext_lazy("room", "Closed"), default=False)

    class Meta:
        verbose_name = _("Room")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name


class Instructor(models.Model):
    """Somebody who teaches: an officer of the bureau, or an outsider without an account (R18).

    `unit` keeps the entry (its trainers may change it); every trainer of the bureau may ask for anybody.
    """

    class Level(models.TextChoices):
        EXPERT = "expert", _("Expert")
        COACH = "coach", _("Coach")
        KEY_STAFF = "key_staff", _("Key staff")

    officer = models.OneToOneField(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instructor",
        verbose_name=_("Officer"),
    )
    name = models.CharField(_("Full name"), max_length=50)
    organisation = models.CharField(_("Organisation"), max_length=100, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Kept by"))
    subjects = models.TextField(_("Subjects"), max_length=1000, blank=True)
    level = models.CharField(
        pgettext_lazy("instructor", "Level"), max_length=16, choices=Level, default=Level.KEY_STAFF
    )
    closed = models.BooleanField(_("Out of the pool"), default=False)

    class Meta:
        verbose_name = _("Instructor")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@append_only
class InstructorRating(models.Model):
    """What one who attended thought of an instructor at one session: once, and never changed."""

    instructor = models.ForeignKey(Instructor, on_delete=models.PROTECT, related_name="ratings")
    session = models.ForeignKey("training.Session", on_delete=models.PROTECT, related_name="ratings")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(
        _("Stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.CharField(_("Comment"), max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Rating of an instructor")
        constraints = [
            models.UniqueConstraint(fields=["instructor", "session", "officer"], name="rating_once"),
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="rating_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.instructor_id} {self.session_id}"
