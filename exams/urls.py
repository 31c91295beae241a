"""Addresses under /exams/. Those of the save path have no slash at the end (see the save protocol)."""

from django.urls import path

from exams.views import blueprints, candidates, marking, offline, results, running, setting, taking

app_name = "exams"
urlpatterns = [
    path("", candidates.home, name="home"),
    path("blueprints/", blueprints.blueprint_list, name="blueprint_list"),
    path("blueprints/new/", blueprints.blueprint_new, name="blueprint_new"),
    path("blueprints/stock/", blueprints.blueprint_stock, name="blueprint_stock"),
    path("blueprints/<uuid:uid>/", blueprints.blueprint, name="blueprint"),
    path("sittings/", setting.sitting_list, name="sitting_list"),
    path("sittings/new/", setting.sitting_new, name="sitting_new"),
    path("sittings/<uuid:uid>/", setting.sitting, name="sitting"),
    path("sittings/<uuid:uid>/edit/", setting.sitting_edit, name="sitting_edit"),
    path("sittings/<uuid:uid>/freeze/", setting.freeze, name="freeze"),
    path("sittings/<uuid:uid>/rules/", candidates.rules, name="rules"),
    path("sittings/<uuid:uid>/start", taking.start, name="start"),
    path("sittings/<uuid:uid>/board/", running.board, name="board"),
    path("sittings/<uuid:uid>/room-list/", running.room_list, name="room_list"),
    path("sittings/<uuid:uid>/extend/", running.extend_all, name="extend_all"),
    path("sittings/<uuid:uid>/close/", running.close, name="close"),
    path("sittings/<uuid:uid>/latecomer/", running.latecomer, name="latecomer"),
    path("sittings/<uuid:uid>/results/", results.result_list, name="results"),
    path("sittings/<uuid:uid>/release/", results.release, name="release"),
    path("candidates/<uuid:uid>/extend/", running.extend, name="extend"),
    path("candidates/<uuid:uid>/hand-in/", running.force_submit, name="force_submit"),
    path("marking/", marking.marking_list, name="marking_list"),
    path("marking/<uuid:uid>/", marking.marking, name="marking"),
    path("marking/<uuid:uid>/next/", marking.marking_next, name="marking_next"),
    path("marking/<uuid:uid>/last/", marking.marking_last, name="marking_last"),
    path("marking/answers/<uuid:uid>/", marking.answer, name="marking_answer"),
    path("marking/answers/<uuid:uid>/put-back/", marking.put_back, name="marking_put_back"),
    path("worker.js", offline.worker, name="worker"),
    path("shell/", offline.shell, name="shell"),
    path("attempts/<uuid:uid>/", taking.taking, name="taking"),
    path("attempts/<uuid:uid>/result/", candidates.result, name="result"),
    path("attempts/<uuid:uid>/report/<int:position>/", candidates.report, name="report"),
    path("reports/", candidates.reports, name="reports"),
    path("attempts/<uuid:uid>/lease", taking.lease, name="lease"),
    path("attempts/<uuid:uid>/events", taking.events, name="events"),
    path("attempts/<uuid:uid>/status", taking.status, name="status"),
    path("attempts/<uuid:uid>/submit", taking.submit, name="submit"),
]
