"""What is put into somebody's hands, and that it was."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import way
from setfair.core.actor import Actor
from setfair.letters.actions import write
from setfair.people.queries import held_address
from setfair.preparation import actions as preparation
from setfair.preparation.queries import break_of, has_stopped, is_let_be
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import open_case_of, write_once
from setfair.programmes.scripts import running_script
from setfair.programmes.speaking import in_language

from .. import letters
from ..models import Given


@transaction.atomic
def give(participation: Participation, *, by: Actor, form: str, language: str, size: int = Given.Size.USUAL, plain: bool = False) -> Given:
    """Write down that they are given their questions as they are now. With a link goes one message that says so and not what.

    Nothing is sent to whoever stopped, takes a break or has no safe way: for them there is paper, and a voice.
    """
    open_case_of(participation)
    script = running_script(participation.programme, language, participation.person.language, way=way(participation.case))
    if script is None:
        raise CannotPrepare(_("There are no questions yet: the programme has no script."))
    to = held_address(participation.person) if form == Given.Form.LINK else None
    if form == Given.Form.LINK and (to is None or _wants_no_word(participation)):
        raise CannotPrepare(_("No message can go to them now. Print it, or read it to them."))
    said = {"form": form, "size": size, "plain": plain, "language": language, "script_id": script.pk, "role": participation.role}
    given = write_once("gave_questions", Given, participation, by, said)
    if to is not None:
        with in_language(participation.person.language):
            words = letters.something_to_read(participation.programme)
            write(words, to=to, reader=participation.person_id, case=participation.case_id, key=f"sheet:{given.pk}", by=by)
    return given


@transaction.atomic
def give_pack(
    participation: Participation, *, by: Actor, language: str, size: int = Given.Size.USUAL, plain: bool = False, with_code: bool = False
) -> str:  # fmt: skip
    """Write down that they are given everything on paper; answers with the new code that is printed on it, if there is to be one."""
    give(participation, by=by, form=Given.Form.PACK, language=language, size=size, plain=plain)
    preparation.ask_in_on_paper(participation, by=by)
    return preparation.hand_code(participation, by=by) if with_code else ""


def _wants_no_word(participation: Participation) -> bool:
    return has_stopped(participation) or break_of(participation) is not None or is_let_be(participation)
