"""What keeps a course from being published, and why somebody may not do something, in words."""

from django.utils.translation import gettext as _

from courses.queries.lessons import Trouble


def say(trouble: Trouble) -> str:
    """One trouble as a sentence for whoever writes, with its lesson."""
    words = _words(trouble)
    return (
        _("Lesson “%(lesson)s”: %(words)s") % {"lesson": trouble.lesson, "words": words}
        if trouble.lesson
        else words
    )


def _words(trouble: Trouble) -> str:
    what = {"what": trouble.what}
    return {
        "no_lessons": _("The course has no lesson yet."),
        "no_category": _("Choose a content category: hours are counted under it."),
        "own_prerequisite": _("A course cannot be its own prerequisite."),
        "prerequisite_circle": _("“%(what)s” must be completed first and demands this course itself.") % what,
        "no_title": _("A lesson has no title."),
        "empty": _("The lesson is empty."),
        "citation": _("This citation leads nowhere. %(what)s") % what,
        "question_gone": _("A question is not open to lessons (any more): %(what)s") % what,
        "question_by_hand": _(
            "A check cannot ask this question, because a person must mark it or it has several parts: %(what)s"
        )
        % what,
        "check_too_many": _("More right answers are needed than questions are asked: %(what)s") % what,
        "file_gone": _("A file is missing. Choose it again. %(what)s") % what,
        "not_mp4": _("“%(what)s” is no .mp4 film that a browser can play.") % what,
        "not_pdf": _("“%(what)s” is no PDF.") % what,
        "no_slides": _("Slides without a page: add pictures or a PDF."),
    }[trouble.code]


def refusal(code: str) -> str:
    """Why the person may not do this, or not now."""
    return {
        "role": _("Trainers and the legal section write and publish courses."),
        "author": _("You wrote this course, so somebody else decides on it."),
        "not_author": _("Only who wrote it can take it back."),
        "in_review": _("This course is in review and cannot be changed meanwhile."),
        "not_waiting": _("This course is not in review any more: somebody else was faster, or took it back."),
        "nothing_new": _("Nothing was changed since the last edition."),
        "reason": _("Say in a few words why it goes back."),
        "no_edition": _("This course was never published."),
        "withdrawn": _("This course is withdrawn already."),
        "not_withdrawn": _("This course is not withdrawn."),
        "flag_reason": _("Say in a few words why nothing changes."),
        "settled": _("Somebody has settled this already."),
    }[code]


def unreadable(code: str) -> str:
    """Why a file cannot become a course, and what to do."""
    return {
        "large": _("The file is larger than 60 MB."),
        "bomb": _(
            "The file unpacks to far more than a document holds, or takes too long to read. It was not opened."
        ),
        "password": _("The file is protected by a password. Save it without one."),
        "macros": _("The file holds macros. Save it as .docx or .pptx without them."),
        "old": _("This is the old format (.doc, .ppt). Save it as .docx or .pptx."),
        "damaged": _("The file is damaged and cannot be read."),
        "not_office": _("This is neither a .docx nor a .pptx."),
        "empty": _("There is nothing to read in this file."),
    }[code]


def lost(code: str, count: int) -> str:
    """What of a file was not taken over."""
    names = {
        "boxes": _("text boxes"),
        "objects": _("embedded objects"),
        "formulas": _("formulas"),
        "charts": _("charts"),
        "diagrams": _("diagrams"),
        "notes": _("footnotes"),
        "comments": _("comments"),
        "media": _("films and sounds (upload the .mp4 in the editor)"),
        "hidden_slides": _("hidden slides"),
        "slide_notes": _("speaker's notes of slides"),
        "pictures_large": _("pictures that are too large or too many"),
        "pictures_kind": _("pictures of a kind no browser shows"),
        "pictures_outside": _("pictures that lie outside the file"),
    }
    return f"{names.get(code, code)}: {count}"
