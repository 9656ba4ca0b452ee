"""What needs somebody: small rules over what they may see, asked all together in one query (`asking.py`).

Each rule answers with at most `MOST` lines (rule, reference, alias, since when, key),
the oldest first. In a case that rests nobody works: it is named for its deadline,
for the day on which somebody looks again, and for what people said. A coordinator is
shown the work of their own cases, and of those that have lost their coordinator; what
concerns safety, a change of mind or a deadline is everyone's at once.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from setfair.access.policy import Permission
from setfair.access.ties import open_to, stands_in
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Hold, Participation
from setfair.cases.queries import how_in_sql
from setfair.cases.route import WITHOUT_MEETING
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.moulds import Mould
from setfair.facilitators.journey import Stage as Training
from setfair.files.models import Harm
from setfair.journal.models import Entry
from setfair.preparation.models import Consent, Override, SafetyCheck
from setfair.programmes.models import Membership, Programme, Role
from setfair.referrals.journey import Stage as ReferralStage
from setfair.referrals.models import Addition, Clearance, Halt, KeptOut, Referral, Reply, Screening, Talk
from setfair.referrals.queries import UNREAD, to_read
from setfair.referrals.rests import rests
from setfair.referrals.talks import AHEAD
from setfair.referrals.tongue import FOREIGN, is_read
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.queries.complete import has_an_hour, with_team

from . import (
    after_today,
    aftercare_today,
    alarms,
    asked_for,
    asking_times,
    carried,
    custody_today,
    enclosed_today,
    letters_today,
    limits_today,
    problems_today,
    promised,
    restitution_today,
    safety_today,
    says_today,
    silent,
    talks_today,
    team_today,
    times_today,
)  # fmt: skip
from .asked import OPEN, Asked, Lines, day, lines_of, newer_than, of_case
from .history import APART, READING
from .kept import asked_about_self, forgotten_soon, going, held_long, late
from .own_words import answers, complaints, emergencies, unreadable
from .prepared import held, lacking
from .watching import broken, strangers


def requests(by: Asked) -> Lines:
    """A new request, and words that were added to one, however far it has come. A worry about safety and what was added stand first of all.

    With whom a talk is planned is waited for (`talks_today`), and so is the day until which a request rests.
    """
    new = Q(stage=ReferralStage.RECEIVED)
    rule = Choose(
        When(new & Q(safety_worry=True), then=Value("worry")), When(Exists(UNREAD), then=Value("added")),
        When(new & FOREIGN & ~is_read(), then=Value("translator")), When(new & FOREIGN, then=Value("foreign")),
        When(new & Q(wish=Referral.Wish.TALK), then=Value("talk_wanted")),
        default=Value("request"), output_field=CharField(),
    )  # fmt: skip
    said = Subquery(UNREAD.order_by().values("referral").annotate(first=Min("at")).values("first"))
    planned = Exists(Talk.objects.filter(referral=OuterRef("pk"), stage__in=AHEAD))
    at_once = Q(safety_worry=True) | Exists(UNREAD)
    rows = open_to(by.actor, Permission.READ_REFERRAL, Referral).filter(pk__in=to_read()).filter(~planned & ~rests(by.today) | at_once)
    last = Choose(When(new & Q(safety_worry=False) & ~Exists(UNREAD), then=Value(1)), default=Value(0))
    return lines_of(rows, rule, since=Coalesce(said, F("asked_again_at"), F("received_at")), alias=Value(""), order=(last, "line_since"))


def halted(by: Asked) -> Lines:
    """A request that a no has stopped: a supervisor writes why it can go on, or it does not. Nobody else can, so nobody else is asked."""
    stopped = Halt.objects.filter(referral=OuterRef("pk")).order_by()
    rows = open_to(by.actor, Permission.CLEAR_REFERRAL, Referral).filter(Exists(stopped), stage=ReferralStage.RECEIVED)
    rows = rows.filter(~Exists(Clearance.objects.filter(referral=OuterRef("pk"))))
    return lines_of(rows, "halted", since=Subquery(stopped.values("at")[:1]), alias=Value(""))


def untold(by: Asked) -> Lines:
    """A request that was answered, and whoever asked cannot be written to: somebody tells them, and writes it down."""
    answered = Screening.objects.filter(referral=OuterRef("pk"), to_tell=True).order_by()
    rows = open_to(by.actor, Permission.SCREEN_REFERRAL, Referral).filter(Exists(answered), ~Exists(Reply.objects.filter(referral=OuterRef("pk"))))
    return lines_of(rows, "untold", since=Subquery(answered.values("at")[:1]), alias=Value(""))


def added(by: Asked) -> Lines:
    """The same words for whoever leads the case that the request became, until a coordinator has read them."""
    unread = Addition.objects.filter(referral=OuterRef("referral"), read_at__isnull=True)
    leads = Assignment.objects.filter(part=Assignment.Part.LEAD, facilitator__user=by.actor.id, ended_at__isnull=True)
    rows = open_to(by.actor, Permission.PREPARE, Case).filter(Exists(unread), pk__in=leads.values("case_id"))
    if stands_in(by.actor, Permission.READ_REFERRAL, Referral) is not None:
        rows = rows.none()
    return lines_of(rows, "added_here", since=Subquery(unread.order_by("at").values("at")[:1]))


def unread(by: Asked) -> Lines:
    """Requests wait and nobody coordinates, or none of those who do may read them; one line for whoever can give somebody the role.

    They are neither shown nor counted (decision 57).
    """
    kept_out = KeptOut.objects.filter(referral=OuterRef(OuterRef("pk")), user=OuterRef("user"), ended_at__isnull=True)
    coordinating = Membership.objects.filter(programme=OuterRef("programme"), role=Role.COORDINATOR, ended_at__isnull=True)
    waits = Referral.objects.filter(~Exists(coordinating.filter(~Exists(kept_out))), programme=OuterRef("pk"), stage=ReferralStage.RECEIVED)
    waits = waits.order_by("received_at").values("received_at")
    rows = open_to(by.actor, Permission.MANAGE_TEAM, Programme).annotate(first=Subquery(waits[:1])).filter(first__isnull=False)
    return lines_of(rows, "unread", since=F("first"), ref=Value("", output_field=CharField()), alias=Value(""))


def high_worries(by: Asked) -> Lines:
    """A high worry about somebody's safety, neither looked at again nor signed off since. Whoever may sign it off is led there."""
    signs = by.actor.has(Role.COORDINATOR, Role.SUPERVISOR)
    permission, rule = (Permission.SIGN_OFF_SAFETY, "unsigned") if signs else (Permission.PREPARE, "unsafe")
    signed = Override.objects.filter(participation=OuterRef("participation"), blocker="worry", at__gt=OuterRef("at"))
    high = by.facts(SafetyCheck, permission, Stage.PREPARING).filter(~Exists(newer_than(SafetyCheck)), ~Exists(signed), level="high")
    return of_case(high, rule, since=F("at"), key=F("participation_id"))


