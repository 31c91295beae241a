"""What the coming and going of editions does to articles, worked out ahead of its day.

The rows follow from the editions and are worked out anew whenever one changes (services.effective); only
the announcement of an event is a fact of its own. See docs/decisions/0015.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once
from lianbing.library.models.laws import Article, Law, LawEdition


@frozen_once("announced_at")
class LawEvent(models.Model):
    """On the day `on` an edition takes over from another one, or holds no more without a follower.

    `edition` is the one that comes (amended) or goes (repealed). `announced_at`: when the apps above were
    told, once; the row decides it. `told` says whether a message went out or nobody had to know.
    `known_on` is the day it was first known here.
    """

    class Kind(models.TextChoices):
        AMENDED = "amended", _("Amended")
        REPEALED = "repealed", _("Repealed")

    edition = models.ForeignKey(LawEdition, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind)
    on = models.DateField()
    replaces = models.ForeignKey(
        LawEdition, on_delete=models.PROTECT, related_name="replaced_in", null=True, blank=True
    )
    known_on = models.DateField()
    announced_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Change of a law")
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "on"], name="law_event_once")]
        indexes = [models.Index(fields=["announced_at", "on"], name="law_event_due")]

    def __str__(self) -> str:
        return f"{self.edition} {self.kind} {self.on}"


class ArticleChange(models.Model):
    """From the day `on`, the words of `article` hold no more: what its text became is `successor`.

    An article of an edition long gone has one row for every later event that changed its words again.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Changed")
        MOVED = "moved", _("Moved")
        REMOVED = "removed", _("Removed")
        REPEALED = "repealed", _("Repealed")

    event = models.ForeignKey(LawEvent, on_delete=models.CASCADE, related_name="changes")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind)
    successor = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="predecessors", null=True, blank=True
    )

    class Meta:
        verbose_name = _("Changed article")
        ordering = ["event", "article__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "event"], name="article_change_once")]
        indexes = [models.Index(fields=["article", "on"], name="article_change_by_day")]

    def __str__(self) -> str:
        return f"{self.article} {self.kind} {self.on}"


class Unsettled(models.Model):
    """A law whose editions changed and whose events are not worked out yet."""

    law = models.OneToOneField(Law, on_delete=models.CASCADE, related_name="unsettled")

    class Meta:
        verbose_name = _("Law to work out")

    def __str__(self) -> str:
        return str(self.law)
