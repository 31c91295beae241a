"""The province's rules and what posts ask for: read by HR and leaders, set by HR of the whole bureau."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from certificates.forms.enforcement_rules import PostsForm, RulesForm
from certificates.models import DutyPost
from certificates.models.enforcement_labels import PRESET_LABELS
from certificates.permissions.enforcement import may_set_rules
from certificates.queries.enforcement import posts
from certificates.queries.enforcement_rules import versions
from certificates.rules.enforcement import PRESETS, STANDARD
from certificates.services.enforcement.adopting import BadRules, NotAdopted, adopt, set_duties
from lianbing.kit import clock
from lianbing.people.request import Request

SHOWN = 20


@require_http_methods(["GET", "POST"])
def rules_page(request: Request) -> HttpResponse:
    """The rules in force, the form that changes them (from a preset, if one is chosen), and earlier versions."""
    sets, found = may_set_rules(request.actor), list(versions()[:SHOWN])
    if request.method == "POST" and not sets:
        raise Http404
    chosen = request.GET.get("preset", "")
    newest = found[0] if found else None
    preset = chosen if chosen in PRESETS else newest.preset if newest else STANDARD
    rules = PRESETS[preset] if chosen in PRESETS or newest is None else newest.rules()
    form = RulesForm(request.POST or None, rules=rules, preset=preset)
    if request.method == "POST" and form.is_valid() and _adopt(request, form):
        messages.success(request, _("The rules are in force. What was recorded before stays as it is."))
        return redirect("certificates:enforcement_rules")
    context = {
        "form": form,
        "sets": sets,
        "presets": [{"name": name, "label": label} for name, label in PRESET_LABELS.items()],
        "preset": preset,
        "tried": chosen in PRESETS,
        "versions": [{"version": one, "preset": PRESET_LABELS.get(one.preset, one.preset)} for one in found],
        "rules": newest.rules() if newest else PRESETS[STANDARD],
        "adopted": newest,
    }
    return render(request, "certificates/enforcement/rules.html", context)


def _adopt(request: Request, form: RulesForm) -> bool:
    said = form.cleaned_data
    try:
        adopt(
            rules=form.rules(),
            preset=said["preset"] or STANDARD,
            reason=said["reason"],
            by=request.actor,
            at=clock.now(),
        )
    except (BadRules, NotAdopted) as error:
        form.add_error(None, str(error))
        return False
    return True


@require_http_methods(["GET", "POST"])
def posts_page(request: Request) -> HttpResponse:
    """Every post and what it asks for."""
    sets, found = may_set_rules(request.actor), list(posts(clock.today()))
    form = PostsForm(request.POST or None, posts=found)
    if request.method == "POST":
        if not sets:
            raise Http404
        if form.is_valid():
            count = set_duties(duties=form.duties(), by=request.actor, at=clock.now())
            text = ngettext("%(count)s post was changed.", "%(count)s posts were changed.", count)
            messages.success(request, text % {"count": count})
            return redirect("certificates:enforcement_posts")
    labels = dict(DutyPost.Duty.choices)
    rows = [
        {
            "post": post,
            "field": form[f"post-{post.pk}"],
            "label": labels.get(getattr(getattr(post, "duty_post", None), "duty", ""), ""),
        }
        for post in found
    ]
    return render(request, "certificates/enforcement/posts.html", {"rows": rows, "sets": sets, "form": form})
