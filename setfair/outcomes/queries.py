from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import DateField, DateTimeField, F, Func, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Greatest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item, Reach, Result
from setfair.agreements.queries import in_force, last_settled_at, live, result_of, to_look_at, unsettled, was_in_force, with_names
from setfair.agreements.reach import reaches
from setfair.cases.journey import JOURNEY, Stage
from setfair.cases.models import Case, Participation, Role
from setfair.cases.queries import here, stands_as
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.exchanges.queries import kept_of
from setfair.preparation.models import Attempt
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import KEPT, Reason, Step
from setfair.restitution.models import Unclear
from setfair.scheduling.queries import live_booking, when_words
from setfair.vault import ring
from setfair.voices import standing_in
from setfair.voices.models import StandIn

from . import wishing
from .models import News, NewsWish

SAYS_SO = (Reason.PART_COMPLETED, Reason.NOT_COMPLETED)
"""Reasons that say themselves that something was not kept; with any other, a missed promise is talked about first."""
SAID_OF = {Reason.NO_AGREEMENT_NEEDED: Result.What.NONE_NEEDED, Reason.DIFFER: Result.What.DIFFER}
HELD = (AgreementStage.IN_FORCE, AgreementStage.SUPERSEDED, AgreementStage.ENDED)
FULLY = (Reason.COMPLETED, Reason.COMPLETED_VARIED)
Why = Unclear.Why
TRIES = 3
"""On so many days somebody is tried before it may be said that nobody reached them."""


def harmed(case: Case) -> list[Participation]:
    """The persons harmed who are in the circle now, ready to be named."""
    people = list(here(case).filter(stands_as(Role.HARMED)).select_related("person").order_by("added_at", "id"))
    ring.gather(p.person_id for p in people)
    return people


@dataclass(frozen=True)
class Told:
    """What one person harmed has been told, and whether that is the end of the story."""

    participation: Participation
    last: News | None
    enough: bool
    wish: StandIn | None = None
    """How they want to hear of a meeting in which somebody stood in for them."""
    said: NewsWish | None = None
    """How much they want to hear of what was promised, as they said it last."""
    by: date | None = None
    """By when they are to be told of what they have not heard."""


def told(case: Case) -> list[Told]:
    """For each person harmed: the latest news, and whether it is newer than the last thing that happened and that they may hear of."""
    owed = set(untold().filter(case=case).values_list("pk", flat=True))
    latest = {n.participation_id: n for n in News.objects.filter(case=case).order_by("at", "id")}
    wishes = {wish.participation_id: wish for wish in standing_in.latest().filter(case=case)}
    said = {row.participation_id: row for row in NewsWish.objects.filter(case=case).order_by("at", "id")}
    return [Told(p, latest.get(p.pk), p.pk not in owed, wishes.get(p.pk), said.get(p.pk)) for p in harmed(case)]


def untold() -> QuerySet[Participation]:
    """The persons harmed, of any case, who have still to be told how it went, each with when it `turned`: Today asks the same as the case page.

    It turned when a promise that they read was settled or missed, when a circle ended, or when somebody said what came of an exchange; for whoever
    wants to hear only of what goes wrong, when one was missed or kept in part. What is between others turns nothing. Somebody who wants no
    news is never owed any. `told_before_it_closes` in the database asks the same.
    """
    last = wishing.that_count().filter(participation=OuterRef("pk")).order_by("-at", "-id")
    people = _turned().annotate(
        told_at=Subquery(last.values("at")[:1]), told_on=Subquery(last.values("told_on")[:1]), way=Subquery(last.values("way")[:1])
    )
    that_day = Cast(Func(F("programme__zone"), F("turned"), function="timezone", output_field=DateTimeField()), DateField())
    old = Q(told_at__lte=F("turned")) | Q(told_on__lt=that_day)
    wants = Q(choice__isnull=True) | Q(choice__in=(wishing.Choice.EACH, wishing.Choice.END)) | Q(choice=wishing.Choice.WRONG, turned__isnull=False)
    return people.filter(Q(told_at__isnull=True) | ~Q(way=News.Way.NOT_WANTED) & old).filter(wants)


def _turned() -> QuerySet[Participation]:
    met = Conference.objects.filter(case=OuterRef("case"), stage=ConferenceStage.CONCLUDED).order_by("-ended_at")
    said = Result.objects.filter(case=OuterRef("case"), conference__isnull=True).order_by("-at")
    whatever = Greatest(last_settled_at(), Subquery(met.values("ended_at")[:1]), Subquery(said.values("at")[:1]))
    wrong = When(choice=wishing.Choice.WRONG, then=last_settled_at(wishing.WRONG))
    people = Participation.objects.filter(stands_as(Role.HARMED), left_at__isnull=True)
    return people.annotate(choice=Subquery(wishing.last_wish("pk").values("choice")[:1])).annotate(turned=Choose(wrong, default=whatever))


def is_between_others(case: Case) -> bool:
    """Whether something was promised here of which one of the persons harmed reads nothing, so that they are not told of it either."""
    people, narrow = harmed(case), Item.objects.filter(case=case, agreement__stage__in=HELD, reach=Reach.SOME)
    promised = narrow.select_related("owner", "owed_to", "checker").prefetch_related("sharers__participation")
    return any(not reaches(item, person) for item in promised for person in people)


def days_tried(participation: Participation) -> set[date]:
    """The days on which somebody was tried in vain since there was something to tell them, and since they were last spoken with;
    `news_was_tried` in the database counts the same."""
    tried = Attempt.objects.filter(participation=participation).exclude(way="").exclude(result=Attempt.Result.SPOKE)
    spoke = Attempt.objects.filter(participation=participation, result=Attempt.Result.SPOKE).aggregate(last=Max("on"))["last"]
    if spoke is not None:
        tried = tried.filter(on__gt=spoke)
    turned = _turned().filter(pk=participation.pk).values_list("turned", flat=True).first()  # type: ignore[misc]  # annotated above
    if turned is not None:
        tried = tried.filter(on__gte=clock.local(turned, participation.case.programme.zone).date())
    return set(tried.values_list("on", flat=True))


