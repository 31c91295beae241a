"""Addresses of the home app."""

from django.urls import path
from django.views.i18n import set_language

from lianbing.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("language/", set_language, name="language"),
    path("style/", views.style, name="style"),
]
