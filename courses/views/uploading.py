"""A Word or PowerPoint file becomes a draft: the form, and what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.formats import office
from courses.forms.authoring import UploadForm
from courses.models import CoursePage
from courses.queries import authoring as reading
from courses.rendering import troubles
from courses.services.uploading import course_from_file
from lianbing.kit import clock
from lianbing.people.request import Request


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Read a file and make a draft of it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, said = form.cleaned_data["file"], form.cleaned_data
        try:
            made = course_from_file(
                data=file.read(),
                file_name=file.name,
                title=said["title"],
                category=said["category"],
                by=request.actor,
                at=clock.now(),
            )
        except office.Unreadable as problem:
            form.add_error("file", f"{file.name}: {troubles.unreadable(problem.code)}")
        else:
            messages.success(request, _("The file became a draft."))
            return redirect("courses:uploaded", made.pk)
    return render(request, "courses/authoring/upload.html", {"form": form})


@require_safe
def uploaded(request: Request, course: int) -> HttpResponse:
    """What was taken over from the file, and what was not."""
    found = get_object_or_404(CoursePage, pk=course)
    record = next((one for one in reading.acts_on(found) if one.action == "course_uploaded"), None)
    if record is None:
        return redirect("courses:manage_course", found.pk)
    lost = [troubles.lost(code, count) for code, count in sorted(record.details["lost"].items()) if count]
    lessons = [child.value["title"] for child in found.lessons]
    context = {"course": found, "record": record, "lost": lost, "lessons": lessons}
    return render(request, "courses/authoring/uploaded.html", context)
