"""What the codes of the pure modules mean, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianbing.library.models import ArticleChange
from lianbing.library.rendering import impact
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import DIFFICULTIES, BulkEdit, KnowledgePoint, Pool, Question, QuestionVersion
from question_bank.queries.law_changes import Waiting
from question_bank.rules import plain_form, rich
from question_bank.rules.blanks import BLANKS_LIMIT
from question_bank.rules.changes import Change, changes
from question_bank.rules.choices import LETTERS, OPTION_LIMIT, OPTIONS_LIMIT, STEM_LIMIT
from question_bank.rules.contract import Problem
from question_bank.rules.law_changes import can_confirm
from question_bank.rules.parts import PARTS_LIMIT
from question_bank.rules.texts import TEXT_LIMIT


def _letter(field: str) -> str:
    place = field.partition(".")[2]
    return LETTERS[int(place)] if place.isdigit() and int(place) < len(LETTERS) else "?"


def problem_text(problem: Problem) -> str:
    """One problem or doubt as a sentence for the person who can mend it."""
    if problem.field.startswith("parts.") and problem.field.count(".") > 1:
        place, _dot, field = problem.field.removeprefix("parts.").partition(".")
        words = problem_text(Problem(problem.code, field))
        return _("Part %(number)s: %(words)s") % {"number": int(place) + 1, "words": words}
    texts = {
        "stem_missing": _("The question has no text."),
        "stem_too_long": _("The text is longer than %(limit)s characters.") % {"limit": STEM_LIMIT},
        "options_malformed": _("The options cannot be read."),
        "options_too_few": _("There are fewer than two options."),
        "options_too_many": _("There are more than %(limit)s options.") % {"limit": OPTIONS_LIMIT},
        "options_not_true_false": _("The options of a true or false question are 正确 and 错误."),
        "option_empty": _("Option %(letter)s is empty.") % {"letter": _letter(problem.field)},
        "option_duplicate": _("Option %(letter)s says the same as an earlier option.")
        % {"letter": _letter(problem.field)},
        "option_too_long": _("Option %(letter)s is longer than %(limit)s characters.")
        % {"letter": _letter(problem.field), "limit": OPTION_LIMIT},
        "point_missing": _("It has no knowledge point."),
        "citation_missing": _(
            "It cites no article. Name one, or choose a knowledge point that by its nature cites no law."
        ),
        "table_too_large": _("A table in the text is larger than %(rows)d rows of %(columns)d cells.")
        % {"rows": rich.ROWS_LIMIT, "columns": rich.COLUMNS_LIMIT},
        "pictures_too_many": _("The text shows more than %(limit)d pictures.")
        % {"limit": rich.PICTURES_LIMIT},
        "blank_in_table": _("A blank stands in a table. Put it into the text."),
        "picture_unknown": _("The text shows a picture that is not there. Upload it again."),
        "key_missing": _("The right answer is missing."),
        "key_outside": _("The right answer is not among the options."),
        "key_too_many": _("Only one option may be right."),
        "key_too_few": _("A multiple choice question usually has two or more right options."),
    }
    return texts.get(problem.code) or _kind_text(problem)


def _place(field: str) -> int:
    """The number, from 1, of what the last place in a field names ("key.blanks.0" is 1)."""
    last = field.rpartition(".")[2]
    return int(last) + 1 if last.isdigit() else 1


def _kind_text(problem: Problem) -> str:
    """The problems of fill-in, ordering, written answers and cases."""
    place = {"number": _place(problem.field)}
    texts = {
        "blanks_malformed": _("The blanks cannot be read."),
        "blanks_missing": _("The text has no blank. Write {{1}}, {{2}} ... where the blanks stand."),
        "blanks_not_in_stem": _("The blanks in the text must be {{1}}, {{2}} ... without a gap, each once."),
        "blanks_too_many": _("There are more than %(limit)s blanks.") % {"limit": BLANKS_LIMIT},
        "hint_too_long": _("A hint is too long."),
        "blank_without_answer": _("Blank %(number)s has no accepted answer.") % place,
        "accepted_too_many": _("Blank %(number)s has too many accepted answers.") % place,
        "accepted_too_long": _("An accepted answer of blank %(number)s is too long.") % place,
        "accepted_twice": _("Two accepted answers of blank %(number)s count as the same.") % place,
        "answer_in_stem": _("The answer of blank %(number)s stands in the text of the question.") % place,
        "sets_malformed": _("The blanks that may be filled in any order are not named rightly."),
        "order_missing": _("The right order is missing."),
        "order_outside": _("The right order must name every step once."),
        "steps_too_few": _("Two steps are hardly an order."),
        "limit_malformed": _("The longest answer is between 1 and %(limit)s characters.")
        % {"limit": TEXT_LIMIT},
        "reference_missing": _("Markers need a reference answer or scoring points."),
        "reference_too_long": _("The reference answer is too long."),
        "points_malformed": _("The scoring points cannot be read."),
        "points_missing": _("There are no scoring points: markers can only mark by feeling."),
        "point_text": _("Scoring point %(number)s has no text, or too much.") % place,
        "point_marks": _("Scoring point %(number)s needs marks above 0.") % place,
        "reason_malformed": _("Whether a reason is asked for cannot be read."),
        "reason_share": _("The share of the reason is between 0 and 1."),
        "parts_malformed": _("The parts of the case cannot be read."),
        "parts_missing": _("The case has no parts."),
        "parts_too_few": _("The case has only one part."),
        "parts_too_many": _("The case has more than %(limit)s parts.") % {"limit": PARTS_LIMIT},
        "parts_too_long": _("The parts together ask for more than %(limit)s characters.")
        % {"limit": TEXT_LIMIT},
        "part_kind": _("It is of a kind that cannot be a part."),
        "part_share": _("Its share of the marks must be above 0."),
    }
    return texts.get(problem.code, problem.code)


def facts_of(version: QuestionVersion) -> dict[str, str]:
    """What a version says, field by field, as plain text (see `rules.changes.FIELDS`)."""
    labels = {
        "limit": _("Longest answer"),
        "reference": _("Reference answer"),
        "right": _("Right"),
        "order": _("Right order"),
        "share": _("Share"),
        "sets": _("In any order"),
    }
    normal = kinds.get(version.kind).normal(version.content, version.key)
    return {
        "question": "\n".join(plain_form.lines(normal, labels)),
        "explanation": version.explanation,
        "point": version.knowledge_point.name if version.knowledge_point else "",
        "difficulty": version.get_difficulty_display(),
        "citations": "\n".join(citation.text for citation in version.citations.all()),
    }


def changes_between(old: QuestionVersion, new: QuestionVersion) -> list[tuple[str, Change]]:
    """What changed from one version to another, each field under its name in words."""
    names = {
        "question": _("Question"),
        "explanation": _("Explanation"),
        "point": _("Knowledge point"),
        "difficulty": _("Difficulty"),
        "citations": _("Citations"),
    }
    return [(names[one.field], one) for one in changes(facts_of(old), facts_of(new))]


def picture_text(code: str) -> str:
    """Why an upload cannot be kept as a picture."""
    return {
        "too_large": _("The picture is larger than 10 MB."),
        "too_many_pixels": _("The picture has more than 40 million pixels."),
    }.get(code, _("This is no picture. Use PNG, JPEG, WebP, GIF or BMP."))


def problems_text(problems: Iterable[Problem]) -> str:
    """Several problems as one line, none twice."""
    return " ".join(dict.fromkeys(problem_text(problem) for problem in problems))


@dataclass(frozen=True)
class ChangedArticle:
    """One changed article with its words before and after and the questions that wait for it.

    `questions`: each with whether this person may say that it is still right.
    """

    change: ArticleChange
    tone: str
    words: SafeString
    questions: list[tuple[Question, bool]]


def law_change_groups(waiting: Iterable[Waiting], actor: Actor) -> list[ChangedArticle]:
    """What the page of changed articles shows."""
    return [
        ChangedArticle(
            one.change,
            impact.TONES[one.change.kind],
            impact.words(one.change.article, one.change.successor),
            [(question, _may_confirm(question, actor)) for question in one.questions],
        )
        for one in waiting
    ]


def _may_confirm(question: Question, actor: Actor) -> bool:
    version = question.published_version
    writers = frozenset(version.writers if version else ())
    return can_confirm(writers=writers, confirmer=actor.user_id, people=question.bank.people_needed)


def value_text(action: str, value: Any) -> str:
    """What a bulk edit sets, in words: the name of the pool, the difficulty or the point, the citation, the reason."""
    if action == BulkEdit.Action.POOL:
        return str(Pool(value).label)
    if action == BulkEdit.Action.DIFFICULTY:
        return str(dict(DIFFICULTIES)[value])
    if action == BulkEdit.Action.POINT:
        return KnowledgePoint.with_merged.filter(pk=value).values_list("name", flat=True).first() or "—"
    return str(value)


def plan_texts(counts: Mapping[str, int]) -> list[str]:
    """What a bulk edit would do, and to how many questions."""
    texts = {
        "change": ngettext(
            "%(count)s question is changed.", "%(count)s questions are changed.", counts.get("change", 0)
        ),
        "draft": ngettext(
            "%(count)s draft is changed.", "%(count)s drafts are changed.", counts.get("draft", 0)
        ),
        "new_version": ngettext(
            "%(count)s published question gets a new draft version, which must be reviewed; the published one stays in use until then.",
            "%(count)s published questions get a new draft version each, which must be reviewed; the published ones stay in use until then.",
            counts.get("new_version", 0),
        ),
    }
    return [text % {"count": counts[code]} for code, text in texts.items() if counts.get(code)]


def left_out_texts(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """How many questions a bulk edit leaves out, and why."""
    texts = {
        "same": _("are so already."),
        "in_review": _("are in review. Whoever reviews them sends them back first."),
        "retired": _("are retired."),
        "not_draft": _("are no drafts."),
        "no_key": _("lack the right answer."),
        "no_point": _("lack a knowledge point."),
        "no_citation": _("lack a citation."),
    }
    return [(counts[code], text) for code, text in texts.items() if counts.get(code)]


def kept_text(code: str) -> str:
    """Why an undo left a question as it is."""
    return {
        "changed": _("Somebody has changed it since."),
        "law_review": _("Its law had changed, and retiring it settled that. Write a new version instead."),
        "point_gone": _("The knowledge point it had is no longer there."),
    }.get(code, code)


def bad_move_text(code: str) -> str:
    """Why the tree of knowledge points stays as it is."""
    return {
        "empty": _("Give the point a name."),
        "inside": _("A point cannot be moved below itself."),
        "taken": _("Another point already has this path, or one below it has. Merge the two instead."),
        "too_deep": _("A path has at most five parts and 100 characters; something below would not fit."),
        "has_below": _("Other points lie below this one. Move or merge them first."),
        "same": _("Choose another point to merge it into."),
        "used": _("Questions or blueprints are on this point. Merge it into another instead."),
    }.get(code, code)
