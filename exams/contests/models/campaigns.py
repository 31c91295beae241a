"""Campaigns of public legal education: their days, what they show, what was planned and what was done."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only
from lianbing.library.models import Article
from lianbing.people.models import Unit


class Campaign(models.Model):
    """Days on which the bureau turns to the public (宣传日, 宣传月): from the first day to the last, both whole.

    `preset` is the code of the yearly day it is held for (`rules.campaigns`), "" for any other. Once
    published it opens and closes by its days alone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=60)
    intro = models.TextField(_("What it is about"), max_length=2000, blank=True)
    organiser = models.CharField(_("Organiser, as the public reads it"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    preset = models.CharField(_("Held for"), max_length=32, blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    by_name = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("Campaign")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CampaignMaterial(models.Model):
    """Something to read on a campaign's page: an article of a law, words of one's own, or an address."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article of a law")
        TEXT = "text", _("Own words")
        LINK = "link", _("Address")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)
    title = models.CharField(_("Heading"), max_length=100, blank=True)
    text = models.TextField(_("Words"), max_length=4000, blank=True)
    url = models.URLField(_("Address"), max_length=300, blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or self.kind


class CampaignGoal(models.Model):
    """An activity planned with its number: one visit to an education base, two films shown."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="goals")
    activity = models.CharField(_("Activity"), max_length=60)
    target = models.PositiveSmallIntegerField(_("How many"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "activity"], name="campaign_goal_once"),
            models.CheckConstraint(condition=models.Q(target__gte=1), name="campaign_goal_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.target}"


@append_only
class CampaignActivity(models.Model):
    """One activity that took place."""

    goal = models.ForeignKey(CampaignGoal, on_delete=models.PROTECT, related_name="done")
    on = models.DateField(_("Day"))
    words = models.CharField(_("Where and what"), max_length=200)
    people = models.PositiveIntegerField(_("People reached"), default=0)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.words[:40]}"
