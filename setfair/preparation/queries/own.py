"""What a person may know of themselves, for their own pages. Nothing here looks at anybody else's answers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Participation, Role
from setfair.programmes.models import ScriptPage
from setfair.programmes.scripts import running_script

from ..models import Consent, NoGuardian, Recipient, SayAnswered
from .breaks import breaks_about

STOPPED = (Consent.Answer.NO, Consent.Answer.WITHDRAWN)


def answer_of(
    participation: Participation,
    *,
    giver: Participation | None = None,
    scope: str = Consent.Scope.TAKE_PART,
    recipient: Recipient | None = None,
) -> Consent | None:
    """The latest answer, of the person or of the guardian who answers for them."""
    said = Consent.objects.filter(participation=participation, giver=giver or participation, scope=scope, recipient=recipient)
    return said.order_by("at", "id").last()


def is_asked_anew(said: Consent | None) -> bool:
    """Whether they answered about a meeting, and are asked now about a way without one, or the other way round. A stop needs no new answer."""
    if said is None or said.text is None or said.answer == Consent.Answer.WITHDRAWN:
        return False
    return said.text.way != cases.way(said.case)


def is_asked(participation: Participation) -> bool:
    """Whether this person is asked to take part at all; an interpreter is not."""
    return participation.role in SPEAKERS


def speaks_for(participation: Participation) -> Participation | None:
    """The young person for whom this parent or guardian is also asked."""
    if not participation.has_authority or participation.stands_by_id is None:
        return None
    child = cases.here(participation.case).filter(pk=participation.stands_by_id).select_related("person").first()
    return child if child is not None and child.needs_guardian_now else None


def guardian_is_asked(participation: Participation) -> bool:
    """Whether a parent or guardian is asked about this person too; not when it was noted why they go without one."""
    if not participation.needs_guardian_now:
        return False
    return len(may_answer(participation)) > 1 or not NoGuardian.objects.filter(participation=participation).exists()


def guardians_of(me: Participation) -> list[Participation]:
    """The parents and guardians who can read something of what is theirs, today."""
    return [who for who in may_answer(me) if who.pk != me.pk] if me.needs_guardian_now else []


def guardian_said_no(participation: Participation) -> bool:
    """Whether a parent or guardian, here or gone, last said anything but yes; not one who was found not to decide."""
    if participation.decides_alone:
        return False
    said = Consent.objects.filter(participation=participation, scope=Consent.Scope.TAKE_PART).exclude(giver=participation)
    said = said.exclude(Exists(SayAnswered.objects.filter(participation=OuterRef("giver"), taken=True))).order_by("at", "id")
    return any(answer != Consent.Answer.YES for answer in dict(said.values_list("giver__person", "answer")).values())


def may_answer(participation: Participation) -> list[Participation]:
    """Whose answer counts for this person: their own, and, until they are 18, that of each parent or guardian who may decide for them."""
    if participation.decides_alone:
        return [participation]
    standing_by = cases.here(participation.case).filter(stands_by=participation, has_authority=True).select_related("person")
    return [participation, *standing_by.order_by("added_at", "id")]


def with_me(participation: Participation) -> list[Participation]:
    """Who comes with this person."""
    return list(cases.here(participation.case).filter(stands_by=participation).select_related("person").order_by("added_at", "id"))


def is_let_be(participation: Participation) -> bool:
    """Whether they, or a guardian who may decide for them, stopped or asked for a break while the promises are kept: then nothing is sent to them."""
    if participation.case.stage != Stage.FOLLOWING_UP:
        return False
    if breaks_about(participation):
        return True
    said = (answer_of(participation, giver=giver) for giver in may_answer(participation))
    return any(last is not None and last.answer in STOPPED for last in said)


def has_stopped(me: Participation) -> bool:
    """Whether they stopped, for themselves or for the young person they are guardian of, and have not answered anew."""
    asked = [person for person in (me, speaks_for(me)) if person is not None]
    said = (answer_of(person, giver=me) for person in asked)
    return any(last is not None and last.answer == Consent.Answer.WITHDRAWN for last in said)


def questions(participation: Participation, language: str) -> list[ScriptPage]:
    """What this person will be asked, in the order of the day: everyone hears their questions in advance (S2.6).

    In the language that they read now, else in the one written down for them, else in
    one there is; the page's script says which. Whoever interprets for the others gets
    all of them.
    """
    script = running_script(participation.programme, language, participation.person.language, way=cases.way(participation.case))
    if script is None:
        return []
    pages = ScriptPage.objects.filter(script=script, shared_before=True).select_related("script")
    return list(pages if participation.role == Role.INTERPRETER else pages.filter(asks__in=(*participation.roles, "everyone")))
