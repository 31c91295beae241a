"""A short way to the save path: what carries its own signed ticket needs no session, form token or sign-in.

A save must stay a small multiple of the bare statement, and the middlewares below this one cost more
than the save itself. The routes are declared `ticketed()` in the access matrix; the ticket is checked
by the statement that saves. A database that cannot write just now is 503 with Retry-After, never an
acknowledgement.
"""

import logging
import re
import uuid
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from exams.views import taking
from lianbing.people.request import Request

logger = logging.getLogger("lianbing.exams")
_PATH = re.compile(r"/exams/attempts/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/(events|status|submit)")
_VIEWS = {"events": taking.events, "status": taking.status, "submit": taking.submit}


class SavePath:
    """Answers the three ticketed routes of an attempt itself and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _PATH.fullmatch(request.path_info)
        if match is None:
            return self.get_response(request)
        translation.activate(settings.LANGUAGE_CODE)
        try:
            response = _VIEWS[match[2]](cast(Request, request), uid=uuid.UUID(match[1]))
        except OperationalError:
            logger.exception("an answer could not be stored; the client keeps it and tries again")
            response = HttpResponse('{"error":"busy"}', content_type="application/json", status=503)
            response["Retry-After"] = "2"
        response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        return response
