"""Forms of campaigns."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exams.contests.models import Campaign, CampaignGoal, CampaignMaterial
from exams.contests.permissions.quiz import organising_scopes
from exams.contests.rendering.quiz import PRESETS
from exams.contests.services.campaigns import FIELDS
from lianbing.library.models import Article, LawEdition
from lianbing.people.forms import UnitChoice
from lianbing.people.models import Unit
from lianbing.people.queries import units_in
from lianbing.people.rules import Actor

EARLIEST, LATEST = 2000, 2099
MOST_PEOPLE = 10_000_000
ACTIVITIES = (
    gettext_lazy("Visit to an education base"),
    gettext_lazy("Showing of an educational film"),
    gettext_lazy("Street stall"),
    gettext_lazy("Lecture in a community"),
)


def day_field(label: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CampaignForm(forms.ModelForm):
    """What a campaign is and on which days."""

    unit = UnitChoice(label=gettext_lazy("Organising unit"), queryset=Unit.objects.none())
    preset = forms.ChoiceField(label=gettext_lazy("Held for"), required=False)
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day"))

    class Meta:
        model = Campaign
        fields = FIELDS
        widgets = {"intro": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_in(organising_scopes(actor))
        fields["preset"].choices = [("", _("None of the yearly days")), *PRESETS.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and not EARLIEST <= first.year <= LATEST:
            self.add_error("starts_on", _("Give a day between 2000 and 2099."))
        if last and not EARLIEST <= last.year <= LATEST:
            self.add_error("ends_on", _("Give a day between 2000 and 2099."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not come before the first."))
        return data


class MaterialForm(forms.ModelForm):
    """Something to read on a campaign's page. A law is public by itself; documents of the bureau are not offered."""

    law = forms.CharField(
        label=gettext_lazy("Law"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For an article: the whole title of a law of the library."),
    )
    label = forms.CharField(
        label=gettext_lazy("Article"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("As it is printed: 第三条."),
    )

    url = forms.URLField(label=gettext_lazy("Address"), required=False, max_length=300, assume_scheme="https")

    class Meta:
        model = CampaignMaterial
        fields = ("kind", "law", "label", "title", "text", "url")
        labels = {
            "kind": pgettext_lazy("quiz", "Kind"),
            "title": pgettext_lazy("quiz", "Heading"),
            "text": pgettext_lazy("quiz", "Words"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        if kind == CampaignMaterial.Kind.ARTICLE:
            self.article = self._article(data)
        if kind == CampaignMaterial.Kind.TEXT and not (data.get("title") and data.get("text")):
            self.add_error("text", _("Give a heading and the words."))
        if kind == CampaignMaterial.Kind.LINK and not (data.get("title") and data.get("url")):
            self.add_error("url", _("Give a heading and the address."))
        if data.get("url") and not str(data["url"]).startswith(("https://", "http://")):
            self.add_error("url", _("An address begins with https:// or http://."))
        return data

    def _article(self, data: dict[str, Any]) -> Article | None:
        """The article as the newest checked edition has it."""
        law, label = str(data.get("law") or "").strip("《》 "), str(data.get("label") or "").strip()
        known = Q(law__title=law) | Q(law__short_title=law)
        editions = LawEdition.objects.filter(known, status=LawEdition.Status.PUBLISHED)
        edition = editions.order_by("-published_on", "-pk").first()
        if edition is None:
            self.add_error("law", _("The library has no checked law of this title."))
            return None
        found = edition.articles.filter(label=label).first()
        if found is None:
            self.add_error("label", _("This law has no such article."))
        return found

    def values(self) -> dict[str, Any]:
        """The fields of a valid material."""
        data = self.cleaned_data
        if data["kind"] == CampaignMaterial.Kind.ARTICLE:
            return {"kind": data["kind"], "title": data["title"], "article": self.article}
        return {name: data[name] for name in ("kind", "title", "text", "url")}


class GoalForm(forms.ModelForm):
    """An activity planned, with its number."""

    class Meta:
        model = CampaignGoal
        fields = ("activity", "target")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["activity"].widget.attrs["list"] = "activities"
        fields["target"].min_value = 1
        fields["target"].widget.attrs.update(min=1, max=1000)

    def clean_target(self) -> int:
        if not 1 <= (told := self.cleaned_data["target"]) <= 1000:
            raise ValidationError(_("Give a number from 1 to 1,000."))
        return int(told)


class ActivityForm(forms.Form):
    """One activity that took place."""

    goal = forms.ModelChoiceField(label=gettext_lazy("Activity"), queryset=CampaignGoal.objects.none())
    on = day_field(gettext_lazy("Day"))
    words = forms.CharField(label=gettext_lazy("Where and what"), max_length=200)
    people = forms.IntegerField(
        label=gettext_lazy("People reached"), min_value=0, max_value=MOST_PEOPLE, initial=0
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["goal"]
        field.queryset = campaign.goals.all()
