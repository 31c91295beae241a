"""Addresses /drills/..."""

from django.urls import path

from courses.drills.views import home, offline, player, points, practice

app_name = "drills"
urlpatterns = [
    path("", home.home, name="home"),
    path("open/<slug:kind>/", home.open_set, name="open"),
    path("sets/<uuid:uid>/", player.show, name="set"),
    path("sets/<uuid:uid>/answers", player.answers, name="answers"),
    path("sets/<uuid:uid>/answer/", player.answer, name="answer"),
    path("sets/<uuid:uid>/<int:place>/", player.answered, name="answered"),
    path("practise/", practice.practise, name="practise"),
    path("practise/<slug:kind>/<int:pk>/", practice.topic, name="topic"),
    path("mistakes/", practice.mistakes, name="mistakes"),
    path("bookmarks/", practice.bookmarks, name="bookmarks"),
    path("bookmarks/one/", practice.bookmark, name="bookmark"),
    path("challenge/", practice.challenge, name="challenge"),
    path("points/", points.points, name="points"),
    path("points/rest/", points.rest_set, name="rest_set"),
    path("points/rest/<int:pk>/", points.rest_withdraw, name="rest_withdraw"),
    path("boards/", points.boards, name="boards"),
    path("manage/rest/", points.rest_units, name="rest_units"),
    path("worker.js", offline.worker, name="worker"),
]
