"""Law texts as a snippet of Wagtail: revisions, workflow, lock and scheduling are Wagtail's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from lianbing.library.models import LawDraft
from lianbing.library.wagtail_hooks.form import DraftForm, FindingsPanel


class DraftPolicy(ModelPermissionPolicy):
    """Editors write; nobody publishes here, the superuser neither.

    Wagtail asks for "publish" also before it unpublishes or takes from the calendar.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class DraftViewSet(SnippetViewSet):
    """Where law texts are written."""

    model = LawDraft
    icon = "doc-full"
    menu_label = _("Law texts")
    menu_order = 150
    add_to_admin_menu = True
    list_display = ["title", "published_on", "effective_on"]
    list_per_page = 50
    search_fields = ["title", "document_number"]
    copy_view_enabled = False
    inspect_view_enabled = False

    edit_handler = ObjectList(
        [
            FindingsPanel(),
            FieldRowPanel([FieldPanel("title"), FieldPanel("subtitle")]),
            FieldRowPanel([FieldPanel("level"), FieldPanel("issuing_body"), FieldPanel("document_number")]),
            FieldRowPanel([FieldPanel("published_on"), FieldPanel("effective_on")]),
            FieldPanel("history"),
            FieldPanel("body"),
            MultiFieldPanel(
                [FieldPanel("go_live_at", heading=_("Show in the library from"))],
                heading=_("Not before a day"),
                help_text=_("Empty: as soon as the legal section has approved."),
            ),
        ],
        base_form_class=DraftForm,
    )

    @property
    def permission_policy(self) -> DraftPolicy:
        return DraftPolicy(self.model)
