"""What needs somebody: small rules over what they may see, asked all together in one query.

Each rule answers with at most `MOST` lines (rule, reference, alias, since when, key),
the oldest first. A rule is about work, so a case that rests has none but its deadline.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.agreements.journey import SETTLED, ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Item
from setfair.agreements.queries import unanswered
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Hold, Participation, Role
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.models import Entry
from setfair.outcomes.models import News
from setfair.preparation.models import Consent, SafetyCheck
from setfair.programmes.models import Programme
from setfair.referrals.journey import Stage as ReferralStage
from setfair.referrals.models import Referral

from .history import READING
from .prepared import lacking

MOST = 20
SOON = timedelta(days=14)
QUIET = timedelta(days=7)
Lines = QuerySet[Any]


@dataclass(frozen=True)
class Asked:
    """Who asks, and when it is on the programme's own clock."""

    actor: Actor
    now: datetime
    zone: str

    @property
    def today(self) -> date:
        return clock.local(self.now, self.zone).date()

    @property
    def end_of_tomorrow(self) -> datetime:
        return clock.at(self.today + timedelta(days=2), 0, 0, self.zone)

    def cases(self, permission: Permission, *stages: str) -> QuerySet[Case]:
        """Cases in these stages that are being worked on."""
        rests = Exists(Hold.objects.filter(case=OuterRef("pk"), lifted_at__isnull=True))
        return open_to(self.actor, permission, Case).filter(~rests, stage__in=stages)


OPEN = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP)


def worried_requests(by: Asked) -> Lines:
    """A new request in which a worry about safety was told."""
    return _lines(_requests(by).filter(safety_worry=True), "worry", since=F("received_at"), alias=Value(""))


def requests(by: Asked) -> Lines:
    return _lines(_requests(by).filter(safety_worry=False), "request", since=F("received_at"), alias=Value(""))


def high_worries(by: Asked) -> Lines:
    """A high worry about somebody's safety, not looked at again since."""
    high = SafetyCheck.objects.filter(level="high", case__in=by.cases(Permission.OPEN_CASE, Stage.PREPARING).values("pk"))
    high = high.filter(~Exists(_later(SafetyCheck)), participation__left_at__isnull=True)
    return _of_case(high, "unsafe", since=F("at"), key=F("participation_id"))


def stopped(by: Asked) -> Lines:
    """Somebody said no or has stopped for now, and has not been spoken with since."""
    return _answered(by, "stopped", Consent.Answer.NO, Consent.Answer.WITHDRAWN)


def unsure(by: Asked) -> Lines:
    """Somebody is not sure, and was told that we call."""
    return _answered(by, "unsure", Consent.Answer.UNSURE)


def empty(by: Asked) -> Lines:
    """A case that was opened, with nobody in it yet."""
    there = Participation.objects.filter(case=OuterRef("pk"))
    return _lines(by.cases(Permission.RUN_CASE, Stage.PREPARING).filter(~Exists(there)), "empty", since=F("opened_at"))


def deadlines(by: Asked) -> Lines:
    """A date set from outside within fourteen days, resting or not."""
    near = open_to(by.actor, Permission.PREPARE, Case).filter(stage__in=OPEN, deadline__lte=by.today + SOON)
    return _lines(near, "deadline", since=_day("deadline"))


def unwilling(by: Asked) -> Lines:
    """Somebody does not want to sign, or says that something is not right."""
    worries = unanswered(open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement)).order_by()
    return _of_case(worries, "unwilling", since=F("at"), key=F("agreement_id"))


def prepared(by: Asked) -> Lines:
    """Everyone has been met and has said yes; what is practical still stands on its page."""
    return _lines(by.cases(Permission.DECLARE_READY, Stage.PREPARING).exclude(lacking()), "prepared", since=F("opened_at"))


def timeless(by: Asked) -> Lines:
    """Ready, and no time yet."""
    return _lines(by.cases(Permission.BOOK, Stage.READY), "timeless", since=F("opened_at"))


def days(by: Asked) -> Lines:
    """A conference today or tomorrow, or one whose day went by without it."""
    near = open_to(by.actor, Permission.READ_SCRIPT, Conference).filter(
        stage__in=(ConferenceStage.PLANNED, ConferenceStage.LIVE), booking__during__startswith__lt=by.end_of_tomorrow
    )
    return _of_case(near, "day", since=F("booking__during__startswith"), key=F("pk"))


def unwritten(by: Asked) -> Lines:
    """They have met, and nothing is written down."""
    live = Agreement.objects.filter(case=OuterRef("pk"), stage__in=(AgreementStage.DRAFTING, AgreementStage.SIGNING, AgreementStage.IN_FORCE))
    under_way = Conference.objects.filter(case=OuterRef("pk"), stage=ConferenceStage.LIVE)
    rows = by.cases(Permission.DRAFT_AGREEMENT, Stage.CONVENED).filter(~Exists(live), ~Exists(under_way))
    return _lines(rows, "unwritten", since=F("opened_at"))


def signing(by: Asked) -> Lines:
    """An agreement lies there, and signatures are missing."""
    open_ = open_to(by.actor, Permission.HAND_TABLET, Agreement).filter(stage=AgreementStage.SIGNING)
    return _of_case(open_, "signing", since=F("drafted_at"), key=F("pk"))


def to_check(by: Asked) -> Lines:
    """Somebody says that a promise is done."""
    return _of_case(_promises(by).filter(stage=ItemStage.KEPT), "check", since=_day("due_on"), key=F("pk"))


