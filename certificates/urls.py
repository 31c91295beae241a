"""Addresses /certificates/... and the public /verify/..."""

from django.urls import path

from certificates.views import (
    designs,
    granting,
    overview,
    own,
    prints,
    qualifications,
    register,
    rules,
    taking_over,
    verify,
)

app_name = "certificates"

urlpatterns = [
    path("certificates/", own.mine, name="mine"),
    path("certificates/overview/", overview.overview, name="overview"),
    path("certificates/overview/export.xlsx", overview.overview_export, name="overview_export"),
    path("certificates/register/", register.register_page, name="register"),
    path("certificates/rules/", rules.rule_list, name="rule_list"),
    path("certificates/rules/new/", rules.rule_create, name="rule_create"),
    path("certificates/rules/<uuid:uid>/", rules.rule_edit, name="rule_edit"),
    path("certificates/designs/", designs.design_list, name="design_list"),
    path("certificates/designs/new/", designs.design_new, name="design_new"),
    path("certificates/designs/<uuid:uid>/", designs.design_edit, name="design_edit"),
    path("certificates/designs/<uuid:uid>/<int:number>.png", designs.design_picture, name="design_picture"),
    path("certificates/completions/", granting.completions, name="completions"),
    path("certificates/completions/by-hand/", granting.grant_by_hand, name="grant_by_hand"),
    path("certificates/completions/<str:kind>/<uuid:uid>/", granting.grant_for, name="grant_for"),
    path("certificates/prints/", prints.prints, name="prints"),
    path("certificates/<uuid:uid>/renew", granting.renew_page, name="renew"),
    path("certificates/sittings/<uuid:uid>/award", rules.award_sitting, name="award"),
    path("certificates/qualifications/", qualifications.listing, name="qualifications"),
    path("certificates/qualifications/new/", qualifications.new, name="qualification_new"),
    path("certificates/qualifications/<uuid:uid>/strike", qualifications.strike, name="qualification_strike"),
    path("certificates/enforcement/import/", taking_over.take_over, name="enforcement_import"),
    path(
        "certificates/enforcement/import/confirm",
        taking_over.take_over_confirm,
        name="enforcement_import_confirm",
    ),
    path(
        "certificates/enforcement/import/template.xlsx",
        taking_over.take_over_template,
        name="enforcement_import_template",
    ),
    path("certificates/<uuid:uid>/", own.detail, name="detail"),
    path("certificates/<uuid:uid>/certificate.pdf", own.pdf, name="pdf"),
    path("certificates/<uuid:uid>/revoke", own.revoke_page, name="revoke"),
    path("verify/", verify.verify_home, name="verify_home"),
    path("verify/<str:uid>/", verify.verify, name="verify"),
]
