"""Addresses of the question bank. A "+" keeps fixed words apart from the short names of banks."""

from django.urls import path

from question_bank.views import banks, care, desk, imports, law_changes, points, questions

app_name = "question_bank"
urlpatterns = [
    path("", banks.home, name="home"),
    path("+new/", banks.bank_new, name="bank_new"),
    path("+points/", points.points, name="points"),
    path("+points/<int:pk>/", points.point, name="point"),
    path("+bulk/", desk.bulk_edits, name="bulk_edits"),
    path("+bulk/<uuid:uid>/", desk.bulk_edit, name="bulk_edit"),
    path("+bulk/<uuid:uid>/undo/", desk.bulk_undo, name="bulk_undo"),
    path("+twins/", care.twins, name="twins"),
    path("+twins/<int:pk>/", care.twin_settle, name="twin_settle"),
    path("+pictures/", care.picture_add, name="picture_add"),
    path("+pictures/<uuid:uid>/", care.picture, name="picture"),
    path("+reports/", care.reports, name="reports"),
    path("+reports/<int:pk>/", care.report_answer, name="report_answer"),
    path("+law-changes/", law_changes.law_changes, name="law_changes"),
    path("+law-changes/say/", law_changes.law_change_say, name="law_change_say"),
    path("+template.xlsx", imports.template, name="template"),
    path("<uuid:uid>/", questions.question, name="question"),
    path("<uuid:uid>/edit/", questions.question_edit, name="question_edit"),
    path("<uuid:uid>/print/", questions.question_print, name="question_print"),
    path("<uuid:uid>/discard/", questions.discard, name="discard"),
    path("<uuid:uid>/pool/", questions.pool, name="pool"),
    path("<uuid:uid>/<slug:move>/", questions.move, name="move"),
    path("<str:slug>/", banks.bank, name="bank"),
    path("<str:slug>/rule/", banks.bank_edit, name="bank_edit"),
    path("<str:slug>/bulk/", desk.bulk, name="bulk"),
    path("<str:slug>/coverage/", desk.coverage, name="coverage"),
    path("<str:slug>/print/", banks.bank_print, name="bank_print"),
    path("<str:slug>/preview/<slug:kind>/", questions.preview, name="preview"),
    path("<str:slug>/new/<slug:kind>/", questions.question_new, name="question_new"),
    path("<str:slug>/import/", imports.upload, name="import"),
    path("<str:slug>/import/<uuid:token>/", imports.report, name="import_report"),
]
