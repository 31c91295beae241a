"""A form field for an audience: the unit tree, posts, ranks, categories, duties, joined since.

    audience = AudienceField(label=_("For whom"))
    ...
    self.fields["audience"].offer(actor.scopes(Role.TRAINER), today)   # in the form's __init__

`cleaned_data["audience"]` is a `courses.rules.audience.Audience`; the initial value may be an Audience or the
stored JSON. Where the scopes are not the whole bureau, units within them must be ticked. The button in the field
counts: it sends the form, the field then refuses with the number, so that no view need know of it.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.models.duties import DutyRole
from courses.queries.audience import people_of, ranks_in_use
from courses.rules.audience import Audience, from_json, within
from lianbing.people.models import Officer, Post, Unit
from lianbing.people.queries import units_in

LISTS = ("units", "posts", "ranks", "categories", "duties")
Choice = tuple[str, str]


def read(data: QueryDict | Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a browser sent under the names of this field, as lists of texts, unchecked."""

    def many(key: str) -> list[Any]:
        return list(data.getlist(key) if isinstance(data, QueryDict) else data.get(key, []))

    raw: dict[str, Any] = {part: [str(v)[:200] for v in many(f"{name}-{part}")][:500] for part in LISTS}
    raw["joined_after"] = str(data.get(f"{name}-joined_after", "") or "").strip()[:20]
    raw["counting"] = f"{name}-count" in data
    return raw


class AudienceWidget(forms.Widget):
    """Fieldsets of tick boxes, folded where nothing is ticked; the units as a tree by indenting."""

    template_name = "courses/audience/widget.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offers: dict[str, list[tuple[str, str, int]]] = {}
        self.whole = True
        self.on: datetime.date | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        del files
        return read(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        del data, files, name
        return False

    def id_for_label(self, id_: str) -> str:
        del id_
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ticked = _as_raw(value)
        groups = [
            {
                "part": part,
                "legend": LEGENDS[part],
                "help": self._help(part),
                "options": [
                    {"value": key, "label": label, "depth": min(depth, 6), "checked": key in ticked[part]}
                    for key, label, depth in self.offers.get(part, [])
                ],
                "count": len(ticked[part]),
            }
            for part in LISTS
        ]
        context["widget"] |= {
            "groups": [group for group in groups if group["options"]],
            "joined_after": ticked["joined_after"],
        }
        return context

    def _help(self, part: str) -> Any:
        if part != "units":
            return _("None ticked: all.")
        return (
            _("With everything below. None ticked: the whole bureau.")
            if self.whole
            else _("With everything below.")
        )

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        # The app's own templates, which the form renderer of the settings does not look into.
        del renderer
        return mark_safe(TemplatesSetting().render(template_name, context))


LEGENDS = {
    "units": _("Units"),
    "posts": _("Posts"),
    "ranks": _("Ranks"),
    "categories": _("Categories of staff"),
    "duties": _("Part-time duties"),
}


class AudienceField(forms.Field):
    """Gives an `Audience`. Call `offer` before the form is shown or checked."""

    widget = AudienceWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("For whom"))
        super().__init__(required=False, **kwargs)
        self.required = True  # shown without the word "optional": stating nothing says everybody
        self.scopes: list[str] = [""]

    def offer(self, scopes: Sequence[str], on: datetime.date) -> None:
        """What may be ticked by somebody who looks after these unit paths ("" = the whole bureau)."""
        self.scopes, widget = list(scopes), self.widget
        assert isinstance(widget, AudienceWidget)
        units = units_in(self.scopes).values_list("path", "name")
        top = min((len(path) for path, _name in units), default=0)
        widget.whole, widget.on = "" in self.scopes, on
        widget.offers = {
            "units": [(path, name, (len(path) - top) // Unit.steplen) for path, name in units],
            "posts": [(str(pk), name, 0) for pk, name in Post.objects.values_list("pk", "name")],
            "ranks": [(rank, rank, 0) for rank in ranks_in_use()],
            "categories": [(str(key), str(label), 0) for key, label in Officer.Category.choices],
            "duties": [
                (code, name, 0)
                for code, name in DutyRole.objects.filter(closed=False).values_list("code", "name")
            ],
        }

    def prepare_value(self, value: Any) -> Any:
        """What is stored as the widget shows it; a condition no longer offered is shown all the same."""
        raw = _as_raw(value)
        widget = self.widget
        assert isinstance(widget, AudienceWidget)
        if isinstance(value, Audience) or (isinstance(value, Mapping) and "counting" not in value):
            for part in ("posts", "ranks", "duties"):
                known = {key for key, _label, _depth in widget.offers.get(part, [])}
                widget.offers.setdefault(part, []).extend(
                    (key, key, 0) for key in raw[part] if key not in known
                )
        return raw

    def clean(self, value: Any) -> Audience:
        """The audience. Raises ValidationError, also with the number when the counting button was pressed."""
        raw = _as_raw(value)
        audience = self._checked(raw)
        if not within(audience, self.scopes):
            raise ValidationError(_("Tick at least one unit, and only units you look after."), code="outside")
        if raw["counting"]:
            assert isinstance(self.widget, AudienceWidget)
            raise ValidationError(count_words(audience, self.widget.on), code="counted")
        return audience

    def _checked(self, raw: Mapping[str, Any]) -> Audience:
        widget = self.widget
        assert isinstance(widget, AudienceWidget)
        for part in LISTS:
            known = {key for key, _label, _depth in widget.offers.get(part, [])}
            if not set(raw[part]) <= known:
                raise ValidationError(
                    _("One of the things ticked is no longer there. Choose again."), code="gone"
                )
        said = {part: raw[part] for part in LISTS} | {"joined_after": _day(raw["joined_after"])}
        return from_json(said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _as_raw(initial) != _as_raw(data)


def count_words(audience: Audience, on: datetime.date | None) -> str:
    """How many people an audience has on a day, as a sentence."""
    count = people_of(audience, on).order_by().count() if on else 0
    return ngettext("%(count)d person at present.", "%(count)d people at present.", count) % {"count": count}


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError as error:
        raise ValidationError(_("There is no such day. Write it like 2019-05-01."), code="day") from error
    if not 1900 <= day.year <= 2199:
        raise ValidationError(_("The year lies between 1900 and 2199."), code="day")
    return day.isoformat()


def _as_raw(value: Any) -> dict[str, Any]:
    """An audience, its stored form, or what a browser sent, as lists of texts."""
    empty: dict[str, Any] = {part: [] for part in LISTS} | {"joined_after": "", "counting": False}
    if isinstance(value, Audience):
        day = value.joined_after.isoformat() if value.joined_after else ""
        lists = {part: [str(v) for v in getattr(value, part)] for part in LISTS}
        return empty | lists | {"joined_after": day}
    if isinstance(value, Mapping) and "counting" in value:
        return empty | dict(value)
    return _as_raw(from_json(value)) if value else empty
