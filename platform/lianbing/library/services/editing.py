"""What the editor at /cms/ needs to be there: the group that may write law texts, and the review they go through."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from lianbing.library.models import DocumentIndexPage, LawDraft, LegalReview
from lianbing.library.services.documents import ensure_documents
from lianbing.library.services.handbook import EDITORS, enrol_editor

# Never "publish": publishing is the second person's decision, on a page of our own.
MAY = ("add_lawdraft", "change_lawdraft", "delete_lawdraft", "view_lawdraft")


def admit_editor(*, user: object) -> None:
    """Make `user` an editor of handbook, documents and law texts, with the review in place. Three statements once it is so."""
    enrol_editor(user=user)  # type: ignore[arg-type]  # an account, says the caller
    if not DocumentIndexPage.objects.exists():
        ensure_documents()
    content_type = ContentType.objects.get_for_model(LawDraft)
    if not WorkflowContentType.objects.filter(content_type=content_type).exists():
        ensure_review()


@transaction.atomic
def ensure_review() -> Workflow:
    """The review by the legal section, and the editors' right to write what goes through it."""
    group, _made = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label=LawDraft._meta.app_label, codename__in=MAY)
    )
    content_type = ContentType.objects.get_for_model(LawDraft)
    known = WorkflowContentType.objects.filter(content_type=content_type).select_related("workflow").first()
    if known is not None:
        return known.workflow
    with translation.override("zh-hans"):
        name = _("Legal section")
    workflow = Workflow.objects.create(name=name)
    task = LegalReview.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    return workflow
