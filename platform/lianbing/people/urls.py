"""Addresses of the people app."""

from django.urls import path

from lianbing.people.views import accounts

app_name = "people"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("password/", accounts.password_change, name="password_change"),
]
