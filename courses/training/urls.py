"""Addresses /training/..."""

from typing import Any

app_name = "training"

urlpatterns: list[Any] = []
