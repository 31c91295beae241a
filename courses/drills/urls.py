"""Addresses /drills/..."""

from django.urls import path

from courses.drills.views import change, home, mastery, must_know, offline, player, points, practice

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
    path("must-know/", must_know.must_know, name="must_know"),
    path("must-know/test/", must_know.self_test, name="self_test"),
    path("mastery/", mastery.own, name="mastery"),
    path("mastery/laws/<int:pk>/", mastery.own_law, name="mastery_law"),
    path("manage/", mastery.manage, name="manage"),
    path("manage/must-know/", must_know.lists, name="must_know_lists"),
    path("manage/must-know/<int:pk>/", must_know.one_list, name="must_know_list"),
    path("manage/must-know/<int:pk>/add/", must_know.add, name="must_know_add"),
    path("manage/must-know/entries/<int:pk>/remove/", must_know.remove, name="must_know_remove"),
    path("manage/must-know/entries/<int:pk>/move/", must_know.move, name="must_know_move"),
    path("manage/units/", mastery.units, name="mastery_units"),
    path("manage/wrong/", mastery.wrong_in_units, name="wrong"),
    path("manage/rest/", points.rest_units, name="rest_units"),
    path("changes/", change.changes, name="changes"),
    path("changes/<int:pk>/", change.begin, name="change_begin"),
    path("manage/changes/", change.desk, name="change_desk"),
    path("manage/changes/<int:pk>/", change.people, name="change_people"),
    path("manage/changes/<int:pk>/withdraw/", change.withdraw, name="change_withdraw"),
    path("worker.js", offline.worker, name="worker"),
]
