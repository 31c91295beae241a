"""Addresses /contests/..."""

from django.urls import path

from exams.contests.views import desks, joining, pads, rehearsal, seats

app_name = "contests"
urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_code, name="join_code"),
    path("matches/<uuid:uid>/host/", desks.host, name="host"),
    path("matches/<uuid:uid>/judge/", desks.judge, name="judge"),
    path("matches/<uuid:uid>/screen/", desks.screen, name="screen"),
    path("matches/<uuid:uid>/pad/", pads.pad, name="pad"),
    path("matches/<uuid:uid>/seats/", seats.desk, name="seats"),
    path("matches/<uuid:uid>/rehearsal/", rehearsal.page, name="rehearsal"),
    path("matches/<uuid:uid>/rehearsal/trial/", rehearsal.trial, name="rehearsal_trial"),
    path("matches/<uuid:uid>/seats/sheets/", seats.sheets, name="seat_sheets"),
    path("seats/<int:pk>/withdraw/", seats.withdraw, name="seat_withdraw"),
    path("seats/<int:pk>/reissue/", seats.reissue, name="seat_reissue"),
]
