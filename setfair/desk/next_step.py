"""What happens next in a case: one sentence and one button, worked out from the facts each time and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.agreements import queries as agreements
from setfair.agreements.beside import address
from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Hold
from setfair.cases.queries import how
from setfair.cases.route import WITHOUT_MEETING
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.outcomes import queries as outcomes
from setfair.outcomes.models import Closure
from setfair.preparation import queries as preparation
from setfair.programmes.own_reasons import in_words
from setfair.scheduling.queries import live_booking
from setfair.vault import ring

from .rows import day, moment

OF_ONE = ("meeting", "consent", "guardian", "acknowledgement", "safety", "worry")
"""What is missing with one person, and is mended on that person's page."""

OF_THE_TEAM = ("lead", "staff", "students")


@dataclass(frozen=True)
class Step:
    """`url` is empty when there is nothing to press.

    `posts` says that pressing does it; otherwise the button opens a page. `runs` is
    for coordinators alone.
    """

    sentence: str
    button: str = ""
    url: str = ""
    due: str = ""
    posts: bool = False
    runs: bool = False


def next_step(case: Case, hold: Hold | None, known: preparation.Circle | None) -> Step:
    """The one next step. `known` is the circle as it was read, for a case that is still being prepared."""
    if hold is not None and case.stage != Stage.CLOSED:
        return Step(_rests(hold), _("Go on"), reverse("lift", args=[case.ref]), posts=True, runs=True)
    if case.stage == Stage.PREPARING:
        return preparing(known or preparation.circle(case))
    return BY_STAGE[Stage(case.stage)](case)


def _rests(hold: Hold) -> str:
    if hold.look_on is None:
        return _("It rests since %(day)s.") % {"day": day(hold.since.date())}
    return _("It rests. We look again on %(day)s.") % {"day": day(hold.look_on)}


def preparing(known: preparation.Circle) -> Step:
    """The first thing that is missing, by name, and how many more there are."""
    case, missing = known.case, preparation.standing(known)
    if not missing:
        return Step(_("Everyone is prepared and has said yes."), _("Mark it ready"), reverse("ready", args=[case.ref]))
    first, more = missing[0], len(missing) - 1
    sentence = first.sentence
    if more:
        sentence += " " + ngettext("%(n)d more thing is missing.", "%(n)d more things are missing.", more) % {"n": more}
    return Step(sentence, *_where(case, first), due=_due(case))


def _where(case: Case, blocker: preparation.Blocker) -> tuple[str, str]:
    if blocker.code in OF_ONE and blocker.participation is not None:
        name = blocker.participation.person.first
        return _("Open %(name)s") % {"name": name}, reverse("person", args=[blocker.participation.pk])
    if blocker.needs_sign_off:
        return _("Look at it"), reverse("ready", args=[case.ref])
    if blocker.code in OF_THE_TEAM:
        return _("Choose who facilitates"), reverse("assignments", args=[case.ref])
    if blocker.code == "route":
        return _("Choose how it goes on"), reverse("case_route", args=[case.ref])
    return _("Open the people"), reverse("case_people", args=[case.ref])


def _ready(case: Case) -> Step:
    done = how(case)
    if done in WITHOUT_MEETING:
        there = agreements.live(case)
        if there:
            return _agreeing(case, there)
        if agreements.is_without(case):
            return _without(case)
        said = _("Everyone has said yes. They do not meet: %(how)s.") % {"how": done.label}
        return Step(said, _("What they write"), reverse("exchanges", args=[case.ref]), due=_due(case))
    return Step(_("Everyone has said yes. Find a time that suits them."), _("See times"), reverse("schedule", args=[case.ref]), due=_due(case))


def _scheduled(case: Case) -> Step:
    booking = live_booking(case)
    if booking is None:
        return _ready(case)
    when = {"when": moment(booking.starts_at, case.programme.zone), "room": booking.room.name}
    return Step(_("You meet %(when)s, %(room)s.") % when, _("Open the day"), reverse("conference_of_case", args=[case.ref]))


