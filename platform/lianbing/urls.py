"""Every address of the product. Folder name = first part of the address."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianbing.kit.urls")),
    path("", include("lianbing.home.urls")),
    path("", include("lianbing.people.urls")),
    path("bank/", include("question_bank.urls")),
    path("library/", include("lianbing.library.urls")),
    path("exams/", include("exams.urls")),
    path("", include("certificates.urls")),
    path("cms/", include("wagtail.admin.urls")),
]
