"""Addresses /certificates/... and the public /verify/..."""

from django.urls import path

from certificates.views import overview, own, register, rules, verify

app_name = "certificates"

urlpatterns = [
    path("certificates/", own.mine, name="mine"),
    path("certificates/overview/", overview.overview, name="overview"),
    path("certificates/overview/export.xlsx", overview.overview_export, name="overview_export"),
    path("certificates/register/", register.register_page, name="register"),
    path("certificates/rules/", rules.rule_list, name="rule_list"),
    path("certificates/rules/new/", rules.rule_create, name="rule_create"),
    path("certificates/rules/<uuid:uid>/", rules.rule_edit, name="rule_edit"),
    path("certificates/sittings/<uuid:uid>/award", rules.award_sitting, name="award"),
    path("certificates/<uuid:uid>/", own.detail, name="detail"),
    path("certificates/<uuid:uid>/certificate.pdf", own.pdf, name="pdf"),
    path("certificates/<uuid:uid>/revoke", own.revoke_page, name="revoke"),
    path("verify/", verify.verify_home, name="verify_home"),
    path("verify/<str:uid>/", verify.verify, name="verify"),
]
