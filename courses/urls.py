"""Addresses /courses/..."""

from typing import Any

from django.urls import path

from courses.views import (
    audience,
    categories,
    duties,
    files,
    flags,
    learners,
    learning,
    manage,
    notes,
    offline,
    playing,
    reviewing,
)

app_name = "courses"

urlpatterns: list[Any] = [
    path("", learning.catalogue, name="catalogue"),
    path("<int:pk>/", learning.course, name="course"),
    path("<int:pk>/begin", learning.begin, name="begin"),
    path("<int:pk>/learners/", learners.learners, name="learners"),
    path("learning/<uuid:uid>/newer", learning.newer, name="newer"),
    path("learning/<uuid:uid>/completed/", learning.completed, name="completed"),
    path("learning/<uuid:uid>/statement.pdf", learning.statement, name="statement"),
    path("learning/<uuid:uid>/<int:position>/", playing.lesson, name="lesson"),
    path("learning/<uuid:uid>/<int:position>/open", playing.lesson_open, name="lesson_open"),
    path("learning/<uuid:uid>/<int:position>/sync", playing.lesson_sync, name="lesson_sync"),
    path("notes/", notes.notes, name="notes"),
    path("notes/<uuid:uid>/remove", notes.note_remove, name="note_remove"),
    path("worker.js", offline.worker, name="worker"),
    path("manage/", manage.manage, name="manage"),
    path("manage/write/", manage.write, name="write"),
    path("manage/rule/", manage.rule, name="rule"),
    path("manage/flags/", flags.flags, name="flags"),
    path("manage/flags/<int:flag>/settle", flags.flags_settle, name="flags_settle"),
    path("manage/editions/<int:edition>/", manage.edition, name="edition"),
    path("manage/<int:course>/", manage.manage_course, name="manage_course"),
    path("manage/<int:course>/review/", reviewing.review, name="review"),
    path("manage/<int:course>/submit", manage.submit, name="submit"),
    path("manage/<int:course>/take-back", manage.take_back, name="take_back"),
    path("manage/<int:course>/copy", manage.copy, name="copy"),
    path("manage/<int:course>/withdraw/", manage.withdraw, name="withdraw"),
    path("manage/<int:course>/restore", manage.restore, name="restore"),
    path("files/<int:file>/", files.file, name="file"),
    path("audience/count/", audience.audience_count, name="audience_count"),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/give/", duties.duty_give, name="duty_give"),
    path("duties/kinds/", duties.duty_roles, name="duty_roles"),
    path("duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("categories/", categories.category_list, name="categories"),
    path("categories/new/", categories.category_add, name="category_add"),
    path("categories/<int:pk>/", categories.category_edit, name="category_edit"),
    path("categories/<int:pk>/close/", categories.category_close, name="category_close"),
    path("categories/<int:pk>/move/", categories.category_move, name="category_move"),
]
