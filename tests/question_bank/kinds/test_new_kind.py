"""The contract holds kinds that do not exist yet: a matching kind, written here against it alone."""

from decimal import Decimal

import pytest

from exams.rules import assembly, journal, scoring
from question_bank import marking
from question_bank.kinds.base import BLANK, BadResponse, Kind, Outcome, Problem, Shown
from question_bank.rules import choices, documents


class Matching(Kind):
    """Left sides are matched with right sides: `content["pairs"]` are left, `content["options"]` right."""

    name = "matching"

    def check(self, content, key):
        found = [*choices.check_stem(content), *choices.check_options(content)]
        matches = key.get("matches") if isinstance(key, dict) else None
        sound = isinstance(matches, dict) and set(matches) == {left["id"] for left in content["pairs"]}
        return found if sound else [*found, Problem("key_missing", "key")]

    def doubts(self, content, key):
        return []

    def parse(self, raw, content):
        if raw == []:
            return []
        lefts, rights = {left["id"] for left in content["pairs"]}, set(choices.option_ids(content))
        if not isinstance(raw, dict) or not raw.keys() <= lefts or not set(raw.values()) <= rights:
            raise BadResponse("unknown_option")
        return {left: raw[left] for left in sorted(raw)} or []

    def shape(self, content):
        return super().shape(content) | {"pairs": [{"id": left["id"]} for left in content["pairs"]]}

    def compare(self, content, key, response):
        given = dict(response or {})
        right = sum(key["matches"][left] == one for left, one in given.items())
        return Outcome(len(content["pairs"]), right, len(given) - right, not given, "blank")

    def orders(self, content):
        return choices.option_ids(content)

    def face(self, content, orders=None):
        return choices.face(content, orders) | {"pairs": content["pairs"]}

    def show(self, content, orders=None, *, key=None, response=BLANK):
        return Shown("question_bank/kinds/matching", self.face(content, orders))

    def normal(self, content, key):
        texts = {option["id"]: option["text"] for option in content["options"]}
        pairs = [[left["text"], texts[key["matches"][left["id"]]]] for left in content["pairs"]]
        return {"kind": self.name, "stem": content["stem"], "pairs": pairs}

    def from_normal(self, document, new_ids):
        pairs = documents.listed(document, "pairs")
        lefts, rights = new_ids(len(pairs)), new_ids(len(pairs))
        content = {
            "stem": documents.text(document, "stem"),
            "pairs": [{"id": one, "text": pair[0]} for one, pair in zip(lefts, pairs, strict=True)],
            "options": [{"id": one, "text": pair[1]} for one, pair in zip(rights, pairs, strict=True)],
        }
        return content, {"matches": dict(zip(lefts, rights, strict=True))}


KIND = Matching()
NORMAL = {"kind": "matching", "stem": "连线", "pairs": [["警告", "声誉"], ["罚款", "财产"], ["拘留", "人身"]]}


@pytest.fixture
def question():
    ids = iter("abcdefgh")
    return KIND.from_normal(NORMAL, lambda count: [next(ids) for _ in range(count)])


def test_it_is_checked_and_described(question):
    assert KIND.check(*question) == []
    assert KIND.normal(*question) == NORMAL


def test_it_is_marked_by_the_rules_there_are(question):
    content, key = question
    two = KIND.parse({"a": "d", "b": "e", "c": "d"}, content)
    assert KIND.grade(content, key, dict(key["matches"]), marking.get("exact"), Decimal(6)) == 6
    assert KIND.grade(content, key, two, marking.get("exact"), Decimal(6)) == 0
    assert KIND.grade(content, key, two, marking.get("per_blank"), Decimal(6)) == 4


def test_its_answers_are_saved_and_signed_like_any_other(question):
    content, _ = question
    parsers = {1: lambda raw: KIND.parse(raw, KIND.shape(content))}
    [event] = journal.parse_events(
        [{"seq": 1, "item": 1, "value": {"b": "f", "a": "e"}}], parsers, BadResponse
    )
    assert scoring.canonical({"1": event.value}) == '{"1":{"a":"e","b":"f"}}'


def test_its_options_are_shuffled_for_a_paper(question):
    content, _ = question
    chosen = [assembly.Chosen(1, KIND.name, Decimal(6))]
    [item] = assembly.arrange(b"s" * 16, chosen, {1: KIND.orders(content)}, [KIND.name])
    assert sorted(item[3]) == ["d", "e", "f"]
    assert [option["id"] for option in KIND.face(content, item[3])["options"]] == item[3]
