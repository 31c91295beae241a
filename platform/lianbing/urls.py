"""Every address of the product. Folder name = first part of the address."""

from django.urls import include, path
from django.views.generic import RedirectView

from lianbing.library.views.documents import cms_file
from lianbing.people.views import accounts

urlpatterns = [
    path("", include("lianbing.kit.urls")),
    path("", include("lianbing.home.urls")),
    path("", include("lianbing.people.urls")),
    path("bank/", include("question_bank.urls")),
    path("library/", include("lianbing.library.urls")),
    path("courses/", include("courses.urls")),
    path("training/", include("courses.training.urls")),
    path("drills/", include("courses.drills.urls")),
    path("exams/", include("exams.urls")),
    path("contests/", include("exams.contests.urls")),
    path("ratings/", include("certificates.ratings.urls")),
    path("", include("certificates.urls")),
    # Wagtail's own account pages would change a name or a password, and sign out, past our services.
    path("cms/account/", RedirectView.as_view(pattern_name="people:password_change")),
    path("cms/login/", RedirectView.as_view(pattern_name="people:sign_in", query_string=True)),
    path("cms/logout/", accounts.sign_out),
    # The name under which Wagtail's editor looks for the files it keeps.
    path("cms/files/<int:document_id>/<str:document_filename>", cms_file, name="wagtaildocs_serve"),
    path("cms/", include("wagtail.admin.urls")),
]
