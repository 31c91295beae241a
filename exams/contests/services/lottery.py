"""The prize draw: the list published at the close, one draw, prizes offered in drawn order, contacts deleted again.

The database lets there be one list and one draw for a quiz (docs/decisions/0031).
"""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from exams.contests.models import Quiz, QuizDraw, QuizGuest, QuizList, QuizOffer
from exams.contests.permissions.quiz import may_organise, may_read_contacts
from exams.contests.queries.quiz import stage_of
from exams.contests.rules import lottery, sealing
from exams.contests.rules import quiz as rules
from exams.contests.services.quiz_setting import STREAM, QuizRefused
from exams.contests.services.quiz_taking import close_due
from lianbing.kit import audit
from lianbing.people.rules import SYSTEM, Actor

MOST_CONTACT = 100
DAY = datetime.timedelta(days=1)


def publish_list(*, quiz: Quiz, at: datetime.datetime) -> QuizList:
    """The list of those in the draw, once the quiz has closed; asked again, the same list.

    Raises QuizRefused (no_draw, not_closed, stopped).
    """
    _may_be_listed(quiz, at)
    with transaction.atomic():
        close_due(at=at, quiz=quiz)
        guests = QuizGuest.objects.filter(quiz=quiz, best_score__gte=quiz.draw_from)
        rows = guests.order_by("number").values_list("number", "nickname")
        entries = lottery.sorted_list([lottery.Entry(number, rules.masked(name)) for number, name in rows])
        digest = lottery.list_hash(entries)
        made, new = QuizList.objects.get_or_create(
            quiz=quiz, defaults={"entries": [list(one) for one in entries], "sha256": digest, "at": at}
        )
        if new:
            audit.record(
                stream=STREAM,
                action="quiz_list_published",
                by=SYSTEM,
                at=at,
                subject=quiz,
                sha256=digest,
                count=len(entries),
            )
    return made


def _may_be_listed(quiz: Quiz, at: datetime.datetime) -> None:
    stands = stage_of(quiz, at)
    if quiz.draw_from is None:
        raise QuizRefused("no_draw", _("This quiz has no prize draw."))
    if stands is rules.Stage.STOPPED:
        raise QuizRefused("stopped", _("This quiz was called off."))
    if stands is not rules.Stage.CLOSED:
        raise QuizRefused("not_closed", _("The draw is made when the quiz has closed."))


def publish_due(at: datetime.datetime) -> int:
    """Publish the list of every quiz that has closed. Returns how many."""
    due = Quiz.objects.filter(
        published_at__isnull=False, closes_at__lte=at, draw_from__isnull=False, eligible=None, stop=None
    )
    for quiz in due:
        publish_list(quiz=quiz, at=at)
    return len(due)


def draw(*, quiz: Quiz, by: Actor, at: datetime.datetime) -> QuizDraw:
    """Draw the winners, once and for good, and offer them their prizes. The seed is public from now on.

    Raises QuizRefused (not_allowed, no_draw, not_closed, stopped, drawn, nobody).
    """
    if not may_organise(by, quiz.unit.path):
        raise QuizRefused("not_allowed", _("Only organisers of this unit may do that."))
    listed = publish_list(quiz=quiz, at=at)
    entries = [lottery.Entry(*one) for one in listed.entries]
    if not entries:
        raise QuizRefused("nobody", _("Nobody reached the score for the draw."))
    order = lottery.drawn_order(quiz.seed, entries)
    try:
        with transaction.atomic():
            made = QuizDraw.objects.create(quiz=quiz, order=order, at=at, by_name=by.name)
            due = lottery.handed_out(list(quiz.prizes.values_list("name", "count")))
            for place, prize in enumerate(due[: len(order)], start=1):
                _offer(quiz, made, place, prize, at)
            said = {"list_sha256": listed.sha256, "seed": quiz.seed}
            audit.record(stream=STREAM, action="quiz_drawn", by=by, at=at, subject=quiz, **said)
    except IntegrityError as error:
        raise QuizRefused("drawn", _("The prizes are drawn already. There is no second draw.")) from error
    return made


def _offer(quiz: Quiz, made: QuizDraw, place: int, prize: str, at: datetime.datetime) -> QuizOffer:
    return QuizOffer.objects.create(
        draw=made,
        place=place,
        guest=QuizGuest.objects.get(quiz=quiz, number=made.order[place - 1]),
        prize=prize,
        offered_at=at,
        answer_by=at + quiz.answer_days * DAY,
    )


