"""An edition while it is written, and the review that publishes it (docs/decisions/0014).

The draft is what Wagtail's editor knows: it has revisions, a workflow, a lock, a day to go live. Once approved it
becomes a `LawEdition` with its articles, exactly one, and neither can be written any more.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import BaseLock, WorkflowLock
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    Task,
    TaskState,
    WorkflowMixin,
)

from lianbing.library.models.laws import Law, LawEdition


class FrozenLock(BaseLock):
    """Locks a draft that was published, for everybody and for ever."""

    def for_user(self, user: Any) -> bool:
        del user
        return True

    def get_message(self, user: Any) -> SafeString:
        del user
        edition = self.object.edition
        return format_html(
            '{} <a href="{}">{}</a> <a class="button button-small" href="{}">{}</a>',
            gettext("This text is published and frozen: its articles are cited by their address."),
            edition.get_absolute_url(),
            gettext("Read it"),
            reverse("library:amend", args=[edition.law.slug, edition.slug]),
            gettext("New edition from this text"),
        )

    def get_locked_by(self, user: Any) -> str:
        del user
        return gettext("Published")

    def get_description(self, user: Any) -> str:
        del user
        return gettext("A published text is never changed.")


class ReviewLock(WorkflowLock):
    """Locks a draft while the legal section looks at it, and says where they do."""

    def get_message(self, user: Any) -> SafeString:
        del user
        return format_html(
            '{} <a href="{}">{}</a>',
            gettext("This text lies with the legal section and cannot be edited meanwhile."),
            reverse("library:review", args=[self.object.pk]),
            gettext("See what it changes"),
        )


class LawDraft(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """The text of an edition that is being written: a new law, or the next edition of one that is there.

    A draft belongs to the law with its title (and part). `based_on` is the edition it started from, `edition`
    the one it became. The history is one event a line, as it stands under the title of a law.
    """

    title = models.CharField(
        _("Title"),
        max_length=200,
        help_text=_("A law with exactly this title gets a new edition; another title makes a new law."),
    )
    subtitle = models.CharField(_("Part"), max_length=200, blank=True)
    level = models.CharField(_("Level"), max_length=16, choices=Law.Level, default=Law.Level.OTHER)
    issuing_body = models.CharField(_("Issuing body"), max_length=200, blank=True)
    document_number = models.CharField(_("Document number"), max_length=100, blank=True)
    published_on = models.DateField(_("Published on"), null=True)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    history = models.TextField(
        _("How it came to be"),
        blank=True,
        help_text=_("One event a line, such as 2020年1月2日 市人民代表大会常务委员会通过"),
    )
    body = models.TextField(
        _("Text"),
        help_text=_("Headings (第一章 总则) and articles (第一条 …) each begin a line."),
    )
    based_on = models.ForeignKey(
        LawEdition,
        verbose_name=_("Started from"),
        on_delete=models.PROTECT,
        related_name="drafts",
        null=True,
        blank=True,
        editable=False,
    )
    edition = models.OneToOneField(
        LawEdition,
        verbose_name=_("Edition"),
        on_delete=models.PROTECT,
        related_name="draft",
        null=True,
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("Law text")
        verbose_name_plural = _("Law texts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.subtitle, str(self.published_on or "")) if part)

    def get_lock(self) -> BaseLock | None:
        """A published draft is locked for good; else as Wagtail decides."""
        return FrozenLock(self) if self.edition_id else super().get_lock()

    def with_content_json(self, content: dict[str, Any]) -> "LawDraft":
        """What the draft became is a fact about the draft, not about one revision."""
        draft: LawDraft = super().with_content_json(content)
        draft.edition_id, draft.based_on_id = self.edition_id, self.based_on_id
        return draft

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail does, but only what the legal section approved. Raises PermissionDenied otherwise.

        This sets the draft live or schedules it; `services.publish_edition` makes the edition.
        """
        approved = TaskState.objects.filter(
            revision=revision, status=TaskState.STATUS_APPROVED, task__in=LegalReview.objects.all()
        )
        if not approved.exists():
            raise PermissionDenied
        return super().publish(revision, *args, **kwargs)


class LegalReview(Task):
    """The legal section's look at a law text.

    It is decided on a page of ours that shows the comparison with the edition in force, never in the editor: here
    nobody has an action, the superuser neither. While it waits nobody may edit, so that what is approved is what
    was seen. Who wrote is refused by `services.approve_draft`.
    """

    admin_form_fields: ClassVar[list[str]] = ["name"]
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("Review by the legal section")
        verbose_name_plural = _("Reviews by the legal section")

    def locked_for_user(self, obj: models.Model, user: Any) -> bool:
        del obj, user
        return True

    def get_actions(self, obj: models.Model, user: Any) -> list[Any]:
        del obj, user
        return []

    @classmethod
    def get_description(cls) -> str | Promise:
        return _("Approved or sent back by somebody of the legal section who did not write the text")
