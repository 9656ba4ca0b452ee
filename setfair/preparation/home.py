"""The cards of a participant's home, and how a later floor adds its own.

Home shows five numbered cards. Preparation fills them all: those of later floors
stand there closed, and say only that this is being prepared. A later floor opens
its card by registering a function, in its `apps.ready()`:

    from setfair.preparation.home import Card, WHEN, register_card
    register_card(WHEN, card_of)        # card_of(participation) -> Card | None

The function is asked at each visit, inside the programme, with the participation of
the person who looks. It answers with a `Card`, or with None to leave the closed card
as it is; after a booking is lost it answers None again, and the page says once more
that this is being prepared, whatever the reason was. Of several functions for one
place the first that answers is shown. The agreement's place takes a list of cards too: there can be several. `MORE` collects cards after the fifth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.cases.route import SAID, WITHOUT_MEETING, How
from setfair.files.queries import is_shared_with
from setfair.notes.queries import has_shared

from . import queries
from .models import Acknowledgement, Consent

CHOICE, QUESTIONS, WHEN, WITH, AGREEMENT, MORE = 1, 2, 3, 4, 5, 6


@dataclass(frozen=True)
class Card:
    """One card. Without `href` it is not a link; `words` are shown under the title, `is_done` with a tick.

    `lines` are things with how each stands, under the words. `is_your_turn` says that we
    wait for something of theirs: such a card stands first on the page, and says so. What `is_now` stands before it.
    """

    title: str
    words: str = ""
    href: str = ""
    is_done: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    is_your_turn: bool = False
    is_now: bool = False


Maker = Callable[[Participation], Card | list[Card] | None]

_makers: dict[int, list[Maker]] = {}

CLOSED = {
    WHEN: (gettext_lazy("When and where"), gettext_lazy("We will tell you when there is a day.")),
    AGREEMENT: (gettext_lazy("Your agreement"), gettext_lazy("This comes after you have met.")),
}


def register_card(place: int, maker: Maker) -> None:
    """Let a later floor fill the card at `place` (see above)."""
    makers = _makers.setdefault(place, [])
    if maker not in makers:
        makers.append(maker)


def cards(me: Participation) -> list[Card]:
    """The cards in their order, for this person and nobody else. Whoever is asked nothing, as an interpreter, has no agreement either."""
    how = cases.how(me.case)
    asked = [_choice(me, how), *_part(me), *_for_another(me, how)] if queries.is_asked(me) else []
    own = [*asked, *_how(how), _questions(me, how)]
    last = _agreement(me, how) if queries.is_asked(me) else []
    when = [] if how in WITHOUT_MEETING else [_given(WHEN, me)]
    return [*own, *when, _with(me), *last, *_papers(me), *_more(me)]


def _how(how: How) -> list[Card]:
    """Only where something else than a meeting was chosen, which the other words speak of."""
    another = _("Do you want another way? Tell us.")
    return [] if how == How.CONFERENCE else [Card(_("How we do it"), f"{SAID[how]} {another}")]


def _agreement(me: Participation, how: How) -> list[Card]:
    """Where nobody meets it is spoken of only once it is there for them to read."""
    made = _made(AGREEMENT, me)
    if made:
        return made
    return [] if how in WITHOUT_MEETING else [Card(*map(str, CLOSED[AGREEMENT]))]


def _given(place: int, me: Participation) -> Card:
    title, words = CLOSED[place]
    return next(iter(_made(place, me)), None) or Card(str(title), str(words))


def _made(place: int, me: Participation) -> list[Card]:
    """What the first function that answers says."""
    return next((made for maker in _makers.get(place, ()) if (made := _each(maker(me)))), [])


def _each(made: Card | list[Card] | None) -> list[Card]:
    return made if isinstance(made, list) else [made] if made is not None else []


def _more(me: Participation) -> list[Card]:
    noted = [Card(_("A note for you"), _("The team wrote something down for you."), reverse("my_notes"))] if has_shared(me) else []
    return noted + [card for maker in _makers.get(MORE, ()) for card in _each(maker(me))]


def _choice(me: Participation, how: How) -> Card:
    said = queries.answer_of(me)
    if queries.is_asked_anew(said):
        return Card(_("Your choice"), _("We would like to do this in another way. So we ask you again."), reverse("choice"), is_your_turn=True)
    if said is not None and me.has_outgrown(said.at):
        return Card(
            _("Your choice"), _("You are 18 now. Your choice is yours alone. We would like to ask you again."), reverse("choice"), is_your_turn=True
        )
    return Card(_("Your choice"), _own_words(said), reverse("choice"), _is_yes(said), is_your_turn=said is None and how != How.LATER)


def _for_another(me: Participation, how: How) -> list[Card]:
    child = queries.speaks_for(me)
    if child is None:
        return []
    said = queries.answer_of(child, giver=me)
    if queries.is_asked_anew(said):
        said = None
    return [
        Card(
            _("Your choice for %(name)s") % {"name": child.person.first},
            _own_words(said),
            reverse("choice_child"),
            _is_yes(said),
            is_your_turn=said is None and how != How.LATER,
        )
    ]


def _part(me: Participation) -> list[Card]:
    """For a person responsible, until people have met."""
    if Role.RESPONSIBLE not in me.roles or me.case.is_after_the_day:
        return []
    last = Acknowledgement.objects.filter(participation=me).order_by("at", "id").last()
    told = _("We ask if you take some of it on you.") if last is None else _("You take some of it on you.") if last.given else _("You said no.")
    is_done = last is not None and last.given
    return [Card(_("Your part in what happened"), told, reverse("part"), is_done, is_your_turn=last is None)]


def _questions(me: Participation, how: How) -> Card:
    if how in WITHOUT_MEETING:
        return Card(_("The questions"), _("They can help you find your words."), reverse("questions"))
    met = me.case.stage in (Stage.CONVENED, Stage.FOLLOWING_UP)
    return Card(_("The questions"), _("You can still read them.") if met else _("You can read them before the day."), reverse("questions"))


def _with(me: Participation) -> Card:
    if me.stands_by is not None:
        there = me.stands_by.left_at is None
        return Card(_("Who you come with"), me.stands_by.person.first if there else _("If you have a question, ask us."))
    names = ", ".join(p.person.first for p in queries.with_me(me))
    return Card(_("Who comes with you"), names or _("You can bring someone you trust. Just tell us."))


def _papers(me: Participation) -> list[Card]:
    """There only while the team shares something with them."""
    return [Card(_("Papers for you"), _("The team put something here for you."), reverse("my_files"))] if is_shared_with(me) else []


def _is_yes(said: Consent | None) -> bool:
    return said is not None and said.answer == Consent.Answer.YES


def _own_words(said: Consent | None) -> str:
    if said is None:
        return _("We would like to ask you.")
    return {
        Consent.Answer.YES: _("You said yes."),
        Consent.Answer.NO: _("You said no. You can still change your mind."),
        Consent.Answer.UNSURE: _("You are not sure yet. We will call you."),
        Consent.Answer.WITHDRAWN: _("You have stopped for now. You can come back."),
    }[Consent.Answer(said.answer)]
