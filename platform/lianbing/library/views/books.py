"""The book of one's post: read, kept on the phone, printed, confirmed. Its service worker."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library.models import HandbookEdition
from lianbing.library.queries import books as reading
from lianbing.library.rendering import books as rendering
from lianbing.library.services import books as services
from lianbing.people.request import Request

FILES = ["kit/lianbing.css", "kit/lianbing.js", "kit/logo.svg", "kit/icons.svg", "library/book.js"]
_SOURCE = Path(__file__).resolve().parent.parent / "static" / "library" / "worker.js"


@require_http_methods(["GET", "POST"])
def my_book(request: Request) -> HttpResponse:
    """The whole book of one's post on one page; POST confirms the edition that was shown."""
    now = clock.now()
    if request.method == "POST":
        return _confirm(request)
    held = reading.mine(request.actor.officer_id, clock.today())
    context: dict[str, object] = {"held": held, "opened_at": now}
    if held.edition is not None:
        gone, newer = reading.gone_and_newer(held.edition)
        context |= {
            "edition": held.edition,
            "title": rendering.title_of(held.edition),
            "body": rendering.body(held.edition),
            "flagged": reading.flagged_in(held.edition),
            "gone": gone,
            "newer": newer,
            "late": held.receipt is None and held.due_on is not None and held.due_on < clock.today(),
            "common": held.edition.post_id is None,
        }
    return render(request, "library/my_book.html", context)


def _confirm(request: Request) -> HttpResponse:
    """Confirm the edition on the page, which may no longer be the one to confirm."""
    held = reading.mine(request.actor.officer_id, clock.today(), whole=False)
    shown = request.POST.get("edition", "")
    if held.edition is None or str(held.edition.uid) != shown:
        messages.error(request, _("There is another edition by now. Look at it before you confirm."))
        return redirect("library:my_book")
    try:
        services.confirm(edition=held.edition, by=request.actor, at=clock.now())
    except services.NotTheirBook:
        messages.error(request, _("There is another edition by now. Look at it before you confirm."))
    else:
        messages.success(request, _("Thank you. Your confirmation stands on record."))
    return redirect("library:my_book")


@require_safe
def my_book_pdf(request: Request) -> HttpResponse:
    """One's own book to print and put in the pocket."""
    held = reading.mine(request.actor.officer_id, clock.today())
    if held.edition is None:
        messages.error(request, _("There is no handbook for your post yet."))
        return redirect("library:my_book")
    return as_file(held.edition)


def as_file(edition: HandbookEdition) -> HttpResponse:
    """The pocket book as PDF."""
    made = rendering.as_pdf(edition, str(settings.SITE_NAME))
    name = f"{rendering.title_of(edition)}-{edition.number}.pdf".replace(" · ", "-")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


@require_GET
def worker(request: Request) -> HttpResponse:
    """The service worker's script, with the addresses of what it keeps. Its scope is /library/."""
    del request
    facts = {
        "FILES": [static(name) for name in FILES],
        "BOOK": reverse("library:my_book"),
        "CARDS": reverse("library:cards"),
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in facts.items())
    return HttpResponse(
        head + _source(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )
