"""Addresses /ws/contests/...: the WebSocket door of contests."""

from django.urls import path

from exams.contests.consumers.hub import Hub
from exams.contests.consumers.live import Live
from exams.contests.consumers.source import Database

hub = Hub(Database())
websocket_urlpatterns = [path("ws/contests/<uuid:uid>/", Live(hub))]  # type: ignore[arg-type]  # ASGI, no view
