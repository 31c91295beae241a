"""Run beside a site: a published course of one lesson (film, article, three questions), a learner, a trainer.

Output: one JSON object {"officer", "trainer": session keys, "course": pk, "right": the option of each question}.
"""

import json

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.db import transaction  # noqa: E402

from courses.models import CourseFile, LessonFile  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import Role  # noqa: E402
from tests.factories import courses, library, people  # noqa: E402
from tests.factories import question_bank as bank  # noqa: E402
from tests.factories.silent_film import silent_film  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

FILM_SECONDS, MINIMUM = 6, 24


def _film():
    data = silent_film(FILM_SECONDS)
    path = default_storage.save("courses/journey.mp4", ContentFile(data))
    return CourseFile.objects.create(
        sha256="0" * 64,
        name="亮证示范.mp4",
        content_type="video/mp4",
        size=len(data),
        seconds=FILM_SECONDS,
        file=path,
        kept_at=clock.now(),
    )


def _body(film, article):
    shown = {"pk": film.pk, "name": film.name, "type": film.content_type, "seconds": film.seconds}
    told = {"pk": article.pk, "law": "云汐市市容条例", "label": article.label, "text": article.text}
    return [
        {"kind": "heading", "id": "h", "text": "执法开始之前"},
        {"kind": "video", "id": "v", "title": "亮证示范", "file": shown},
        {"kind": "text", "id": "t", "html": "<p>执法人员不得少于两人，应当主动出示执法证件。</p>" * 6},
        {"kind": "article", "id": "a", "citation": "", "note": "", "articles": [told | {"url": "/library/"}]},
    ]


if __name__ == "__main__":
    with transaction.atomic():
        squad = people.unit("滨河中队")
        reader = people.officer(squad, name="陈小满")
        people.officer(squad, name="周未学")
        film, article = _film(), library.edition().articles.first()
        questions = [
            bank.published(stem=f"第{n}问：执法时应当（　）。", explanation="先亮证。") for n in "一二三"
        ]
        edition = courses.edition(courses.course("执法证件与现场规范"), lessons=0, minutes=1)
        versions = [one.published_version for one in questions]
        lesson = courses.lesson(
            edition,
            title="亮证执法",
            minimum_seconds=MINIMUM,
            media_seconds=FILM_SECONDS,
            body=_body(film, article),
            versions=versions,
        )
        LessonFile.objects.create(lesson=lesson, file=film)
        sessions = {
            "officer": session_for(reader.user),
            "trainer": session_for(people.staff(Role.TRAINER, unit=squad)),
        }
    right = [one.key["options"][0] for one in versions]
    print(json.dumps({**sessions, "course": edition.course_id, "right": right}))
