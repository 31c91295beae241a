"""Addresses of the home app."""

from django.urls import path

from lianbing.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("style/", views.style, name="style"),
]
