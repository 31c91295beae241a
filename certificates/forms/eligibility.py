"""Forms of eligibility: the filters of HR's list, what is stated with a document, the rules themselves."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.models.qualifying_labels import ELIGIBILITY_LABELS, PART_LABELS, SECOND_LABELS
from certificates.queries.eligible import STANDINGS, Filter
from certificates.rendering.eligibility import qualification
from certificates.rules.proposing import BOUNDS, Policy, Second
from certificates.rules.qualifying_parts import (
    ATTESTABLE,
    PARAMS,
    QUALIFICATIONS,
    EligibilityRule,
    Kind,
    Param,
    Part,
    PartRule,
)
from exams.models import Blueprint
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in

EVERYBODY = "all"
EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)
PARAM_LABELS = {
    "months": _("Months"),
    "least": _("Years at least"),
    "hours": _("Hours"),
    "papers": _("Blueprints that count"),
    "exempt": _("Exempt is who holds"),
    "kinds": _("One of these"),
}
PARAM_HELP = {
    (Part.PUBLIC_EXAM, "months"): _("A pass is good for so many months; 0 = for good."),
    (Part.SPECIALIST_EXAM, "months"): _("A pass is good for so many months; 0 = for good."),
    (Part.PUBLIC_EXAM, "papers"): _(
        "None: the exam is held elsewhere, and HR enters results with their document."
    ),
    (Part.SPECIALIST_EXAM, "papers"): _(
        "None: the exam is held elsewhere, and HR enters results with their document."
    ),
    (Part.HOURS, "months"): _("In the last so many months; 0 = in the calendar year."),
    (Part.CONDUCT, "months"): _("No sanction in the last so many months."),
    (Part.PROBATION, "months"): _("Counted from the day of joining on the roster."),
}
POLICY_LABELS = {
    "tries": (_("Failed tries"), _("So many failed tries lead to a proposal of suspension.")),
    "remedial_hours": (
        _("Remedial training (hours)"),
        _("Before reinstatement is proposed; 0 = the pass suffices."),
    ),
    "second_tries": (_("Failures while suspended"), _("So many lead to what is chosen below.")),
}


def _day(label: Any, **fields: Any) -> forms.DateField:
    """A day of this age: at the ends of the calendar every sum with months overflows."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **fields,
    )