def missing(case: Case) -> list[str]:
    """What has to be done before this case can close, whatever the reason, each in one sentence that says with whom."""
    if Stage.CLOSED not in JOURNEY[Stage(case.stage)]:
        return [_("This is closed already.")]
    return _open_promises(case) + _left_open(case) + _differs(case) + _to_tell(case)


def refusals(case: Case, reason: str) -> list[str]:
    """All that stands in the way of closing this case with this reason; empty when it can be closed."""
    wrong = misfit(case, reason) if case.stage != Stage.CLOSED else ""
    return missing(case) + ([wrong] if wrong else [])


def still_open(case: Case) -> list[str]:
    """What would end, unfinished, with the case: named before it is closed."""
    booking, stages = live_booking(case) if case.stage == Stage.SCHEDULED else None, [one.stage for one in live(case)]
    found = [_("The time that is booked is given back: %(when)s") % {"when": when_words(booking, case.programme)}] if booking is not None else []
    if Conference.objects.filter(case=case, stage=ConferenceStage.LIVE).exists():
        found.append(_("The conference is under way. It ends."))
    found += [_("An agreement is begun. It ends.") for stage in stages if stage in (AgreementStage.DRAFTING, AgreementStage.RESTS)]
    found += [_("An agreement is there to be signed, and signatures are missing. It ends.") for stage in stages if stage == AgreementStage.SIGNING]
    if kept_of(case):
        found.append(
            _("Something they wrote to each other was never handed over. Ask once more whether it is wanted: after this nobody can read it.")
        )
    found += [_("%(name)s: nobody has said whether money came. Nobody asks any more.") % {"name": item.whose} for item in _unclear(case, Why.WAITS)]
    return found + [_("%(name)s: a promise was missed. Nothing more is asked.") % {"name": item.whose} for item in _missed(case)]


def misfit(case: Case, reason: str) -> str:
    """Why this reason does not fit this case; empty when it does."""
    if chosen(Step.END, reason) is None:
        return _("Please choose a reason from the list.")
    signed, held = was_in_force(case), _concluded(case).exists()
    if reason in KEPT and not signed:
        return _("There was no agreement that everyone signed, so it cannot be kept or not.")
    if reason not in SAYS_SO and _missed(case):
        return _("A promise was missed. Give it more time, let it go, or choose a reason that says it was not kept.")
    if reason in FULLY and _left_undone(case):
        return _("Some promises were not kept, or in part. Please choose a reason that says so.")
    return _misfits_result(case, reason) or _misfits_way(reason, signed, held)


def _misfits_result(case: Case, reason: str) -> str:
    """What was said of the hour and the reason it ends for say the same."""
    if reason not in SAID_OF:
        return ""
    said = result_of(case)
    if reason == Reason.DIFFER and (said is None or said.what != Result.What.DIFFER):
        return _("Say first what came of it: that they agreed to differ.")
    if said is not None and said.what != SAID_OF[Reason(reason)]:
        return _("Something else was said of what came of it. Say that anew, or choose another reason.")
    return ""


def _misfits_way(reason: str, signed: bool, held: bool) -> str:
    if reason == Reason.NO_AGREEMENT_NEEDED and not held:
        return _("Nobody has met yet, so this cannot be the reason.")
    if reason == Reason.NO_AGREEMENT_NEEDED and signed:
        return _("There was an agreement that everyone signed, so this cannot be the reason.")
    if reason == Reason.INDIRECT and held:
        return _("They have met, so this cannot be the reason.")
    return ""


def _open_promises(case: Case) -> list[str]:
    if case.stage != Stage.FOLLOWING_UP:
        return []
    items = [item for item in unsettled(case) if item.stage != ItemStage.MISSED]
    return [_("%(name)s: a promise due on %(date)s is still open.") % {"name": i.whose, "date": date_format(i.due_on, "DATE_FORMAT")} for i in items]


def _left_open(case: Case) -> list[str]:
    return [_("They agreed in part. Look again at what is still open first.")] if to_look_at(case) is not None else []


def _differs(case: Case) -> list[str]:
    """`clear_before_it_closes` in the database asks the same."""
    items = _unclear(case, Why.DIFFERS)
    return [_("%(name)s: two people say different things about a payment. Look into it first.") % {"name": item.whose} for item in items]


def _unclear(case: Case, why: Why) -> list[Item]:
    """The promises of money of which this is unclear."""
    rows = Unclear.objects.filter(case=case, why=why, ended_at__isnull=True)
    return with_names(Item.objects.filter(pk__in=rows.values("item")).order_by("due_on", "order"))


def _to_tell(case: Case) -> list[str]:
    return [_("%(name)s has not been told how it went.") % {"name": t.participation.person.shown} for t in told(case) if not t.enough]


def _concluded(case: Case) -> QuerySet[Conference]:
    return Conference.objects.filter(case=case, stage=ConferenceStage.CONCLUDED)


def _missed(case: Case) -> list[Item]:
    if case.stage != Stage.FOLLOWING_UP:
        return []
    return [item for item in unsettled(case) if item.stage == ItemStage.MISSED]


def _left_undone(case: Case) -> bool:
    """In any of all that hold."""
    agreements = in_force(case) or live(case)[:1]
    undone = (ItemStage.MISSED, ItemStage.PARTLY)
    return not agreements or Item.objects.filter(agreement__in=agreements, stage__in=undone).exists()
