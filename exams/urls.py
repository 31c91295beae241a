"""Addresses under /exams/. Names of the save path have no slash at the end (see the save protocol)."""

from django.urls import path

from exams.views import taking

app_name = "exams"
urlpatterns = [
    path("sittings/<uuid:uid>/start", taking.start, name="start"),
    path("attempts/<uuid:uid>/", taking.taking, name="taking"),
    path("attempts/<uuid:uid>/lease", taking.lease, name="lease"),
    path("attempts/<uuid:uid>/events", taking.events, name="events"),
    path("attempts/<uuid:uid>/status", taking.status, name="status"),
    path("attempts/<uuid:uid>/submit", taking.submit, name="submit"),
]
