"""Addresses of the people app."""

from django.urls import path

from lianbing.people.views import accounts, audit, officers, passwords, roles, roster, units

app_name = "people"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("password/", accounts.password_change, name="password_change"),
    path("people/", officers.officer_list, name="officer_list"),
    path("people/<int:pk>/", officers.officer, name="officer"),
    path("people/<int:pk>/move/", officers.officer_move, name="officer_move"),
    path("people/<int:pk>/leave/", officers.officer_leave, name="officer_leave"),
    path("people/<int:pk>/merge/", officers.officer_merge, name="officer_merge"),
    path("people/duplicates/", officers.duplicates, name="duplicates"),
    path("people/units/", units.unit_tree, name="unit_tree"),
    path("people/units/add/", units.unit_add, name="unit_add"),
    path("people/units/<int:pk>/", units.unit_edit, name="unit_edit"),
    path("people/roster/", roster.roster_upload, name="roster_upload"),
    path("people/roster/confirm/", roster.roster_confirm, name="roster_confirm"),
    path("people/roster/template.xlsx", roster.roster_template, name="roster_template"),
    path("people/slips/", passwords.slips, name="slips"),
    path("people/door/", passwords.door, name="door"),
    path("people/roles/", roles.role_list, name="role_list"),
    path("people/roles/<int:pk>/withdraw/", roles.role_withdraw, name="role_withdraw"),
    path("people/accounts/<int:pk>/active/", roles.account_active, name="account_active"),
    path("people/access/", roles.access_matrix, name="access_matrix"),
    path("people/audit/", audit.audit_trail, name="audit_trail"),
]
