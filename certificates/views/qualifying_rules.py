"""The eligibility rules: what is asked now, in words; the versions; and a new version from a preset."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.eligibility import QualifyingRulesForm
from certificates.models import QualifyingRules
from certificates.models.qualifying_labels import PART_LABELS, SECOND_LABELS
from certificates.permissions.eligibility import may_change_rules
from certificates.queries.eligibility import in_force, versions
from certificates.rendering.eligibility import asked, problem
from certificates.rules.proposing import Policy
from certificates.rules.qualifying_presets import BY_CODE, PRESETS
from certificates.services.eligibility import RulesRefused, save_rules
from exams.models import Blueprint
from lianbing.kit import clock
from lianbing.people.request import Request

STARTING = "full"  # the preset a bureau without rules starts from


def _papers(rules: QualifyingRules) -> dict[str, str]:
    """The titles of the blueprints that a version names. One statement."""
    named = [key for one in rules.parts for key in one.get("papers", ())] + rules.policy["papers"]
    found = Blueprint.objects.filter(uid__in=named).values_list("uid", "title")
    return {str(uid): title for uid, title in found}


def told(rules: QualifyingRules) -> dict[str, Any]:
    """A version in words, for templates."""
    titles, policy = _papers(rules), rules.proposals
    return {
        "parts": [
            {
                "label": PART_LABELS[one.part],
                "need": asked(one),
                "papers": [titles[key] for key in one.params.get("papers", ()) if key in titles],
            }
            for one in rules.rule.parts
        ],
        "policy": policy,
        "second": SECOND_LABELS[policy.second],
        "change_papers": [titles[key] for key in policy.papers if key in titles],
    }


@require_GET
def rule_list(request: Request) -> HttpResponse:
    """What is asked now, and every version."""
    now = in_force(clock.today())
    context = {
        "rules": now,
        "told": told(now) if now else None,
        "versions": versions()[:50],
        "today": clock.today(),
        "presets": PRESETS,
        "manages": may_change_rules(request.actor),
    }
    return render(request, "certificates/eligibility/rules.html", context)


@require_http_methods(["GET", "POST"])
def rule_new(request: Request) -> HttpResponse:
    """A new version, beginning from a preset or from what holds now."""
    if not may_change_rules(request.actor):
        raise Http404
    now, preset = in_force(clock.today()), BY_CODE.get(request.GET.get("preset", ""))
    if preset is None and now is None:
        preset = BY_CODE[STARTING]
    rule = preset.rule if preset else now.rule if now else BY_CODE[STARTING].rule
    title, source = (preset.title, preset.source) if preset else (now.title, now.source) if now else ("", "")
    form = QualifyingRulesForm(
        request.POST or None,
        rule=rule,
        policy=now.proposals if now else Policy(),
        initial={"title": title, "source": source, "holds_from": clock.today()},
    )
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect("certificates:qualifying_rules")
    return render(request, "certificates/eligibility/rule_edit.html", {"form": form, "presets": PRESETS})


def _saved(request: Request, form: QualifyingRulesForm) -> bool:
    """Whether the version was stored; else the form says what is wrong with it."""
    said = form.cleaned_data
    try:
        save_rules(
            title=said["title"],
            source=said["source"],
            holds_from=said["holds_from"],
            rule=form.rule(),
            policy=form.policy(),
            by=request.actor,
            at=clock.now(),
        )
    except RulesRefused as error:
        for one in error.problems:
            name = f"{one.part}_{one.name}" if one.part and one.name else one.name or one.part
            form.add_error(name if name in form.fields else None, problem(one))
        return False
    messages.success(request, _("Saved. It holds from the day it names."))
    return True
