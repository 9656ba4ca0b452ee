"""What somebody is asked on paper, in the words and with the answers of their own pages; the paper and the page that takes it back are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.agreements.models import Agreement
from setfair.agreements.queries import Line, left_out, lines, lying_for
from setfair.cases.journey import Stage
from setfair.cases.models import Participation, Role
from setfair.cases.queries import how, way
from setfair.cases.route import WITHOUT_MEETING
from setfair.preparation import words
from setfair.preparation.asked import Question, asked_of
from setfair.preparation.forms import AnswerForm, PartForm, StopForm
from setfair.preparation.queries import break_of, has_stopped, is_asked, speaks_for
from setfair.preparation.watching import ANSWERS, watchers
from setfair.preparation.yes import Scope
from setfair.programmes.ways import Way
from setfair.scheduling.forms import ANSWERS as TIME_ANSWERS
from setfair.scheduling.own_still import StillForm
from setfair.scheduling.queries import is_willing, live_round, times_of
from setfair.scheduling.said import clock_of
from setfair.scheduling.still import asked_now
from setfair.voices.companions import may_choose
from setfair.voices.forms import OwnWordsForm
from setfair.voices.models import Goal, OwnWords

ME, CHILD = words.ME, words.CHILD
PART, HOPES, SUPPORT, REACH, STOP, STOP_CHILD, OWN_WORDS = "part", "hopes", "support", "reach", "stop", "stop_child", "words"
STILL, WATCH, WANT, SIGN, READS, TIMES, GO_ON = "still", "watch", "want", "sign", "reads", "times", "go_on"
LINES = 3
ALL = "all"
OF_ALL = (("none", gettext_lazy("None of these times work for me")), ("call", gettext_lazy("Please call me about it")))
SUPPORTS = (
    ("found", gettext_lazy("I have somebody. I write the name here.")),
    ("wanted", gettext_lazy("I am still looking.")),
    ("none", gettext_lazy("I want nobody with me.")),
)
WRITES = (("yes", gettext_lazy("Yes, and this is how you reach them")), ("no", gettext_lazy("No. Talk with me first.")))
WANTS = (("yes", gettext_lazy("Ask me when there is something")), ("never", gettext_lazy("I want nothing from the others")))
SIGNS = (
    ("yes", gettext_lazy("Yes. I write my name here.")),
    ("no", gettext_lazy("I do not want to sign")),
    ("wrong", gettext_lazy("Something is not right. I write it here.")),
)
OWN = ("say", "ask", "hear", "helps")
BESIDES = (HOPES, *OWN, READS, SUPPORT, REACH, TIMES)
"""What nobody has to say, and no answer waits for."""


@dataclass(frozen=True)
class Ask:
    """One thing on a slip. Of its answers one is ticked, or any number (`is_many`); `lines` is the room for words of their own, and `beside` says
    to whoever types it in what stands there.

    `question` is what the answer is written down to, with whom it is about; what is no question of that kind has none.
    """

    name: str
    title: str
    told: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_many: bool = False
    lines: int = 0
    beside: str = ""
    question: Question | None = None
    about: Participation | None = None

    def is_part_of(self, me: Participation) -> bool:
        """Whether it asks them to take part themselves."""
        return self.question is not None and self.question.scope == Scope.TAKE_PART and self.about == me

    def is_for_another(self, me: Participation) -> bool:
        """Whether it asks them if a young person may take part."""
        return self.question is not None and self.question.scope == Scope.TAKE_PART and self.about != me


def slip_of(me: Participation) -> list[Ask]:
    """All that this person is asked today, in the language that is active; whoever interprets is asked nothing, and may want a call."""
    if not is_asked(me):
        return [Ask(STOP, _("Do you want to talk to us?"), choices=_offered(StopForm, "what", only="call")), _own_words()]
    child = speaks_for(me)
    of_child = [*_choice(child, CHILD)] if child is not None else []
    said = [*_still(me), *_choice(me, ME), *of_child, *_part(me), *_watch(me), *_wanting(me), *_sign(me)]
    stop = [*_going_on(me), _stop(), *([_stop_child(child)] if child is not None else [])]
    told = [_hopes(), *_words(), *_beside(me), *_times(me)] if me.case.stage != Stage.FOLLOWING_UP else []
    return [*said, *stop, *told, _own_words()]


def words_of(name: str) -> str:
    """Under what name their own words beside an `Ask` are known."""
    return f"{name}.words"


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
    return Ask(HOPES, _("What do you hope for?"), told, _said(Goal.choices), is_many=True, lines=LINES, beside=_("In their own words"))


def _still(me: Participation) -> Iterator[Ask]:
    if asked_now(me) is not None and not has_stopped(me):
        told = (_("You said yes. You can still say no, now and on the day. No one may push you."),)
        yield Ask(STILL, _("Is it still all right for you?"), told, _offered(StillForm, "answer"))


def _watch(me: Participation) -> Iterator[Ask]:
    """Whoever would watch is named by that: nobody can answer about somebody whom they do not know."""
    told = (_("They sit with us and listen. They say nothing and decide nothing."),)
    for one in watchers(me):
        title = _("May %(name)s be there and watch?") % {"name": one.person.first}
        yield Ask(f"{WATCH}.{one.pk}", title, told, _said(ANSWERS), about=one)


def _wanting(me: Participation) -> Iterator[Ask]:
    if way(me.case) == Way.APART:
        yield Ask(WANT, _("When there is something from the others for you"), (_("You do not have to read it."),), _said(WANTS))


def _sign(me: Participation) -> Iterator[Ask]:
    """The very words stand on the same paper, with the names of those who gave them: they met, and it is theirs to keep."""
    for agreement in lying_for(me):
        title, beside = _("This is what everyone said they will do. Do you sign it?"), _("The name as it stands there, or what is not right")
        told = (*map(_promised, lines(agreement, me=me)), left_out(agreement, me))
        yield Ask(signing_of(agreement), title, tuple(filter(None, told)), _said(SIGNS), lines=2, beside=beside)


def signing_of(agreement: Agreement) -> str:
    """What asks for a name under just this agreement: what is written under one is never taken for another."""
    return SIGN if agreement.number == 1 else f"{SIGN}.{agreement.number}"


def is_signing(name: str) -> bool:
    """Whether it asks for a name under an agreement."""
    return name == SIGN or name.startswith(f"{SIGN}.")


def _promised(line: Line) -> str:
    """All that its reader reads of a promise, as it is kept with their signature, corrections too; where the team put it into their language,
    as it was written too."""
    said = f"{line.who}: {' · '.join(line.sentences)}"
    return f"{said} {line.put.note} {line.put.label}: {' · '.join(line.put.sentences)}" if line.put else said


def _words() -> Iterator[Ask]:
    told = (_("You can leave it empty."),)
    for name in OWN:
        yield Ask(name, str(OwnWordsForm.base_fields[name].label), told, lines=LINES)
    whose = _("Whoever of us types this in reads it too, and tells nobody.")
    yield Ask(READS, _("Who may read what you want to say and ask?"), (whose,), _said(OwnWords.Reads.choices))


def _beside(me: Participation) -> Iterator[Ask]:
    if may_choose(me):
        yield Ask(SUPPORT, _("Who comes with you?"), (_("You can bring someone you trust."),), _said(SUPPORTS), lines=1, beside=_("Their name"))
        yield Ask(REACH, _("May we write to them?"), (), _said(WRITES), lines=1, beside=_("A phone number or an address"))


def _times(me: Participation) -> Iterator[Ask]:
    """The times of a round that is open, each with its three answers; else room for their own words."""
    asked = live_round(me.case)
    if asked is not None and asked.is_open and is_willing(me):
        for time in times_of(asked):
            said = clock_of(me, asked.programme).when(time.starts, time.ends)
            yield Ask(f"{TIMES}.{int(time.starts.timestamp())}", said, choices=_said(TIME_ANSWERS))
        yield Ask(f"{TIMES}.{ALL}", _("Or, about all of these times"), choices=_said(OF_ALL))
        return
    if me.case.stage in (Stage.PREPARING, Stage.READY) and how(me.case) not in WITHOUT_MEETING:
        yield Ask(TIMES, _("Which days and times are good for you, and which are not?"), lines=2)


def _going_on(me: Participation) -> Iterator[Ask]:
    if break_of(me) is not None:
        yield Ask(GO_ON, _("You asked for a break. Do you want to go on?"), (), (("yes", _("Yes, go on")), ("no", _("Not yet"))))


def _stop() -> Ask:
    return Ask(STOP, _("Do you want to stop, take a break, or talk to us?"), (_("You do not have to say why."),), _offered(StopForm, "what"))


def _stop_child(child: Participation) -> Ask:
    title = _("Do you want to stop, or take a break, for %(name)s?") % {"name": child.person.first}
    return Ask(STOP_CHILD, title, (_("You do not have to say why."),), tuple(c for c in _offered(StopForm, "what") if c[0] != "call"), about=child)


def _own_words() -> Ask:
    return Ask(OWN_WORDS, _("What else do you want to tell us?"), lines=LINES)


def _said(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


def _offered(form: Any, name: str, only: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((value, str(label)) for value, label in form().fields[name].choices if only in ("", value))
