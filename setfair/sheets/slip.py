"""What somebody is asked on paper, in the words and with the answers of their own pages; the paper and the page that takes it back are made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, F, Func, QuerySet
from django.utils.translation import gettext as _

from setfair.cases.models import Participation, Role
from setfair.core.text import ALPHABET, typed
from setfair.preparation import words
from setfair.preparation.asked import Question, asked_of, mark
from setfair.preparation.forms import AnswerForm, PartForm, StopForm
from setfair.preparation.queries import is_asked, speaks_for
from setfair.preparation.yes import Scope
from setfair.voices.models import Goal

ME, CHILD = words.ME, words.CHILD
PART, HOPES, SUPPORT, STOP, OWN_WORDS = "part", "hopes", "support", "stop", "words"
LINES = 4
WHOSE, WORDS = 6, 3
"""How many signs at the foot of a paper say whose it is, and how many under which words it was printed."""
NUMBER = "('x' || encode(substring(sha256(uuid_send(%(expressions)s)) from 5 for 4), 'hex'))::bit(32)::bigint & 1073741823"
"""The same number as that of `mark_of`, in the database."""


@dataclass(frozen=True)
class Ask:
    """One thing on a slip. Of its answers one is ticked, or any number (`is_many`); `lines` is the room for words of their own.

    `question` is what the answer is written down to, with whom it is about; what is no question of that kind has none.
    """

    name: str
    title: str
    told: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_many: bool = False
    lines: int = 0
    question: Question | None = None
    about: Participation | None = None

    def is_part_of(self, me: Participation) -> bool:
        """Whether it asks them to take part themselves."""
        return self.question is not None and self.question.scope == Scope.TAKE_PART and self.about == me


def slip_of(me: Participation) -> list[Ask]:
    """All that this person is asked today, in the language that is active; whoever interprets is asked nothing, and may want a call."""
    if not is_asked(me):
        return [Ask(STOP, _("Do you want to talk to us?"), choices=_offered(StopForm, "what", only="call")), _own_words()]
    child = speaks_for(me)
    of_child = _choice(child, CHILD) if child is not None else ()
    return [*_choice(me, ME), *of_child, *_part(me), _hopes(), _support(), _stop(), _own_words()]


def words_of(name: str) -> str:
    """Under what name their own words beside an `Ask` are known."""
    return f"{name}.words"


def mark_of(me: Participation) -> str:
    """By which the team knows whose paper it is, and nobody else does: six signs that can be read aloud."""
    return _signs(hashlib.sha256(me.pk.bytes).digest(), WHOSE)


def foot_of(me: Participation, language: str) -> str:
    """What stands at the foot of their paper: whose it is, and three signs of the words that are asked in this language today."""
    return f"{mark_of(me)}-{_signs(bytes.fromhex(mark(_all_asked(me), language)), WORDS)}"


def language_read(me: Participation, foot: str) -> str:
    """In which language they read the words that are asked today; empty where the words under which they answered were others."""
    return next((code for code, _name in settings.LANGUAGES if typed(foot_of(me, code)) == typed(foot)), "")


def is_theirs(me: Participation, foot: str) -> bool:
    return len(typed(foot)) == WHOSE + WORDS and typed(foot)[:WHOSE] == mark_of(me)


def whose(rows: QuerySet[Participation], foot: str) -> Participation | None:
    """Whose paper it is, among these; None for what is no foot of a paper of ours."""
    signs = typed(foot)
    if len(signs) != WHOSE + WORDS or not {*signs} <= {*ALPHABET}:
        return None
    number = sum(ALPHABET.index(sign) << 5 * place for place, sign in enumerate(signs[:WHOSE]))
    return rows.annotate(paper=Func(F("pk"), template=NUMBER, output_field=BigIntegerField())).filter(paper=number).first()


def _all_asked(me: Participation) -> list[Question]:
    child = speaks_for(me)
    return [*asked_of(me, ME), *(asked_of(child, CHILD) if child is not None else [])]


def _signs(digest: bytes, many: int) -> str:
    number = int.from_bytes(digest[:8])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(many))


def _choice(whose: Participation, about: str) -> Iterator[Ask]:
    for question in asked_of(whose, about):
        name = f"{about}.{question.name}"
        if question.scope == Scope.TAKE_PART:
            title = _("Will you take part?") if about == ME else _("May %(name)s take part?") % {"name": whose.person.first}
            said = (_("Yes means: “%(words)s”") % {"words": question.sentence()},)
            yield Ask(name, title, said, _offered(AnswerForm, "answer"), question=question, about=whose)
        else:
            yield Ask(name, question.sentence(), choices=(("yes", _("Yes")), ("no", _("No"))), question=question, about=whose)


def _part(me: Participation) -> Iterator[Ask]:
    if Role.RESPONSIBLE in me.roles:
        told = tuple(str(line) for line in words.PART)
        yield Ask(PART, _("Do you take some of the responsibility for what happened?"), told, _offered(PartForm, "part"))


def _hopes() -> Ask:
    told = (_("You do not have to say anything here. It is fine to hope for nothing."),)
    return Ask(HOPES, _("What do you hope for?"), told, tuple((goal.value, str(goal.label)) for goal in Goal), is_many=True, lines=LINES)


def _support() -> Ask:
    choices = (("found", _("I have somebody. I write the name here.")), ("wanted", _("I am still looking.")), ("none", _("I want nobody with me.")))
    return Ask(SUPPORT, _("Who comes with you?"), (_("You can bring someone you trust."),), choices, lines=1)


def _stop() -> Ask:
    return Ask(STOP, _("Do you want to stop, take a break, or talk to us?"), (_("You do not have to say why."),), _offered(StopForm, "what"))


def _own_words() -> Ask:
    return Ask(OWN_WORDS, _("What else do you want to tell us?"), lines=LINES)


def _offered(form: Any, name: str, only: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((value, str(label)) for value, label in form().fields[name].choices if only in ("", value))
