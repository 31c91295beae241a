"""Preparing campaigns, publishing them, and writing down what was done in them."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exams.contests.models import Campaign, CampaignActivity, CampaignGoal, CampaignMaterial
from exams.contests.permissions.quiz import may_organise
from exams.contests.services.quiz_setting import STREAM
from lianbing.kit import audit
from lianbing.people.rules import Actor

FIELDS = ("title", "intro", "organiser", "unit", "preset", "starts_on", "ends_on")


class CampaignRefused(Exception):
    """Nothing was saved; the text says why. `code` names the rule."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def _allow(by: Actor, unit_path: str) -> None:
    if not may_organise(by, unit_path):
        raise CampaignRefused("not_allowed", _("Only organisers of this unit may do that."))


def save_campaign(
    *, values: dict[str, Any], by: Actor, at: datetime.datetime, campaign: Campaign | None = None
) -> Campaign:
    """Make or change a campaign. Raises CampaignRefused (not_allowed)."""
    if campaign is not None:
        _allow(by, campaign.unit.path)
    _allow(by, values["unit"].path)
    saved = campaign or Campaign(created_at=at, by_name=by.name)
    for name in FIELDS:
        setattr(saved, name, values[name])
    with transaction.atomic():
        saved.save()
        audit.record(stream=STREAM, action="campaign_saved", by=by, at=at, subject=saved)
    return saved


def publish(*, campaign: Campaign, public: bool, by: Actor, at: datetime.datetime) -> None:
    """Put a campaign before the public, or take it back. It opens and closes by its days. Idempotent."""
    _allow(by, campaign.unit.path)
    with transaction.atomic():
        rows = Campaign.objects.filter(pk=campaign.pk, published_at__isnull=public)
        if rows.update(published_at=at if public else None):
            action = "campaign_published" if public else "campaign_withdrawn"
            audit.record(stream=STREAM, action=action, by=by, at=at, subject=campaign)


def add_material(
    *, campaign: Campaign, values: dict[str, Any], by: Actor, at: datetime.datetime
) -> CampaignMaterial:
    """Put something to read on the page of a campaign. `values` are fields of CampaignMaterial."""
    _allow(by, campaign.unit.path)
    with transaction.atomic():
        made = CampaignMaterial.objects.create(campaign=campaign, **values)
        audit.record(
            stream=STREAM, action="campaign_material_added", by=by, at=at, subject=campaign, what=str(made)
        )
    return made


def remove_material(*, material: CampaignMaterial, by: Actor, at: datetime.datetime) -> None:
    """Take something off the page of a campaign. Idempotent."""
    campaign = material.campaign
    _allow(by, campaign.unit.path)
    with transaction.atomic():
        gone, _counts = CampaignMaterial.objects.filter(pk=material.pk).delete()
        if gone:
            said = {"what": str(material)}
            audit.record(
                stream=STREAM, action="campaign_material_removed", by=by, at=at, subject=campaign, **said
            )


def set_goal(
    *, campaign: Campaign, activity: str, target: int, by: Actor, at: datetime.datetime
) -> CampaignGoal:
    """Plan an activity with its number. Raises CampaignRefused (not_allowed, there)."""
    _allow(by, campaign.unit.path)
    try:
        with transaction.atomic():
            goal = CampaignGoal.objects.create(campaign=campaign, activity=activity, target=target)
            audit.record(
                stream=STREAM,
                action="campaign_goal_set",
                by=by,
                at=at,
                subject=campaign,
                activity=activity,
                target=target,
            )
    except IntegrityError as error:
        raise CampaignRefused("there", _("This activity is planned already.")) from error
    return goal


def record_activity(
    *,
    goal: CampaignGoal,
    on: datetime.date,
    words: str,
    people: int,
    by: Actor,
    at: datetime.datetime,
) -> CampaignActivity:
    """Write down an activity that took place. Raises CampaignRefused (not_allowed, outside: not a day of it)."""
    campaign = goal.campaign
    _allow(by, campaign.unit.path)
    if not campaign.starts_on <= on <= campaign.ends_on:
        raise CampaignRefused("outside", _("This day is not one of the campaign's."))
    with transaction.atomic():
        made = CampaignActivity.objects.create(
            goal=goal, on=on, words=words, people=people, by_name=by.name, at=at
        )
        said = {"activity": goal.activity, "on": on.isoformat()}
        audit.record(stream=STREAM, action="campaign_activity", by=by, at=at, subject=campaign, **said)
    return made
