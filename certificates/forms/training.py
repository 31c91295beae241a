"""Forms: award rules, revocation, and the filters of the overview."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models import AwardRule, CertificateDesign
from certificates.models.labels import GROUND_LABELS, OUTCOME_LABELS, STANDING_LABELS
from certificates.queries.outcomes import sittings_of
from certificates.queries.overview import EVERYBODY, STANDINGS, Filter
from certificates.rules.designs import Problem, forbidden_in
from certificates.rules.eligibility import mixes_enforcement
from certificates.services.designs import explained
from certificates.services.issuing import SHORTEST_REASON
from exams.models import Blueprint
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in

WITHIN = [(30, _("30 days")), (90, _("90 days")), (180, _("6 months")), (365, _("A year"))]


class RuleForm(forms.ModelForm):
    """An award rule. Officers and auxiliaries cannot share a title."""

    categories = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=Officer.Category.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Auxiliaries get a certificate of their own title, never that of officers."),
    )

    class Meta:
        model = AwardRule
        fields = ["blueprint", "title", "valid_months", "categories", "number_prefix", "design", "active"]
        help_texts = {
            "blueprint": _(
                "Whoever passes a sitting of this blueprint is awarded the certificate. Empty: for finished "
                "classes, completed courses and grants by hand."
            ),
            "design": _("How it is printed. Empty: the plain look."),
            "number_prefix": _("Numbers read PREFIX-year-serial, such as YXPX-2026-000123."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blueprint: Any = self.fields["blueprint"]
        blueprint.queryset = Blueprint.objects.filter(is_rehearsal=False)
        design: Any = self.fields["design"]
        design.queryset = CertificateDesign.objects.filter(
            Q(active=True) | Q(award_rules=self.instance.pk)
        ).distinct()

    def clean_title(self) -> str:
        """A training certificate is never called what the state's own papers are called."""
        title = str(self.cleaned_data["title"]).strip()
        word = forbidden_in(title)
        if word:
            raise forms.ValidationError(explained([Problem("title", "forbidden", (("word", word),))]))
        return title

    def clean_number_prefix(self) -> str:
        """Small letters are taken as capitals."""
        return str(self.cleaned_data["number_prefix"]).strip().upper()

    def clean_categories(self) -> list[str]:
        """Law: an auxiliary may not hold what certifies an officer."""
        chosen = list(self.cleaned_data["categories"])
        if mixes_enforcement(chosen):
            raise forms.ValidationError(
                _("Officers and auxiliaries cannot share a title: make a rule for each of them.")
            )
        return chosen


class RevokeForm(forms.Form):
    """Why a certificate is taken back, and a deliberate yes."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()],
        help_text=_("Shown to anybody who verifies the certificate."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the record only, at least five characters; the public does not see it."),
    )
    confirmed = forms.BooleanField(label=_("I have checked it. Revoking cannot be undone."))


class OverviewForm(forms.Form):
    """The filters of the overview, with the choices this reader has. What is no choice is left out."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    standing = forms.ChoiceField(label=_("Certification"), required=False)
    sitting = forms.ChoiceField(label=_("Exam"), required=False)
    within = forms.ChoiceField(label=_("Ends within"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    post = forms.ChoiceField(label=_("Post"), required=False)
    rule = forms.ChoiceField(label=_("Certificate"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=50)

    def __init__(self, data: Any, *, scopes: list[str]) -> None:
        super().__init__(data)
        self._scopes = scopes
        self._units = {str(unit.pk): unit for unit in units_in(scopes)}
        self._offer("unit", [(pk, _indented(unit)) for pk, unit in self._units.items()])
        standings = [(word, STANDING_LABELS[word]) for word in STANDINGS if word not in OUTCOME_LABELS]
        self._offer("standing", [*standings, (_("By exam result"), list(OUTCOME_LABELS.items()))])
        self._offer("sitting", [(str(s.pk), s.title) for s in sittings_of(scopes)[:100]])
        self._offer("within", [(str(days), label) for days, label in WITHIN])
        categories = [*Officer.Category.choices, (EVERYBODY, _("All"))]
        self._offer("category", categories, otherwise=_("Officers and auxiliaries"))
        self._offer("post", [(str(post.pk), post.name) for post in Post.objects.all()])
        self._offer("rule", [(str(rule.pk), rule.title) for rule in AwardRule.objects.all()])
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("Name or number")}
        )

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]], otherwise: Any = None) -> None:
        field: Any = self.fields[name]
        field.choices = [("", otherwise or _("All")), *choices]

    def asked(self) -> Filter:
        """What was asked, within the reader's scopes; anything invalid counts as not asked."""
        self.is_valid()
        said = self.cleaned_data
        unit = self._units.get(said.get("unit") or "")
        number = {
            name: int(said[name]) if said.get(name) else None
            for name in ("post", "sitting", "rule", "within")
        }
        return Filter(
            unit_paths=(unit.path,) if unit else tuple(self._scopes),
            category=said.get("category") or "",
            post_id=number["post"],
            standing=said.get("standing") or "",
            sitting_id=number["sitting"],
            rule_id=number["rule"],
            ends_within=number["within"],
            search=(said.get("q") or "").strip(),
        )


def _indented(unit: Unit) -> str:
    return "\u3000" * (unit.depth - 1) + unit.name