def gated(by: Asked) -> Lines:
    """What was found when the request was looked at (an order, violence or pressure) waits to be signed off, or settled."""
    return lines_of(by.cases(Permission.SIGN_OFF_SAFETY, Stage.PREPARING).filter(held()), "gated", since=F("opened_at"))


def empty(by: Asked) -> Lines:
    """A case that was opened, with nobody in it yet."""
    there = Participation.objects.filter(case=OuterRef("pk"))
    return lines_of(by.cases(Permission.RUN_CASE, Stage.PREPARING).filter(~Exists(there)), "empty", since=F("opened_at"))


def deadlines(by: Asked) -> Lines:
    """A date set from outside within fourteen days, resting or not."""
    near = open_to(by.actor, Permission.PREPARE, Case).filter(stage__in=OPEN, deadline__lte=by.soon)
    return lines_of(near, "deadline", since=day("deadline"))


def rested(by: Asked) -> Lines:
    """The day on which somebody looks again at a case that rests is here, or no day was ever said."""
    due = Q(look_on__isnull=True) | Q(look_on__lte=by.today)
    theirs = open_to(by.actor, Permission.RUN_CASE, Case).values("pk")
    rows = Hold.objects.filter(due, by.mine(*OPEN), lifted_at__isnull=True, case__in=theirs)
    return of_case(rows, "rested", since=Coalesce(day("look_on"), F("since")), key=F("case_id"))


def prepared(by: Asked) -> Lines:
    """Everyone has been met and has said yes; what is practical still stands on its page."""
    first_yes = Subquery(Consent.objects.filter(case=OuterRef("pk"), answer=Consent.Answer.YES).values("answer")[:1])
    rows = by.cases(Permission.DECLARE_READY, Stage.PREPARING).annotate(begun=first_yes).filter(begun__isnull=False).exclude(lacking(by.today))
    return lines_of(with_team(rows, by.now).filter(~has_an_hour(by.now)), "prepared", since=F("opened_at"))


def timeless(by: Asked) -> Lines:
    """Ready, no time yet, and none that is offered now, where they mean to meet."""
    meeting = by.cases(Permission.BOOK, Stage.READY).annotate(how=how_in_sql()).exclude(how__in=WITHOUT_MEETING)
    waits = times_today.waits_for_answers(by) | has_an_hour(by.now)
    return lines_of(with_team(meeting, by.now).filter(~waits), "timeless", since=F("opened_at"))


