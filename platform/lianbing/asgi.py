"""The WebSocket door. HTTP goes through lianbing.kit.server to Django's WSGI handler."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianbing.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
