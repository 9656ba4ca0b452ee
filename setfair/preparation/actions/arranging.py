"""What somebody needs on the day is written down, and arranged. No relative interprets, whoever offers."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation, Role
from setfair.cases.queries import here
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.people.queries import ways

from ..arranged import INTERPRETING, LANGUAGES, Arrangement
from ..queries.arranging import latest
from ..refusal import CannotPrepare
from ..writing import open_case_of, today, write_down

BOOKED = Arrangement.State.BOOKED


@transaction.atomic
def arrange(
    participation: Participation,
    *,
    by: Actor,
    kind: str,
    state: str,
    for_day: date | None = None,
    language: str = "",
    interpreter: Participation | None = None,
    no_kin: bool = False,
    words: str = "",
) -> Arrangement:
    """Write down that something is needed, arranged or not needed after all. The same said twice is one.

    Interpreting is arranged with somebody who has the place of an interpreter here, of age, no relative and no friend of
    anybody in the circle. Raises `CannotPrepare`.
    """
    open_case_of(participation)
    if kind not in Arrangement.Kind.values or state not in Arrangement.State.values or (language and language not in dict(LANGUAGES)):
        raise CannotPrepare(_("Please choose one of the answers."))
    if for_day is not None and for_day < today(participation.case):
        raise CannotPrepare(_("That day is over. Please choose a later one."))
    last = latest(participation).get(kind)
    books = kind in INTERPRETING and state == BOOKED
    if books:
        _check_interpreter(participation, interpreter, no_kin)
        _check_language(last, language)
    said = {
        "state": state,
        "for_day": for_day if state == BOOKED else None,
        "language": (language or (last.language if last is not None else "")) if kind in INTERPRETING else "",
        "interpreter_id": interpreter.pk if books and interpreter is not None else None,
        "no_kin": books,
        "words": words.strip(),
    }
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    fact: Arrangement = write_down(Arrangement, participation, by, kind=kind, **said)
    record("arranged", participation, by=by, kind=kind, state=state)
    return fact


def _check_interpreter(participation: Participation, interpreter: Participation | None, no_kin: bool) -> None:
    if interpreter is None or not here(participation.case).filter(pk=interpreter.pk, role=Role.INTERPRETER).exists():
        raise CannotPrepare(_("Please choose who interprets. Add them to the circle as interpreter first."))
    person = interpreter.person
    if Participation.objects.filter(case=participation.case_id, person=person).exclude(role=Role.INTERPRETER).exists():
        raise CannotPrepare(_("%(name)s has another part in this, and cannot interpret.") % {"name": person.shown})
    if _is_reached_with_somebody(interpreter):
        raise CannotPrepare(
            _("%(name)s is reached where somebody of this circle is, so they look like family. Please find somebody else.") % {"name": person.shown}
        )
    if person.may_be_under_age(today(participation.case)):
        raise CannotPrepare(_("Whoever interprets must be an adult."))
    if not no_kin:
        raise CannotPrepare(_("No relative and no friend of anybody here interprets. Please say that this is so."))


def _is_reached_with_somebody(interpreter: Participation) -> bool:
    """The same phone or address as another of the circle: a mother who offers herself under her own name."""
    mine = {(contact.way, contact.value.strip().casefold()) for contact in ways(interpreter.person) if contact.way in ("email", "sms", "call")}
    others = here(interpreter.case).exclude(pk=interpreter.pk).exclude(role=Role.INTERPRETER).select_related("person")
    return bool(mine) and any((c.way, c.value.strip().casefold()) in mine for p in others for c in ways(p.person))


def _check_language(last: Arrangement | None, language: str) -> None:
    if last is not None and last.language and language and last.language != language:
        raise CannotPrepare(_("They need %(language)s. Write down first if that has changed.") % {"language": last.get_language_display()})