def due(by: Asked) -> Lines:
    """A promise is due today, or was."""
    return _of_case(_promises(by).filter(stage=ItemStage.PROMISED, due_on__lte=by.today), "due", since=_day("due_on"), key=F("pk"))


def missed(by: Asked) -> Lines:
    """A promise was not kept; it is talked about, or changed, or let go, but not forgotten."""
    return _of_case(_promises(by).filter(stage=ItemStage.MISSED), "missed", since=_day("due_on"), key=F("pk"))


def settled(by: Asked) -> Lines:
    """Every promise is settled: somebody is to be told, or the case can be closed."""
    open_ = Item.objects.filter(case=OuterRef("pk"), agreement__stage=AgreementStage.IN_FORCE).exclude(stage__in=SETTLED)
    rows = by.cases(Permission.TELL, Stage.FOLLOWING_UP).filter(~Exists(open_)).annotate(turned=_turned())
    last = News.objects.filter(participation=OuterRef("pk")).order_by("-at", "-id")
    untold = Participation.objects.filter(case=OuterRef("pk"), role=Role.HARMED, left_at__isnull=True)
    untold = untold.annotate(told_at=Subquery(last.values("at")[:1]), way=Subquery(last.values("way")[:1]))
    untold = untold.filter(Q(told_at__isnull=True) | (~Q(way=News.Way.NOT_WANTED) & Q(told_at__lte=OuterRef("turned"))))
    rows = rows.filter(Exists(untold) | Q(pk__in=by.cases(Permission.CLOSE_CASE, Stage.FOLLOWING_UP).values("pk")))
    rule = Choose(When(Exists(untold), then=Value("tell")), default=Value("close"), output_field=CharField())
    return _lines(rows, rule, since=Coalesce(F("turned"), F("opened_at")))


def quiet(by: Asked) -> Lines:
    """Nothing has been done for seven days in a case that waits for us."""
    done = Entry.objects.filter(case_id=OuterRef("pk")).exclude(verb=READING).order_by("-id").values("at")[:1]
    rows = by.cases(Permission.PREPARE, Stage.PREPARING, Stage.CONVENED).annotate(last=Subquery(done))
    return _lines(rows.filter(last__lt=by.now - QUIET), "quiet", since=F("last"))


RULES: tuple[Callable[[Asked], Lines], ...] = (
    worried_requests, high_worries, stopped, unsure, deadlines, requests, empty, unwilling, prepared, timeless,
    days, unwritten, to_check, missed, settled, signing, due, quiet,
)  # fmt: skip


def lines(actor: Actor, programme: Programme) -> list[tuple[str, str, str, datetime, Any]]:
    """What all the rules found, in no order, in one query."""
    asked = Asked(actor, timezone.now(), programme.zone)
    return list(reduce(lambda one, other: one.union(other, all=True), (rule(asked) for rule in RULES)))


def meetings(actor: Actor, limit: int = 5) -> list[Conference]:
    """The next circles they hold or help to hold, the next one first."""
    mine = open_to(actor, Permission.READ_SCRIPT, Conference).filter(stage__in=(ConferenceStage.PLANNED, ConferenceStage.LIVE))
    return list(mine.select_related("booking__room", "case").order_by("booking__during", "id")[:limit])


def _answered(by: Asked, rule: str, *answers: str) -> Lines:
    """Whose latest answer to taking part is one of these, in a case that goes on."""
    given = Consent.objects.filter(scope=Consent.Scope.TAKE_PART, answer__in=answers)
    later = _later(Consent).filter(giver=OuterRef("giver"), scope=OuterRef("scope"))
    there = given.filter(~Exists(later), participation__left_at__isnull=True, case__in=by.cases(Permission.PREPARE, *OPEN).values("pk"))
    return _of_case(there, rule, since=F("at"), key=F("participation_id"))


def _requests(by: Asked) -> QuerySet[Referral]:
    return open_to(by.actor, Permission.READ_REFERRAL, Referral).filter(stage=ReferralStage.RECEIVED)


def _promises(by: Asked) -> QuerySet[Item]:
    return open_to(by.actor, Permission.FOLLOW_UP, Item).filter(agreement__stage=AgreementStage.IN_FORCE)


def _turned() -> Subquery:
    """When the last promise of the case was settled."""
    moves = Entry.objects.filter(case_id=OuterRef("pk"), subject_kind=Item._meta.label_lower, verb="moved", detail__to__in=list(SETTLED))
    return Subquery(moves.order_by("-id").values("at")[:1])


def _later(model: Any) -> QuerySet[Any]:
    """Newer facts about the same person."""
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    return model.objects.filter(newer, participation=OuterRef("participation"))


def _day(field: str) -> Cast:
    return Cast(field, DateTimeField())


def _of_case(rows: QuerySet[Any], rule: str, *, since: Any, key: Any) -> Lines:
    return _lines(rows, rule, since=since, ref=F("case__ref"), alias=F("case__alias"), key=key)


def _lines(rows: QuerySet[Any], rule: Any, *, since: Any, ref: Any = F("ref"), alias: Any = F("alias"), key: Any = F("pk")) -> Lines:
    said = {
        "line_rule": Value(rule, output_field=CharField()) if isinstance(rule, str) else rule,
        "line_ref": ref,
        "line_alias": alias if isinstance(alias, F) else Value("", output_field=CharField()),
        "line_since": since,
        "line_key": Cast(key, UUIDField()),
    }
    return rows.annotate(**said).order_by("line_since").values_list(*said)[:MOST]
