"""What a list of questions is narrowed to, as an address that can be shared."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from question_bank.models import DIFFICULTIES, KINDS, Pool, Question
from question_bank.queries.desk import Facets
from question_bank.rules.points import depth, leaf

SEEN = [
    ("never", _("Never")),
    ("within_30", _("Within 30 days")),
    ("not_90", _("Not for 90 days")),
    ("not_365", _("Not for a year")),
]
FLAGS = [
    ("waiting", _("Waits for a review")),
    ("reported", _("Reported as wrong, not answered")),
    ("twin", _("Nearly the same as another")),
    ("law_changed", _("Its law changed")),
    ("no_citation", _("Lacks a citation")),
    ("unresolved", _("A citation that leads nowhere")),
    ("no_explanation", _("Lacks an explanation")),
    ("no_point", _("Lacks a knowledge point")),
    ("no_key", _("Lacks the right answer")),
]
ORDERS = [("", _("Newest change first")), ("used", _("Most used first")), ("hardest", _("Hardest first"))]
INDENT = "\u3000"


def _options(choice: tuple[Any, Any], chosen: str) -> str:
    """One option, or a group of them, as escaped HTML."""
    key, label = choice
    if isinstance(label, list):
        options = "".join(_options(one, chosen) for one in label)
        return f'<optgroup label="{escape(str(key))}">{options}</optgroup>'
    selected = " selected" if str(key) == chosen else ""
    return f'<option value="{escape(str(key))}"{selected}>{escape(str(label))}</option>'


class Select(forms.Select):
    """A plain select. Django renders a template for each option, which costs a long list most of its page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = mark_safe("".join(_options(one, chosen) for one in self.choices))
        own = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", own, options)


class Choice(forms.ChoiceField):
    """A choice shown by `Select`."""

    widget = Select


class Chip(NamedTuple):
    """An active filter in words, and the query string without it."""

    label: str
    value: str
    without: str


def _choices(empty: Any, choices: Any) -> list[tuple[Any, Any]]:
    return [("", empty), *choices]


class FilterForm(forms.Form):
    """What a list of questions is narrowed to. Anything unreadable narrows nothing."""

    q = forms.CharField(label=_("Text"), required=False, max_length=100)
    point = Choice(label=_("Knowledge point"), required=False)
    kind = Choice(label=_("Kind"), required=False, choices=_choices(_("All kinds"), KINDS))
    difficulty = Choice(
        label=_("Difficulty"), required=False, choices=_choices(_("All difficulties"), DIFFICULTIES)
    )
    state = Choice(
        label=_("State"), required=False, choices=_choices(_("All states"), Question.State.choices)
    )
    pool = Choice(label=_("Pool"), required=False, choices=_choices(_("All pools"), Pool.choices))
    law = Choice(label=_("Law cited"), required=False)
    used_in = Choice(label=_("Used in"), required=False)
    seen = Choice(label=_("Last used"), required=False, choices=_choices(_("At any time"), SEEN))
    flag = Choice(label=_("To look after"), required=False, choices=_choices(_("All"), FLAGS))
    sort = Choice(label=_("Order"), required=False, choices=ORDERS)

    def __init__(self, *args: Any, facets: Facets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [
            (str(one.pk), f"{INDENT * depth(one.name)}{leaf(one.name)} ({one.count})")
            for one in facets.points
        ]
        self._paths = {str(one.pk): one.name for one in facets.points}
        self._choose("point", _("All points"), points)
        self._choose("law", _("All laws"), [(title, title) for title in facets.laws])
        self._choose("used_in", _("Any exam or none"), facets.exams)

    def _choose(self, name: str, empty: Any, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = _choices(empty, choices)  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """The arguments of `queries.search`."""
        self.is_valid()
        told = self.cleaned_data
        return {
            "text": told.get("q") or "",
            "point": int(told["point"]) if told.get("point") else None,
            "difficulty": int(told["difficulty"]) if told.get("difficulty") else None,
            "sort": told.get("sort") or "newest",
            **{
                name: told.get(name) or ""
                for name in ("law", "kind", "pool", "state", "used_in", "seen", "flag")
            },
        }

    def chips(self) -> Iterator[Chip]:
        """Every active filter, in the order of the fields; the order of the list is none."""
        self.is_valid()
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value or name == "sort":
                continue
            words = self._paths.get(value) if name == "point" else None
            said = dict(getattr(field, "choices", ())) or {}
            query = cast(QueryDict, self.data).copy()
            query.pop(name, None)
            query.pop("page", None)
            yield Chip(str(field.label), str(words or said.get(_key(name, value), value)), query.urlencode())


def _key(name: str, value: str) -> Any:
    return int(value) if name == "difficulty" else value
