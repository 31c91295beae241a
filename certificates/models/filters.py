"""Filters somebody keeps for the lists they open again and again."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.rules.filters import LONGEST_QUERY, LONGEST_TITLE
from lianbing.people.models import User


class SavedFilter(models.Model):
    """A list as somebody asked for it. A convenience of one account: nobody else sees it, nothing rests on it.

    `page` is a route name of `rules.filters.PAGES`, `query` what `rules.filters.tidy` made of an address.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=60)
    title = models.CharField(_("Name of the filter"), max_length=LONGEST_TITLE)
    query = models.CharField(max_length=LONGEST_QUERY)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Saved filter")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "title"], name="saved_filter_named_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The list with this filter."""
        return f"{reverse(self.page)}?{self.query}"
