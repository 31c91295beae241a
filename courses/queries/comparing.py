"""What a draft changes against the last edition of its course."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from courses.models import CourseEdition
from courses.queries.lessons import Prepared
from courses.rules.lessons import Change, Told, compare, lines
from question_bank.queries.drawing import versions
from question_bank.rules.rich import words


def asked_in(lessons: Sequence[Prepared]) -> list[list[str]]:
    """The questions of the check of each lesson, in its order, by their words. One statement."""
    found = versions({pk for one in lessons for pk in one.check})
    return [[words(str(found[pk].content["stem"])) for pk in one.check if pk in found] for one in lessons]


def changes(old: CourseEdition | None, new: Sequence[Prepared], labels: Mapping[str, str]) -> list[Change]:
    """Every lesson with what became of it. `labels`: words for minutes, check and needed. Two statements."""
    before = list(old.lessons.all()) if old else []
    asked = _asked([one.body for one in before] + [one.body for one in new])
    asked |= {pk for one in before for pk in one.check_versions} | {pk for one in new for pk in one.check}
    stems = {pk: words(str(one.content["stem"])) for pk, one in versions(asked).items()}
    olds = [
        _told(
            one.key,
            one.title,
            one.minimum_seconds,
            one.body,
            one.check_versions,
            one.check_needed,
            stems,
            labels,
        )
        for one in before
    ]
    news = [
        _told(one.key, one.title, one.minimum_seconds, one.body, one.check, one.check_needed, stems, labels)
        for one in new
    ]
    return compare(olds, news)


def _asked(bodies: Iterable[Sequence[Mapping[str, Any]]]) -> set[int]:
    return {pk for body in bodies for part in body if part["kind"] == "questions" for pk in part["versions"]}


def _told(
    key: str,
    title: str,
    seconds: int,
    body: Sequence[Mapping[str, Any]],
    check: Sequence[int],
    needed: int,
    stems: Mapping[int, str],
    labels: Mapping[str, str],
) -> Told:
    facts = [f"{labels['minutes']}: {seconds // 60}"]
    asked = [f"{labels['check']}: {stems.get(pk, '')}" for pk in check]
    if check:
        asked.append(f"{labels['needed']}: {needed}")
    text = [title, *facts, *lines(body, stems), *asked]
    return Told(key, title, "\n".join(line for line in text if line))
