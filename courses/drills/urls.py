"""Addresses /drills/..."""

from typing import Any

app_name = "drills"
urlpatterns: list[Any] = []
