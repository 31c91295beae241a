"""The words of what is done to content categories."""

from django.utils.translation import gettext_lazy as _

from lianbing.kit.audit_words import name_acts

name_acts(
    "courses",
    _("Courses"),
    {
        "category_added": _("Added a content category"),
        "category_renamed": _("Renamed a content category"),
        "category_closed": _("Closed a content category"),
        "category_opened": _("Offered a content category again"),
        "category_moved": _("Moved a content category"),
    },
)
