"""The two doors as one ASGI application: HTTP to Django's WSGI handler, WebSockets to Channels."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import re_path
from django.utils.module_loading import import_string

_wsgi = get_wsgi_application()

websocket_urlpatterns = [
    *import_string("exams.contests.routing.websocket_urlpatterns"),
    re_path(r"", import_string("lianbing.kit.server.closed.Closed").as_asgi()),
]
door = import_string("lianbing.kit.server.door.Door")(
    _wsgi,
    trusted=import_string("lianbing.kit.server.environ.networks")(settings.TRUSTED_PROXIES),
    body_limit=settings.REQUEST_BODY_LIMIT,
)
application = ProtocolTypeRouter(
    {
        "http": door,
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
        "lifespan": import_string("lianbing.kit.server.life.Life")(
            door.close, companions=[import_string("exams.contests.routing.hub")]
        ),
    }
)
