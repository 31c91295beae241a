"""The enforcement handbook: pages the legal section and the trainers write in the editor at /cms/.

They are served by views at /library/handbook/, never by Wagtail's own address routing.
"""

from typing import Any, ClassVar

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from lianbing.library.blocks import HandbookBlocks

# Words that are addresses of their own below /library/handbook/.
TAKEN = frozenset({"mine", "books"})


class _Served:
    """Gives a page the address of the view that serves it."""

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)  # type: ignore[misc]  # the other base is a Page
        path = self.get_absolute_url()  # type: ignore[attr-defined]  # defined by the page below
        return (parts[0], parts[1], path) if parts else (0, "", path)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "library/handbook_preview.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The preview stands in a frame of the editor, which the site's content policy forbids elsewhere."""
        response: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]  # a Page's
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        response.headers[HEADER] = build_policy(config={**directives, "frame-ancestors": ["'self'"]})
        return response


class HandbookIndexPage(_Served, Page):
    """The root of the handbook."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["library.HandbookEntry"]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("Handbook")

    def get_absolute_url(self) -> str:
        return reverse("library:handbook")


class HandbookEntry(_Served, Page):
    """One entry: a situation in the street, what applies, how to proceed, what to beware of."""

    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    body = StreamField(HandbookBlocks(), verbose_name=_("Text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["library.HandbookIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Handbook entry")

    def get_absolute_url(self) -> str:
        return reverse("library:handbook_entry", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("This word is taken by the system. Choose another one.")})
