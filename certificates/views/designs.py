"""Designs of training certificates: the list, and the editor with a preview that follows every change."""

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.designs import DesignForm
from certificates.models import CertificateDesign
from certificates.permissions.training import may_manage_rules
from certificates.queries.designs import bureau_name, design_of, designs, versions_of
from certificates.rendering.training import sample_picture
from certificates.rules.designs import Design, written
from certificates.services.designs import DesignRefused, save_design
from lianbing.kit import clock
from lianbing.people.request import Request

THUMBNAIL, PREVIEW = 36, 80


@require_GET
def design_list(request: Request) -> HttpResponse:
    """Every design as a picture, with how many rules use it."""
    rows = [{"design": one, "newest": one.newest} for one in designs()]
    context = {"rows": rows, "manages": may_manage_rules(request.actor)}
    return render(request, "certificates/designs/list.html", context)


@require_http_methods(["GET", "POST"])
def design_new(request: Request) -> HttpResponse:
    """A new design."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def design_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a design. What was issued under it keeps the version it was issued under."""
    design = design_of(uid)
    if design is None:
        raise Http404
    return _edit(request, design)


def _edit(request: Request, design: CertificateDesign | None) -> HttpResponse:
    if not may_manage_rules(request.actor):
        raise Http404
    newest = design.newest if design else None
    look, seal = (newest.look, bytes(newest.seal)) if newest else (Design(), b"")
    if request.method == "GET":
        title, active = (design.title, design.active) if design else ("", True)
        form = DesignForm(initial={**written(look), "title": title, "active": active}, kept_seal=seal)
        return _page(request, design, form, look, seal)
    form = DesignForm(request.POST, request.FILES, kept_seal=seal)
    good = form.is_valid()
    if request.htmx:
        return render(
            request, "certificates/designs/_preview.html", _preview(form.drawable(), form.seal(), form)
        )
    if good and request.POST.get("act") != "preview":
        try:
            saved = save_design(
                design=design,
                title=form.cleaned_data["title"],
                active=form.cleaned_data["active"],
                look=form.look(),
                seal=form.seal(),
                by=request.actor,
                at=clock.now(),
            )
        except DesignRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. It holds for certificates issued from now on."))
            return redirect(saved)
    return _page(request, design, form, form.drawable(), form.seal())


def _page(
    request: Request, design: CertificateDesign | None, form: DesignForm, look: Design, seal: bytes
) -> HttpResponse:
    context = {
        "design": design,
        "form": form,
        "texts": [form[name] for name in ("title", "heading", "sentence", "signatory")],
        "looks": [form[name] for name in ("layout", "shape", "border", "qr", "ink", "accent")],
        "seals": [
            form[name] for name in ("seal_text", "picture", "without", "checked") if name in form.fields
        ],
        "versions": versions_of(design) if design else [],
        **_preview(look, seal, None),
    }
    return render(request, "certificates/designs/edit.html", context)


def _preview(look: Design, seal: bytes, form: DesignForm | None) -> dict[str, Any]:
    """The picture as part of the page, so that a seal not yet saved shows too, and what is wrong."""
    drawn = sample_picture(look, seal, issuer=bureau_name(), dots_per_inch=PREVIEW)
    wrong = (
        [(form[name].label, text) for name, texts in form.errors.items() for text in texts] if form else []
    )
    return {
        "picture": base64.b64encode(drawn).decode(),
        "wrong": wrong,
        "portrait": look.shape == "portrait",
    }


@require_GET
@cache_control(private=True, max_age=300)
def design_picture(request: Request, uid: uuid.UUID, number: int) -> HttpResponse:
    """A version of a design as a small picture."""
    design = design_of(uid)
    version = next((one for one in design.versions.all() if one.number == number), None) if design else None
    if version is None:
        raise Http404
    drawn = sample_picture(version.look, bytes(version.seal), issuer=bureau_name(), dots_per_inch=THUMBNAIL)
    return HttpResponse(drawn, content_type="image/png")