def _convened(case: Case) -> Step:
    there = agreements.live(case)
    if there:
        return _agreeing(case, there)
    if Conference.objects.filter(case=case, stage=ConferenceStage.LIVE).exists():
        return Step(_("The conference is under way."), _("Open the day"), reverse("conference_of_case", args=[case.ref]))
    if agreements.is_without(case):
        return _without(case)
    return Step(_("They have met. Write down what everyone will do."), _("Write the agreement"), reverse("agreement", args=[case.ref]))


def _agreeing(case: Case, there: list[Agreement]) -> Step:
    """Of all that goes on what is in hand, the newest first."""
    agreement = next((one for one in there if one.stage != AgreementStage.IN_FORCE), there[0])
    page = address(case, agreement, there)
    if agreement.stage != AgreementStage.SIGNING:
        return Step(_("The agreement is being written."), _("Go on writing"), page)
    if agreements.not_reached(agreement) and not agreements.still_to_sign(agreement).exists():
        return Step(_("One side has signed the agreement."), _("Pass it on"), page)
    return _signing(agreement, page)


def _signing(agreement: Agreement, page: str) -> Step:
    left = list(agreements.still_to_sign(agreement).select_related("person"))
    ring.gather(p.person_id for p in left)
    names = ", ".join(p.person.first for p in left)
    return Step(_("Waiting for signatures: %(names)s.") % {"names": names}, _("Open the agreement"), page)


def _following(case: Case) -> Step:
    waiting = agreements.unsettled(case)
    if waiting:
        return _of_promises(case, waiting)
    there = agreements.live(case)
    if any(one.stage != AgreementStage.IN_FORCE for one in there):
        return _agreeing(case, there)
    return _to_tell(case) or Step(_("Every promise is settled, and those harmed know."), _("Close it"), reverse("close", args=[case.ref]), runs=True)


def _without(case: Case) -> Step:
    """It ended well, and nothing is owed but news."""
    return _to_tell(case) or Step(_("They were heard, and nothing is owed."), _("Close it"), reverse("close", args=[case.ref]), runs=True)


def _to_tell(case: Case) -> Step | None:
    told = [t.participation.person.first for t in outcomes.told(case) if not t.enough]
    if not told:
        return None
    return Step(_("%(names)s has not been told how it went.") % {"names": ", ".join(told)}, _("Tell them"), reverse("news", args=[case.ref]))


def _of_promises(case: Case, waiting: list[Item]) -> Step:
    done = next((item for item in waiting if item.stage == ItemStage.KEPT), None)
    if done is not None:
        return Step(_("%(name)s says a promise is done.") % {"name": done.whose_first}, _("Check it"), reverse("item", args=[done.pk]))
    missed = next((item for item in waiting if item.stage == ItemStage.MISSED), None)
    if missed is not None:
        said = {"name": missed.whose_first}
        return Step(_("A promise of %(name)s needs a talk.") % said, _("Talk about it"), reverse("item", args=[missed.pk]))
    first = waiting[0]
    said = {"name": first.whose_first, "day": day(first.due_on)}
    if first.due_on < timezone.localdate():
        return Step(_("A promise of %(name)s was due on %(day)s.") % said, _("Talk about it"), reverse("item", args=[first.pk]))
    return Step(_("The next promise is due on %(day)s, by %(name)s.") % said, _("See the promises"), reverse("follow_up", args=[case.ref]))


def _closed(case: Case) -> Step:
    closure = Closure.objects.filter(case=case).select_related("own").first()
    if closure is None:
        return Step(_("This is closed."))
    said: dict[str, Any] = {"day": day(closure.at.date()), "reason": in_words(closure)}
    return Step(_("Closed on %(day)s: %(reason)s.") % said)


def _due(case: Case) -> str:
    return _("Before %(day)s") % {"day": day(case.deadline)} if case.deadline else ""


BY_STAGE = {
    Stage.READY: _ready,
    Stage.SCHEDULED: _scheduled,
    Stage.CONVENED: _convened,
    Stage.FOLLOWING_UP: _following,
    Stage.CLOSED: _closed,
}
