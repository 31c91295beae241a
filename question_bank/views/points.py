"""The tree of knowledge points: what cites no law, and the shape of the tree."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import services
from question_bank.forms import MergeForm, MoveForm, PointsForm
from question_bank.models import KnowledgePoint
from question_bank.queries.points import point_tree
from question_bank.rendering import bad_move_text


@require_http_methods(["GET", "POST"])
def points(request: Request) -> HttpResponse:
    """The tree of knowledge points, and which of them cite no law by their nature."""
    form = PointsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.exempt_points(points=form.cleaned_data["points"], by=request.actor, at=clock.now())
        messages.success(request, _("The knowledge points were changed."))
        return redirect("question_bank:points")
    return render(request, "question_bank/points.html", {"form": form, "tree": point_tree()})


@require_http_methods(["GET", "POST"])
def point(request: Request, pk: int) -> HttpResponse:
    """Rename or move a point with everything below it, merge it into another, or delete it."""
    found = get_object_or_404(KnowledgePoint, pk=pk)
    act = request.POST.get("act", "")
    move = MoveForm(request.POST if act == "move" else None, initial={"path": found.name})
    merge = MergeForm(request.POST if act == "merge" else None, point=found)
    if request.method == "POST":
        try:
            if _did(request, found, act, move, merge):
                return redirect("question_bank:points")
        except services.BadMove as error:
            messages.error(request, bad_move_text(error.code))
    tree = point_tree()
    here = next((one for one in tree if one.point.pk == found.pk), None)
    below = [one for one in tree if one.point.name.startswith(f"{found.name}/")]
    context = {"point": found, "here": here, "below": below, "move": move, "merge": merge}
    return render(request, "question_bank/point.html", context)


def _did(request: Request, found: KnowledgePoint, act: str, move: MoveForm, merge: MergeForm) -> bool:
    """Whether the act was done. Raises services.BadMove."""
    by, at = request.actor, clock.now()
    if act == "move" and move.is_valid():
        services.move_point(point=found, path=move.cleaned_data["path"], by=by, at=at)
        messages.success(request, _("The point and all below it have their new place."))
    elif act == "merge" and merge.is_valid():
        services.merge_points(point=found, into=merge.cleaned_data["into"], by=by, at=at)
        messages.success(request, _("The two points are one now."))
    elif act == "delete":
        services.delete_point(point=found, by=by, at=at)
        messages.success(request, _("The point was deleted."))
    else:
        return False
    return True
