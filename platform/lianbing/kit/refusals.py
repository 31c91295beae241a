"""Why the system would not open or write a file, in the user's own language."""

import errno

from django.utils.translation import gettext as _


def file_reason(error: OSError) -> str:
    """The reason behind an OSError for people to read; the system's own words where nobody foresaw it."""
    reasons = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.EACCES: _("permission denied"),
        errno.EPERM: _("permission denied"),
        errno.EROFS: _("the disk is read-only"),
        errno.ENOSPC: _("the disk is full"),
        errno.ELOOP: _("it is a link"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)