def pass_over(at: datetime.datetime) -> int:
    """Offer every prize whose winner did not answer in time to the next of the drawn order. Returns how many lapsed."""
    due = QuizOffer.objects.filter(answered_at=None, lapsed_at=None, answer_by__lte=at)
    done = 0
    for offer in due.select_related("draw__quiz").order_by("draw", "place"):
        with transaction.atomic():
            # Held, so that two places of one draw never go to the same next guest.
            made = QuizDraw.objects.select_for_update().get(pk=offer.draw_id)
            if not QuizOffer.objects.filter(pk=offer.pk, answered_at=None, lapsed_at=None).update(
                lapsed_at=at
            ):
                continue
            done += 1
            last = made.offers.aggregate(last=Max("place"))["last"]
            if last < len(made.order):
                _offer(offer.draw.quiz, made, last + 1, offer.prize, at)
            audit.record(
                stream=STREAM,
                action="quiz_prize_lapsed",
                by=SYSTEM,
                at=at,
                subject=offer.draw.quiz,
                place=offer.place,
            )
    return done


def answer(*, guest: QuizGuest, contact: str, consents: bool, at: datetime.datetime) -> QuizOffer:
    """A winner takes their prize, and says how to reach them where the quiz asks. Asked again, the same.

    Raises QuizRefused (no_prize, late, contact, consent).
    """
    told = " ".join(contact.split())
    with transaction.atomic():
        offer = QuizOffer.objects.select_for_update().filter(guest=guest).select_related("draw__quiz").first()
        if offer is None:
            raise QuizRefused("no_prize", _("No prize was drawn for you."))
        if offer.answered_at is not None:
            return offer
        if offer.lapsed_at is not None or offer.answer_by <= at:
            raise QuizRefused(
                "late", _("The time to answer is over; the prize goes to the next in drawn order.")
            )
        quiz = offer.draw.quiz
        if quiz.asks_contact:
            _check_contact(told, consents)
            offer.sealed = sealing.seal(told, secret=settings.SECRET_KEY, place=_place(offer))
            offer.purge_at = at + quiz.contact_days * DAY
        offer.answered_at = at
        offer.save(update_fields=["answered_at", "sealed", "purge_at"])
    return offer


def _check_contact(told: str, consents: bool) -> None:
    if not 5 <= len(told) <= MOST_CONTACT:
        text = _("Say in 5 to %(most)s characters how we reach you.")
        raise QuizRefused("contact", text % {"most": MOST_CONTACT})
    if not consents:
        raise QuizRefused("consent", _("Please accept what happens to your contact first."))


def _place(offer: QuizOffer) -> str:
    return f"{offer.draw.quiz.uid}/{offer.place}"


def contact_of(offer: QuizOffer) -> str:
    """A winner's contact in the clear; "" when there is none or no secret opens it any more."""
    if not offer.sealed:
        return ""
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    try:
        return sealing.unseal(offer.sealed, secrets=keys, place=_place(offer))
    except sealing.Unopenable:
        return ""


def show_contact(*, offer: QuizOffer, by: Actor, at: datetime.datetime) -> str:
    """A winner's contact for the one role that may read it; each look is on record.

    Raises QuizRefused (not_allowed, gone).
    """
    quiz = offer.draw.quiz
    if not may_read_contacts(by, quiz):
        raise QuizRefused("not_allowed", _("Only the exam administrator of this unit reads contacts."))
    if not (told := contact_of(offer)):
        raise QuizRefused("gone", _("There is no contact to be read: not given, or deleted."))
    audit.record(stream=STREAM, action="quiz_contact_read", by=by, at=at, subject=quiz, place=offer.place)
    return told


def purge_contacts(at: datetime.datetime) -> int:
    """Delete the contacts whose days are over, with a record for each quiz. Returns how many."""
    due = QuizOffer.objects.exclude(sealed="").filter(purge_at__lte=at).select_related("draw__quiz")
    by_quiz: dict[Quiz, list[int]] = {}
    for offer in due:
        by_quiz.setdefault(offer.draw.quiz, []).append(offer.pk)
    for quiz, rows in by_quiz.items():
        with transaction.atomic():
            gone = QuizOffer.objects.filter(pk__in=rows).update(sealed="", purged_at=at)
            audit.record(
                stream=STREAM, action="quiz_contacts_purged", by=SYSTEM, at=at, subject=quiz, count=gone
            )
    return sum(map(len, by_quiz.values()))
