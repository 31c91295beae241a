"""Addresses of the library. The fixed words come before the slugs of laws, which never take them."""

from django.urls import path

from lianbing.library import views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("handbook/", views.handbook, name="handbook"),
    path("handbook/<str:slug>/", views.handbook_entry, name="handbook_entry"),
    path("import/", views.import_laws, name="import"),
    path("import/<uuid:token>/", views.import_review, name="import_review"),
    path("<str:law>/", views.law, name="law"),
    path("<str:law>/<str:edition>/", views.edition, name="edition"),
    path("<str:law>/<str:edition>/confirm/", views.confirm, name="confirm"),
    path("<str:law>/<str:edition>/withdraw/", views.withdraw, name="withdraw"),
]
