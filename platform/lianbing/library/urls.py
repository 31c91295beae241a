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
    path("cards/", views.cards, name="cards"),
    path("cards/desk/", views.card_desk, name="card_desk"),
    path("cards/desk/new/", views.card_new, name="card_new"),
    path("cards/desk/card/<name:code>/", views.card_desk_card, name="card_desk_card"),
    path("cards/desk/card/<name:code>/submit/", views.card_submit, name="card_submit"),
    path("cards/desk/card/<name:code>/discard/", views.card_discard, name="card_discard"),
    path("cards/desk/card/<name:code>/review/", views.card_review, name="card_review"),
    path("cards/desk/card/<name:code>/changes/", views.card_flags, name="card_flags"),
    path("cards/<name:code>/", views.card, name="card"),
    path("import/", views.import_laws, name="import"),
    path("import/<uuid:token>/", views.import_review, name="import_review"),
    path("import/<uuid:token>/report/", views.import_report, name="import_report"),
    path("import/<uuid:token>/document/", views.keep_as_document, name="keep_as_document"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:draft>/", views.review, name="review"),
    path("doubtful/", views.doubtful, name="doubtful"),
    path("documents/", views.documents, name="documents"),
    path("documents/<name:slug>/", views.document, name="document"),
    path("documents/<name:slug>/circulate/", views.circulate, name="circulate"),
    path("documents/<name:slug>/<name:which>/", views.document_file, name="document_file"),
    path("circulations/", views.circulations, name="circulations"),
    path("circulations/<uuid:uid>/", views.circulation, name="circulation"),
    path("circulations/<uuid:uid>/stop/", views.circulation_stop, name="circulation_stop"),
    path("reading/", views.reading, name="reading"),
    path("reading/<uuid:uid>/", views.to_read, name="to_read"),
    path("reading/<uuid:uid>/check/", views.check, name="check"),
    path("reading/<uuid:uid>/check/<uuid:attempt>/", views.check_result, name="check_result"),
    path("reading/<uuid:uid>/<name:which>/", views.reading_file, name="reading_file"),
    path("compilations/", views.compilations, name="compilations"),
    path("compilations/new/", views.compilation_new, name="compilation_new"),
    path("compilations/<uuid:uid>/", views.compilation, name="compilation"),
    path("compilations/<uuid:uid>/pdf/", views.compilation_pdf, name="compilation_pdf"),
    path("compilations/<uuid:uid>/edit/", views.compilation_edit, name="compilation_edit"),
    path("compilations/<uuid:uid>/put/", views.compilation_put, name="compilation_put"),
    path("compilations/<uuid:uid>/update/", views.compilation_update, name="compilation_update"),
    path("compilations/<uuid:uid>/discard/", views.compilation_discard, name="compilation_discard"),
    path("compilations/<uuid:uid>/<int:pk>/", views.compilation_item, name="compilation_item"),
    path("citations/", views.citations, name="citations"),
    path("citations/law/", views.citations_of, name="citations_of"),
    path("citations/name/", views.name_law, name="name_law"),
    path("citations/absent/", views.absent_law, name="absent_law"),
    path("citations/forget/<int:pk>/", views.forget_name, name="forget_name"),
    path("citations/again/", views.look_again, name="look_again"),
    path("repeals/", views.repeals, name="repeals"),
    path("repeals/new/", views.repeal_new, name="repeal_new"),
    path("repeals/check/", views.repeal_check, name="repeal_check"),
    path("repeals/<uuid:uid>/", views.repeal, name="repeal"),
    path("repeals/<uuid:uid>/undo/", views.repeal_undo, name="repeal_undo"),
    path("search/", views.search, name="search"),
    path("synonyms/", views.synonyms, name="synonyms"),
    path("synonyms/new/", views.synonym_edit, name="synonym_add"),
    path("synonyms/<int:group>/", views.synonym_edit, name="synonym_edit"),
    path("synonyms/<int:group>/remove/", views.synonym_remove, name="synonym_remove"),
    path("<name:law>/", views.law, name="law"),
    path("<name:law>/diff/", views.choose, name="compare"),
    path("<name:law>/continues/", views.continues, name="continues"),
    path("<name:law>/<name:edition>/", views.edition, name="edition"),
    path("<name:law>/<name:edition>/facts/", views.facts, name="facts"),
    path("<name:law>/<name:edition>/impact/", views.impact, name="impact"),
    path("<name:law>/<name:edition>/cited-by/", views.cited_by, name="cited_by"),
    path("<name:law>/<name:edition>/cited-by.json", views.cited_counts, name="cited_counts"),
    path("<name:law>/<name:edition>/confirm/", views.confirm, name="confirm"),
    path("<name:law>/<name:edition>/withdraw/", views.withdraw, name="withdraw"),
    path("<name:law>/<name:edition>/amend/", views.amend, name="amend"),
    path("<name:law>/<name:edition>/record/", views.record, name="record"),
    path("<name:law>/<name:edition>/diff/<name:other>/", views.compare, name="diff"),
    path("<name:law>/<name:edition>/diff/<name:other_law>/<name:other>/", views.compare, name="diff_across"),
]
