"""Award rules: what a pass is turned into, for whom, and awarding by button."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.forms.training import RuleForm
from certificates.models import AwardRule
from certificates.models.labels import REFUSAL_LABELS
from certificates.permissions.training import may_award, may_manage_rules, reading_scopes
from certificates.queries.register import awardable_sittings, recent_refusals, rules_with_counts
from certificates.services.issuing import NotReleased, award
from certificates.services.rules import save_rule
from exams.models import Sitting
from lianbing.kit import clock
from lianbing.people.request import Request


@require_GET
def rule_list(request: Request) -> HttpResponse:
    """Every rule, the released sittings it can be applied to, and passes that became no certificate."""
    scopes = reading_scopes(request.actor)
    sittings = [
        {"sitting": sitting, "may_award": may_award(request.actor, sitting)}
        for sitting in awardable_sittings(scopes)[:20]
    ]
    refusals = [
        {"refusal": one, "why": REFUSAL_LABELS[one.code]}
        for one in recent_refusals(scopes, clock.today())[:20]
    ]
    context = {
        "rules": rules_with_counts(),
        "sittings": sittings,
        "refusals": refusals,
        "manages": may_manage_rules(request.actor),
    }
    return render(request, "certificates/rule_list.html", context)


def _edit(request: Request, rule: AwardRule | None) -> HttpResponse:
    if not may_manage_rules(request.actor):
        raise Http404
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        save_rule(rule=form.save(commit=False), by=request.actor, at=clock.now())
        messages.success(request, _("Saved. It holds for certificates issued from now on."))
        return redirect("certificates:rule_list")
    return render(request, "certificates/rule_edit.html", {"form": form, "rule": rule})


@require_http_methods(["GET", "POST"])
def rule_create(request: Request) -> HttpResponse:
    """A new award rule."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def rule_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change an award rule. What has been issued stays as it is."""
    return _edit(request, get_object_or_404(AwardRule, uid=uid))


@require_POST
def award_sitting(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Award what a released sitting still owes, such as after a rule was made later."""
    sitting = get_object_or_404(Sitting.objects.select_related("unit"), uid=uid)
    if not may_award(request.actor, sitting):
        raise Http404
    try:
        report = award(sitting=sitting, by=request.actor, at=clock.now())
    except NotReleased as error:
        messages.error(request, str(error))
        return redirect("certificates:rule_list")
    issued, refused = len(report.issued), len(report.refused)
    messages.success(
        request,
        ngettext("%(count)s certificate was issued.", "%(count)s certificates were issued.", issued)
        % {"count": issued},
    )
    if refused:
        messages.warning(
            request, _("%(count)s were refused; the reasons are listed below.") % {"count": refused}
        )
    return redirect("certificates:rule_list")
