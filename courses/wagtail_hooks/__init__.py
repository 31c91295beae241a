"""What courses add to the editor at /cms/: choosing questions, handing in, and no way past the review."""

from courses.wagtail_hooks import pages, questions  # noqa: F401 -- they register themselves
