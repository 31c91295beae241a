"""The words of the annual data book, and the book on paper."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from certificates.ratings.queries.data_book import DataBook, Row
from certificates.ratings.rules.data_book import SECTIONS, TREND
from lianbing.kit import charts, pdf

TEMPLATE = Path(__file__).parent.parent / "typst" / "data_book.typ"
SECTION_NAMES = {
    "people": gettext_lazy("People"),
    "register": gettext_lazy("Enforcement certificates"),
    "training": gettext_lazy("Classes and sessions"),
    "hours": gettext_lazy("Hours"),
    "exams": gettext_lazy("Exams"),
    "certificates": gettext_lazy("Training certificates"),
    "contests": gettext_lazy("Contests"),
    "stars": gettext_lazy("Stars"),
}
_STAR = gettext_lazy("Officers who hold this star by the newest published result on the counting day.")
# Figure -> its name and how it is counted.
FIGURES = {
    "officers": (
        pgettext_lazy("data book", "Officers"),
        gettext_lazy("Enforcement officers who serve on the counting day."),
    ),
    "auxiliaries": (
        pgettext_lazy("data book", "Auxiliaries"),
        gettext_lazy("Auxiliaries who serve on the counting day."),
    ),
    "civilians": (
        pgettext_lazy("data book", "Civilian staff"),
        gettext_lazy("Civilian staff who serve on the counting day."),
    ),
    "holders": (
        pgettext_lazy("data book", "Hold a certificate"),
        gettext_lazy("Officers of the counting day for whom the register knows a certificate number."),
    ),
    "on_duty": (
        pgettext_lazy("data book", "On duty"),
        gettext_lazy("Of the officers, those whose enforcement certificate is in force on the counting day."),
    ),
    "duty_share": (pgettext_lazy("data book", "On duty (%)"), gettext_lazy("On duty / officers × 100.")),
    "classes": (
        pgettext_lazy("data book", "Classes"),
        gettext_lazy(
            "Training classes of the unit whose last day lies in the year; drafts and cancelled ones left out."
        ),
    ),
    "trainees": (
        pgettext_lazy("data book", "Trainees"),
        gettext_lazy("Places taken in batches that ended in the year; who withdrew is left out."),
    ),
    "completed": (
        pgettext_lazy("data book", "Completed"),
        gettext_lazy("Of the trainees, those who completed the class."),
    ),
    "sessions": (
        pgettext_lazy("data book", "Sessions"),
        gettext_lazy("Closed sessions of the unit that began in the year."),
    ),
    "presences": (
        pgettext_lazy("data book", "Presences"),
        gettext_lazy(
            "Present, late, left early or made up in closed sessions of the year, by the unit of the person."
        ),
    ),
    "hours": (
        pgettext_lazy("data book", "Training hours"),
        gettext_lazy("The sum of the ledger of the year, by the unit where the person served on the day."),
    ),
    "hours_per_head": (
        pgettext_lazy("data book", "Hours per head"),
        gettext_lazy("Training hours / everybody who serves on the counting day."),
    ),
    "trained": (
        pgettext_lazy("data book", "Trained"),
        gettext_lazy("Of everybody on the counting day, those who have hours in the year."),
    ),
    "coverage": (
        pgettext_lazy("data book", "Training coverage (%)"),
        gettext_lazy("Trained / everybody who serves on the counting day × 100."),
    ),
    "sittings": (
        pgettext_lazy("data book", "Sittings"),
        gettext_lazy("Sittings of the unit whose results were released in the year."),
    ),
    "invited": (
        pgettext_lazy("data book", "Invited"),
        gettext_lazy("Candidates of sittings released in the year, by their unit at that time."),
    ),
    "sat": (pgettext_lazy("data book", "Sat"), gettext_lazy("Of the invited, those who were marked.")),
    "passed": (
        pgettext_lazy("data book", "Passed"),
        gettext_lazy("Of those who sat, those whose newest score reaches the pass mark."),
    ),
    "sit_rate": (pgettext_lazy("data book", "Attendance (%)"), gettext_lazy("Sat / invited × 100.")),
    "pass_rate": (pgettext_lazy("data book", "Pass rate (%)"), gettext_lazy("Passed / sat × 100.")),
    "mean": (
        pgettext_lazy("data book", "Mean (%)"),
        gettext_lazy("The mean of the results of those who sat, in per cent of the full marks."),
    ),
    "issued": (
        pgettext_lazy("data book", "Issued"),
        gettext_lazy("Training certificates issued in the year to people who serve on the counting day."),
    ),
    "revoked": (
        pgettext_lazy("data book", "Taken back"),
        gettext_lazy("Training certificates revoked in the year, of people who serve on the counting day."),
    ),
    "matches": (
        pgettext_lazy("data book", "Matches"),
        gettext_lazy("Matches of the unit confirmed in the year."),
    ),
    "players": (
        pgettext_lazy("data book", "Players"),
        gettext_lazy(
            "People of the bureau in the teams of these matches, once each for each organising unit."
        ),
    ),
    "star_5": (gettext_lazy("Five stars"), _STAR),
    "star_4": (gettext_lazy("Four stars"), _STAR),
    "star_3": (gettext_lazy("Three stars"), _STAR),
    "star_2": (gettext_lazy("Two stars"), _STAR),
    "star_1": (gettext_lazy("One star"), _STAR),
}


def written(value: Decimal | None) -> str:
    """A figure as it stands in a table: no idle noughts, a dash where there is nothing to divide by."""
    return "—" if value is None else f"{value.normalize():f}"


def cells(row: Row, section: str) -> list[str]:
    """The figures of a section in one row."""
    return [written(row.figures[name]) for name in SECTIONS[section]]


@dataclass(frozen=True)
class Table:
    """A section as a table: a row of unit and figures for the whole and for each branch."""

    title: str
    headings: list[str]
    rows: list[list[str]]


def tables(book: DataBook) -> list[Table]:
    """Every section of the book."""
    return [
        Table(
            title=str(SECTION_NAMES[section]),
            headings=[str(FIGURES[name][0]) for name in names],
            rows=[[row.unit.name, *cells(row, section)] for row in (book.whole, *book.branches)],
        )
        for section, names in SECTIONS.items()
    ]


def trend_charts(book: DataBook) -> list[dict[str, object]]:
    """A line over the years for each figure of TREND; years without a figure are left out."""
    return [
        charts.line(
            [
                charts.Value(str(row.year), float(value), written(value))
                for row in book.trend
                if (value := row.figures[name]) is not None
            ],
            title=str(FIGURES[name][0]),
            heading=_("Year"),
            unit=str(FIGURES[name][0]),
        )
        for name in TREND
    ]


def data_book_pdf(book: DataBook, *, by: str, at: datetime.datetime) -> bytes:
    """The book on A4, lying: every section by unit, the years side by side, how each figure is counted."""
    data = {
        "issuer": book.whole.unit.name,
        "product": str(settings.SITE_NAME),
        "title": _("Training and certification data book %(year)s") % {"year": book.year},
        "counted": _("People are counted on %(day)s.") % {"day": book.day.isoformat()},
        "unit": _("Unit"),
        "year": _("Year"),
        "sections": [asdict(table) for table in tables(book)],
        "trend_title": _("Over the years"),
        "trend": {
            "headings": [str(FIGURES[name][0]) for name in TREND],
            "rows": [[str(row.year), *(written(row.figures[name]) for name in TREND)] for row in book.trend],
        },
        "how_title": _("How it is counted"),
        "how": [[str(name), str(how)] for name, how in FIGURES.values()],
        "printed": _("Printed by %(name)s, %(moment)s")
        % {"name": by, "moment": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"},
        "page": _("Page"),
    }
    return pdf.render(TEMPLATE, data, at=at)
