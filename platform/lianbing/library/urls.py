"""Addresses of the library. The fixed words come before the slugs of laws, which never take them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from lianbing.library import views


class Name(StringConverter):
    """A slug with Chinese characters: nothing else reaches the database."""

    regex = r"[\w-]+"


register_converter(Name, "name")
app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("handbook/", views.handbook, name="handbook"),
    path("handbook/<name:slug>/", views.handbook_entry, name="handbook_entry"),
    path("import/", views.import_laws, name="import"),
    path("import/<uuid:token>/", views.import_review, name="import_review"),
    path("<name:law>/", views.law, name="law"),
    path("<name:law>/<name:edition>/", views.edition, name="edition"),
    path("<name:law>/<name:edition>/confirm/", views.confirm, name="confirm"),
    path("<name:law>/<name:edition>/withdraw/", views.withdraw, name="withdraw"),
]
