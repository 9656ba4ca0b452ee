"""What a person's own page says about answers that staff wrote down in their place."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases.models import Participation
from setfair.core import clock

from . import queries, words
from .asked import Question
from .models import Consent

MINE = {
    Consent.Answer.YES: gettext_lazy("Written down for you by %(who)s on %(day)s: you said yes."),
    Consent.Answer.NO: gettext_lazy("Written down for you by %(who)s on %(day)s: you said no."),
    Consent.Answer.UNSURE: gettext_lazy("Written down for you by %(who)s on %(day)s: you are not sure."),
    Consent.Answer.WITHDRAWN: gettext_lazy("Written down for you by %(who)s on %(day)s: you stopped for now."),
}
FOR_ANOTHER = {
    Consent.Answer.YES: gettext_lazy("Written down for you by %(who)s on %(day)s: for %(name)s you said yes."),
    Consent.Answer.NO: gettext_lazy("Written down for you by %(who)s on %(day)s: for %(name)s you said no."),
    Consent.Answer.UNSURE: gettext_lazy("Written down for you by %(who)s on %(day)s: for %(name)s you are not sure."),
    Consent.Answer.WITHDRAWN: gettext_lazy("Written down for you by %(who)s on %(day)s: for %(name)s you stopped for now."),
}
TO_MORE = {
    True: gettext_lazy("Written down for you by %(who)s on %(day)s: you said yes to this. “%(what)s”"),
    False: gettext_lazy("Written down for you by %(who)s on %(day)s: you said no to this. “%(what)s”"),
}


@dataclass(frozen=True)
class Line:
    """One sentence, and the name of the page on which it can be changed."""

    words: str
    change: str


def written(me: Participation) -> list[Line]:
    """For each answer of theirs that staff wrote down: who did, when, and what it says."""
    return [_line(me, said) for said in queries.written_down_for(me)]


def _line(me: Participation, said: queries.Said) -> Line:
    answer = said.answer
    day = date_format(clock.local(answer.at, me.programme.zone).date(), "MONTH_DAY_FORMAT")
    given = {"who": said.writer or _("our team"), "day": day, "name": answer.participation.person.first}
    sentence, change = _sentence(me, answer, given)
    return Line(f"{sentence} {_seen(answer)}".rstrip(), change)


def _seen(answer: Consent) -> str:
    """What was typed in for them says out of what, and who was there."""
    if answer.slip is None:
        return ""
    seen = {"day": date_format(answer.slip.on, "MONTH_DAY_FORMAT"), "who": answer.slip.seen_by}
    on_paper = answer.slip.method == answer.slip.Method.PAPER
    return (_("You wrote it on paper on %(day)s. Seen by: %(who)s.") if on_paper else _("You said it on %(day)s. Seen by: %(who)s.")) % seen


def _sentence(me: Participation, answer: Consent, given: dict[str, str]) -> tuple[str, str]:
    if answer.scope != Consent.Scope.TAKE_PART:
        sentence = TO_MORE[answer.answer == Consent.Answer.YES] % {**given, "what": _asked(answer)}
        return sentence, "choice_agree"
    if answer.participation_id != me.pk:
        return FOR_ANOTHER[Consent.Answer(answer.answer)] % given, "choice_child"
    return MINE[Consent.Answer(answer.answer)] % given, "choice"


def _asked(answer: Consent) -> str:
    about = words.ME if answer.giver_id == answer.participation_id or answer.scope not in words.FOR_A_CHILD else words.CHILD
    return Question(Consent.Scope(answer.scope), about, answer.recipient).sentence()
