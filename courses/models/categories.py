"""What is taught: the categories that courses, classes, sessions and study rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Main(models.TextChoices):
    """The four columns of the activity record (台账) under which every category falls."""

    POLITICAL = "political", _("Political")
    PROFESSIONAL = "professional", _("Professional")
    CAUTIONARY = "cautionary", _("Cautionary")
    OTHER = "other", _("Other")


class ContentCategory(models.Model):
    """A content category (宗旨教育, 执法业务 ...), with sub-categories (R05, R78, R86).

    `main` is that of the topmost category. A closed one is offered no more; what was taught under it
    keeps its name and still counts. `position` orders the siblings.
    """

    code = models.SlugField(_("Short name"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=50)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Part of"),
    )
    main = models.CharField(_("Main kind"), max_length=16, choices=Main)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    closed = models.BooleanField(_("Closed"), default=False)

    class Meta:
        verbose_name = _("Content category")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="content_category_name_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent=None), name="content_category_top_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