class EligibleForm(forms.Form):
    """The filters of HR's list, with the choices this reader has. What is no choice is left out."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    standing = forms.ChoiceField(label=_("Eligibility"), required=False)
    lacking = forms.ChoiceField(label=_("Still needed"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    post = forms.ChoiceField(label=_("Post"), required=False)
    q = forms.CharField(label=_("Search"), required=False, max_length=50)

    def __init__(self, data: Any, *, scopes: list[str]) -> None:
        super().__init__(data)
        self._scopes = scopes
        self._units = {str(unit.pk): unit for unit in units_in(scopes)}
        self._offer("unit", [(pk, _indented(unit)) for pk, unit in self._units.items()])
        self._offer("standing", [(word, ELIGIBILITY_LABELS[word]) for word in STANDINGS])
        self._offer("lacking", [(part.value, PART_LABELS[part]) for part in Part])
        officers = Officer.Category.OFFICER
        others = [choice for choice in Officer.Category.choices if choice[0] != officers]
        self._offer("category", [*others, (EVERYBODY, _("Everybody"))], otherwise=officers.label)
        self._offer("post", [(str(post.pk), post.name) for post in Post.objects.all()])
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
        return Filter(
            unit_paths=(unit.path,) if unit else tuple(self._scopes),
            standing=said.get("standing") or "",
            lacking=said.get("lacking") or "",
            category=said.get("category") or "",
            post_id=int(said["post"]) if said.get("post") else None,
            search=(said.get("q") or "").strip(),
        )


def _indented(unit: Unit) -> str:
    return "\u3000" * (unit.depth - 1) + unit.name


class StatementForm(forms.Form):
    """What HR states of somebody, with the document it rests on."""

    part = forms.ChoiceField(label=_("Requirement"))
    on = _day(_("From"), help_text=_("Of an exam: the day it was passed."))
    until = _day(_("Until"), required=False, help_text=_("Empty: as long as the rules say, or without end."))
    document_no = forms.CharField(label=_("Document number"), max_length=64)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    AGAINST = "against"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part: Any = self.fields["part"]
        stated = [(one.value, PART_LABELS[one]) for one in ATTESTABLE if one is not Part.CONDUCT]
        part.choices = [*stated, (self.AGAINST, _("Conduct: something stands against it"))]

    def said(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        against = given["part"] == self.AGAINST
        return given | {"part": Part.CONDUCT if against else Part(given["part"]), "met": not against}


class ReasonForm(forms.Form):
    """Why something is taken back or left as it is."""

    reason = forms.CharField(
        label=_("Reason"), min_length=5, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class QualifyingRulesForm(forms.Form):
    """A version of the rules: which parts are asked, with their figures, and what a failed change exam leads to."""

    title = forms.CharField(label=_("Title"), max_length=80)
    source = forms.CharField(label=_("Founding document"), max_length=200, required=False)
    holds_from = _day(_("Holds from"))

    def __init__(self, *args: Any, rule: EligibilityRule, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = [
            (str(uid), title)
            for uid, title in Blueprint.objects.filter(is_rehearsal=False).values_list("uid", "title")
        ]
        for part in Part:
            if part is not Part.CATEGORY:
                self._add_part(part, rule.part(part), papers)
        self._add_policy(policy, papers)

    def _add_part(self, part: Part, held: PartRule | None, papers: list[tuple[str, str]]) -> None:
        asked = forms.BooleanField(label=PART_LABELS[part], required=False, initial=held is not None)
        self.fields[part.value] = asked
        for name, param in PARAMS[part].items():
            field = _field(param, papers)
            field.label = PARAM_LABELS[name]
            field.help_text = PARAM_HELP.get((part, name), "")
            field.initial = held.get(name) if held else param.default
            self.fields[f"{part.value}_{name}"] = field

    def _add_policy(self, policy: Policy, papers: list[tuple[str, str]]) -> None:
        self.fields["policy_papers"] = _many(papers, _("Exams of a change"), policy.papers)
        self.fields["policy_late_counts"] = forms.BooleanField(
            label=_("Not passing by the due day counts as a failure"),
            required=False,
            initial=policy.late_counts,
        )
        for name, (label, text) in POLICY_LABELS.items():
            low, high = BOUNDS[name]
            self.fields[f"policy_{name}"] = forms.IntegerField(
                label=label, help_text=text, min_value=low, max_value=high, initial=getattr(policy, name)
            )
        self.fields["policy_second"] = forms.ChoiceField(
            label=_("A second failure"),
            choices=[(one.value, label) for one, label in SECOND_LABELS.items()],
            initial=policy.second.value,
        )

    def rule(self) -> EligibilityRule:
        """What is asked, as the rules see it. Only of a valid form."""
        said = self.cleaned_data
        parts = [PartRule(Part.CATEGORY)]
        for part in Part:
            if said.get(part.value):
                given = {name: said[f"{part.value}_{name}"] for name in PARAMS[part]}
                parts.append(PartRule(part, {name: _plain(value) for name, value in given.items()}))
        return EligibilityRule(tuple(sorted(parts, key=lambda one: list(Part).index(one.part))))

    def policy(self) -> Policy:
        """What a failed change exam leads to. Only of a valid form."""
        said = self.cleaned_data
        return Policy(
            tries=said["policy_tries"],
            late_counts=said["policy_late_counts"],
            papers=tuple(said["policy_papers"]),
            remedial_hours=said["policy_remedial_hours"],
            second=Second(said["policy_second"]),
            second_tries=said["policy_second_tries"],
        )

    def groups(self) -> list[dict[str, Any]]:
        """The fields part by part, for the template."""
        return [
            {"asked": self[part.value], "fields": [self[f"{part.value}_{name}"] for name in PARAMS[part]]}
            for part in Part
            if part is not Part.CATEGORY
        ]

    def policy_fields(self) -> list[Any]:
        """The fields of the policy."""
        return [self[name] for name in self.fields if name.startswith("policy_")]

    def head(self) -> list[Any]:
        """Title, source and the day from which it holds."""
        return [self[name] for name in ("title", "source", "holds_from")]


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _field(param: Param, papers: list[tuple[str, str]]) -> forms.Field:
    if param.kind is Kind.NUMBER:
        return forms.IntegerField(min_value=param.low, max_value=param.high)
    if param.kind is Kind.KEYS:
        return _many(papers, "", ())
    return _many([(kind, qualification(kind)) for kind in QUALIFICATIONS], "", ())


def _many(choices: list[tuple[str, str]], label: Any, initial: Iterable[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        initial=list(initial),
        widget=forms.CheckboxSelectMultiple,
    )


class ConfirmForm(forms.Form):
    """A decision on paper: from which day, under which number, and a deliberate yes."""

    on = _day(pgettext_lazy("proposal", "Holds from"))
    document_no = forms.CharField(label=_("Document number"), max_length=64)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    confirmed = forms.BooleanField(
        label=_("I have read the evidence and the statement of the person concerned.")
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today


class AnswerForm(forms.Form):
    """What the person concerned has to say."""

    text = forms.CharField(
        label=_("Your statement"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
