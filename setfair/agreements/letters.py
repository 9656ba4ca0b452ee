"""What is sent about an agreement: that there is something to read. Never what, and never about whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.text import TellingWords
from setfair.journal.journey import move
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Channel, Letter
from setfair.people.models import Contact, Person
from setfair.people.queries import safe_address, ways
from setfair.preparation.queries import is_let_be
from setfair.programmes import wording
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from . import queries
from .journey import Stage as Held
from .models import Agreement, Item, Rest

SUBJECT = gettext_lazy("You have a message")
FIELDS = ("programme", "page", "call")

TO_SIGN = wording.letter(
    "to_sign",
    gettext_lazy("There is something to read and sign"),
    SUBJECT,
    gettext_lazy("Hi, {programme} has something for you to read. Take your time. Open {page} and type your code. {call}"),
    FIELDS,
)
NEW_VERSION = wording.letter(
    "new_version",
    gettext_lazy("There is a new version, and their own part is the same"),
    SUBJECT,
    gettext_lazy("Hi, {programme} has something new for you to read. You do not have to do anything. Open {page} and type your code. {call}"),
    FIELDS,
)
SPELLING = wording.letter(
    "spelling",
    gettext_lazy("A slip of the pen was put right, or that was taken back"),
    SUBJECT,
    gettext_lazy("Hi, {programme} has something new for you to read. You do not have to do anything. Open {page} and type your code. {call}"),
    FIELDS,
)
ALL_SIGNED = wording.letter(
    "all_signed",
    gettext_lazy("Everyone has signed; the copy is there"),
    SUBJECT,
    gettext_lazy("Hi, your copy from {programme} is ready. Open {page} and type your code to read or print it. {call}"),
    FIELDS,
)
REMINDER = wording.letter(
    "promise_soon",
    gettext_lazy("A promise comes due in a few days"),
    SUBJECT,
    gettext_lazy("Hi, this is a kind reminder of something you said you would do. Open {page} and type your code to see it. {call}"),
    FIELDS,
)
PAST_DUE = wording.letter(
    "promise_past",
    gettext_lazy("The date of a promise has passed"),
    SUBJECT,
    gettext_lazy("Hi, how is it going? If something is in the way, tell us. We can help. Open {page} and type your code. {call}"),
    FIELDS,
)

MORE_TIME = wording.letter(
    "promise_more_time",
    gettext_lazy("A promise is given more time"),
    SUBJECT,
    gettext_lazy("Hi, you have more time for something you said you would do. Open {page} and type your code to see it. {call}"),
    FIELDS,
)


AGAIN = wording.letter(
    "promise_again",
    gettext_lazy("Somebody of the team reminds them of a promise once more"),
    SUBJECT,
    gettext_lazy("Hi, a reminder about something you agreed to do. If it is hard, tell us: we can help. Open {page} and type your code. {call}"),
    FIELDS,
)
ONE_MORE = wording.letter(
    "promise_one_more",
    gettext_lazy("Somebody looked at what they sent, and asks kindly for a little more"),
    SUBJECT,
    gettext_lazy("Hi, thank you for what you told us. We have a small question about it. Open {page} and type your code. {call}"),
    FIELDS,
)
OF_A_BODY = wording.letter(
    "promise_of_body",
    gettext_lazy("To whoever answers for what a school or an office promised, when its day is near or has passed"),
    gettext_lazy("Something you answer for has a day"),
    gettext_lazy(
        "Hello,\n\nplease look at something that you answer for. Its day is near, has passed or was moved, or somebody asks for a little more: {link}"
    ),
    fields=("link",),
)
AFTER_A_REST = wording.letter(
    "after_a_rest",
    gettext_lazy("Somebody wanted to sleep on it, and the day is here"),
    SUBJECT,
    gettext_lazy("Hi, you wanted to sleep on something. It is still there. Yes and no are both fine. Open {page} and type your code. {call}"),
    FIELDS,
)
MORNING = 9


def send(letter: wording.Letter, people: Iterable[Participation], *, programme: Programme, about: str, by: Actor) -> None:
    """One letter to each who is not let be, in their own language and over the way that is safe for them; `about` makes it once."""
    for participation in people:
        if is_let_be(participation):
            continue
        with in_language(participation.person.language):
            words = letter.words(programme=programme.short_name, page=_page(), call=call_us(programme))
            post(words, participation, f"{letter.key}:{about}:{participation.pk}", by)


def tell_staff(letter: wording.Letter, item: Item, user: User, *, about: str, by: Actor) -> None:
    """The same occasion for whoever of the staff answers for a promise, by e-mail and in words that say nothing of it."""
    with in_language(user.language):
        words = OF_A_BODY.words(link=f"{settings.SITE_ADDRESS}{reverse('today')}")
        key = f"{letter.key}:{about}:{user.pk}"
        write(words, to=Address(Channel.EMAIL, user.email), reader=user.pk, key=key, by=by, case=item.case_id)


def stop(agreement: Agreement, *, by: Actor) -> None:
    """What asks somebody to sign or reminds them of a promise, and has not gone yet, does not go any more. While anything else holds,
    what reminds people of its promises goes all the same: one that held ends only with all the others of its case."""
    holds = Agreement.objects.filter(case=agreement.case_id, stage=Held.IN_FORCE).exclude(pk=agreement.pk).exists()
    of_promises = [] if holds else [f"{letter.key}:" for letter in (REMINDER, PAST_DUE, AGAIN, MORE_TIME, ONE_MORE)]
    stop_asking(agreement, by=by)
    if of_promises:
        _withdraw(agreement.case_id, of_promises, by)


def stop_asking(agreement: Agreement, *, by: Actor) -> None:
    """What asks somebody to sign just this version, and has not gone yet, does not go any more."""
    of_it = [f"{letter.key}:{agreement.pk}" for letter in (TO_SIGN, NEW_VERSION, SPELLING, ALL_SIGNED)]
    _withdraw(agreement.case_id, of_it + _of_rests(agreement.rests), by)


def ask_after_a_rest(rest: Rest, *, by: Actor) -> None:
    """A kind word in the morning of the day until which they wanted to sleep on it."""
    programme, participation = rest.case.programme, rest.participation
    with in_language(participation.person.language):
        words = AFTER_A_REST.words(programme=programme.short_name, page=_page(), call=call_us(programme))
        post(words, participation, f"{AFTER_A_REST.key}:{rest.pk}", by, due_at=clock.at(rest.until, MORNING, 0, programme.zone))


def let_rest_go(agreement: Agreement, participation: Participation, *, by: Actor) -> None:
    """They have answered, or chosen another day: the word for the day before does not go any more."""
    keys = _of_rests(agreement.rests.filter(participation=participation))
    if keys:
        _withdraw(agreement.case_id, keys, by)


def _of_rests(rests: Any) -> list[str]:
    return [f"{AFTER_A_REST.key}:{pk}" for pk in rests.values_list("pk", flat=True)]


def stop_reminding(item: Item, *, by: Actor) -> None:
    """A reminder of a day that stands no more does not go any more."""
    first = queries.root_of(item)
    _withdraw(item.case_id, [f"{letter.key}:{first}" for letter in (REMINDER, PAST_DUE, AGAIN)], by)


def stop_telling(item: Item, *, by: Actor) -> None:
    """Nor does anything else about a promise that stands no more."""
    stop_reminding(item, by=by)
    given = [f"{MORE_TIME.key}:{pk}" for pk in item.extensions.values_list("pk", flat=True)]
    asked = [f"{ONE_MORE.key}:{pk}" for pk in item.evidence.filter(asks=True).values_list("pk", flat=True)]
    if given or asked:
        _withdraw(item.case_id, given + asked, by)


def _withdraw(case: UUID, keys: list[str], by: Actor) -> None:
    asking = Q()
    for key in keys:
        asking |= Q(key__startswith=key)
    unsent = Letter.objects.filter(asking, case_id=case, stage__in=NOT_GONE)
    for waiting in unsent.select_for_update(of=("self",)):
        move(waiting, Stage.WITHDRAWN, by=by)


def post(words: Words, participation: Participation, key: str, by: Actor, due_at: datetime | None = None) -> None:
    """Over a safe way and in these words; if they would say too much there (a programme's own name may), shorter, and at last on paper."""
    person, to = participation.person, way_to(participation.person)
    for where, said in ((to, words), (to, _short()), (Address(Channel.PAPER, ""), _short())):
        try:
            write(said, to=where, reader=person.pk, key=key, by=by, case=participation.case_id, due_at=due_at)
            return
        except TellingWords:
            continue


def way_to(person: Person) -> Address:
    """A safe address, or paper: posted where they said it may be, and handed over otherwise."""
    by_itself = safe_address(person)
    if by_itself is not None:
        return by_itself
    posted = next((contact.value for contact in ways(person) if contact.way == Contact.Way.POST), "")
    return Address(Channel.PAPER, posted)


def call_us(programme: Programme) -> str:
    return _("Questions? Call %(phone)s.") % {"phone": programme.phone} if programme.phone else ""


def _page() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('code')}"


def _short() -> Words:
    return Words(_("You have a message"), _("You have a message. Open your page with your code: %(page)s") % {"page": _page()})