def days(by: Asked) -> Lines:
    """A conference today or tomorrow, or one whose day went by without it."""
    near = open_to(by.actor, Permission.READ_SCRIPT, Conference).filter(
        by.mine(Stage.SCHEDULED, Stage.CONVENED),
        stage__in=(ConferenceStage.PLANNED, ConferenceStage.LIVE),
        booking__during__startswith__lt=by.end_of_tomorrow,
    )
    return of_case(near, "day", since=F("booking__during__startswith"), key=F("pk"))


def unled(by: Asked) -> Lines:
    """Everyone has said yes, or a time is booked even, and those who would hold it are not there: nobody leads, or too few do."""
    valid = Q(facilitator__certified_until__isnull=True) | Q(facilitator__certified_until__gte=by.today)
    team = Assignment.objects.filter(valid, case=OuterRef("pk"), ended_at__isnull=True, facilitator__stage=Training.CERTIFIED).order_by()
    staff = team.exclude(part=Assignment.Part.STUDENT).values("case").annotate(n=Count("pk")).values("n")
    rows = by.cases(Permission.RUN_CASE, Stage.READY, Stage.SCHEDULED).annotate(staff=Coalesce(Subquery(staff), 0))
    missing = ~Exists(team.filter(part=Assignment.Part.LEAD)) | Q(staff__lt=F("programme__staff_needed"))
    return lines_of(rows.filter(missing), "unled", since=F("opened_at"))


def unseated(by: Asked) -> Lines:
    """Somebody joined after the time was booked: they are asked, and given a seat at it, or not."""
    booking = Booking.objects.filter(case=OuterRef("case_id"), released_at__isnull=True, during__startswith__gt=by.now)
    seat = Seat.objects.filter(booking__case=OuterRef("case_id"), occupant=OuterRef("person_id"), released_at__isnull=True)
    there = Participation.objects.filter(case__in=by.cases(Permission.BOOK, Stage.SCHEDULED).values("pk"), left_at__isnull=True)
    return of_case(there.filter(Exists(booking), ~Exists(seat)), "unseated", since=F("added_at"), key=F("pk"))


def harmful(by: Asked) -> Lines:
    """Somebody sent a file that may do harm. It was not kept, and nobody has read so yet."""
    found = Harm.objects.filter(seen_at__isnull=True, case__in=open_to(by.actor, Permission.ADD_FILE, Case).values("pk"))
    return of_case(found, "harmful", since=F("at"), key=F("case_id"))


def quiet(by: Asked) -> Lines:
    """For so many days as the programme says nothing has been done in a case that waits for us."""
    done = Entry.objects.filter(case_id=OuterRef("pk")).exclude(verb__in=(READING, APART)).order_by("-id").values("at")[:1]
    rows = by.cases(Permission.PREPARE, Stage.PREPARING, Stage.CONVENED).annotate(last=Subquery(done))
    return lines_of(rows.filter(last__lt=by.quiet_since), "quiet", since=F("last"))


RULES: tuple[Callable[[Asked], Lines], ...] = (
    *alarms.RULES, requests, halted, added, untold, unread, high_worries, gated, answers, deadlines, rested, empty, prepared, timeless, unled,
    unseated, complaints, unreadable, emergencies, days, harmful, *asked_for.RULES, *promised.RULES, *letters_today.RULES, *carried.RULES,
    *talks_today.RULES, *limits_today.RULES, *custody_today.RULES, *safety_today.RULES, *says_today.RULES, *problems_today.RULES, *silent.RULES,
    *enclosed_today.RULES, *times_today.RULES, *team_today.RULES, *asking_times.RULES, *after_today.RULES, *aftercare_today.RULES,
    *restitution_today.RULES, asked_about_self, forgotten_soon, held_long, going, late, broken, strangers, quiet,
)  # fmt: skip


def meetings(actor: Actor, limit: int = 5) -> list[Conference]:
    """The next circles they hold or help to hold, the next one first."""
    return MEETINGS.ask(values={"programme": actor.programme_id, "me": actor.id, "now": clock.now()}, kind=actor.kind, roles=actor.roles, limit=limit)


def _meetings(*, kind: Kind, roles: frozenset[str], programme: UUID, me: UUID, limit: int) -> QuerySet[Conference]:
    mine = open_to(Actor(kind, programme, me, roles), Permission.READ_SCRIPT, Conference)
    # Chosen first, and by looking each booking up: joined at once, they would be sought among all bookings there ever were.
    booked = Subquery(Booking.objects.filter(pk=OuterRef("booking_id")).values("during")[:1])
    mine = mine.filter(stage__in=(ConferenceStage.PLANNED, ConferenceStage.LIVE)).annotate(booked=booked).order_by("booked", "id")
    found = Conference.objects.filter(pk__in=mine.values("pk")[:limit])
    return found.select_related("booking__room", "case").order_by("booking__during", "id")


MEETINGS = Mould(_meetings)
