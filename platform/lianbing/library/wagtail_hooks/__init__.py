"""What the library adds to the editor at /cms/: law texts with their review."""

from wagtail.snippets.models import register_snippet

from lianbing.library.wagtail_hooks import menu  # noqa: F401 -- it registers itself
from lianbing.library.wagtail_hooks.drafts import DraftViewSet

register_snippet(DraftViewSet)
