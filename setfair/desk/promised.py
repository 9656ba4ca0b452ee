"""What Today says of agreements and of what was promised."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Choose
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.agreements.journey import SETTLED, WORTH_TELLING, ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Agreement, Fit, Item, Signer
from setfair.agreements.queries import (
    BY_STAFF,
    TAKEN_OVER,
    all_told,
    last_said,
    nothing_owed,
    part_passed,
    part_unheard,
    unanswered,
    words_that_wait,
    worth_a_talk,
)
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core.actor import Kind
from setfair.journal.models import Entry
from setfair.outcomes import owed as news
from setfair.outcomes import queries as outcomes
from setfair.outcomes.models import News, NewsTask
from setfair.people.models import NoContact
from setfair.programmes.models import Membership
from setfair.voices.models import StandIn
from setfair.voices.standing_in import latest

from .asked import Asked, Lines, lines_of, of_case
from .telling import CHASE, READY, SAFETY, Told, ago, date_of, on_case, on_row, untold

OPEN = (Stage.CONVENED, Stage.FOLLOWING_UP)
"""Where a case stands while people sign: what everyone signed, or a newer version of what holds."""
NO_TIME, A_WEEK = timedelta(), timedelta(weeks=1)


def unwilling(by: Asked) -> Lines:
    """Somebody does not want to sign, or says that something is not right."""
    worries = unanswered(open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement)).filter(by.mine(*OPEN)).order_by()
    return of_case(worries, "unwilling", since=F("at"), key=F("agreement_id"))


def to_change(by: Asked) -> Lines:
    """Somebody who is asked to sign wants a promise changed before."""
    lie = open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement).filter(by.mine(*OPEN), stage=AgreementStage.SIGNING)
    newer = Fit.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")), item=OuterRef("item"), participation=OuterRef("participation")
    )
    said = Fit.objects.filter(~Exists(newer), word=Fit.Word.CHANGE, edition=F("item__edition"), item__agreement__in=lie.values("pk"))
    later = Signer.objects.filter(agreement=OuterRef("agreement"), round__gt=OuterRef("round"))
    asked = Signer.objects.filter(~Exists(later), agreement=OuterRef("item__agreement"))
    signs = Exists(asked.filter(participation=OuterRef("participation"))) | Exists(asked.filter(participation=OuterRef("participation__stands_by")))
    return of_case(said.filter(signs, participation__left_at__isnull=True), "to_change", since=F("at"), key=F("item__agreement_id"))


def more_than_spelling(by: Asked) -> Lines:
    """Somebody who signed says that a correction was more than spelling, or one was taken back that somebody had read when they signed; and no
    newer version was begun since."""
    holds = open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement).filter(by.mine(*OPEN), stage=AgreementStage.IN_FORCE)
    begun = Agreement.objects.filter(follows=OuterRef("spelling__item__agreement"), drafted_at__gt=OuterRef("at"))
    rows = worth_a_talk().filter(~Exists(begun), spelling__item__agreement__in=holds.values("pk"))
    rule = Choose(When(participation__isnull=False, then=Value("more_than_spelling")), default=Value("undone"), output_field=CharField())
    return of_case(rows, rule, since=F("at"), key=F("spelling__item__agreement_id"))


def words_wait(by: Asked) -> Lines:
    """Somebody wants everyone to read what they wrote under their name, and nobody of the team has read it yet."""
    lie = open_to(by.actor, Permission.HAND_TABLET, Agreement).filter(by.mine(*OPEN))
    rows = words_that_wait().filter(signature__agreement__in=lie.values("pk"))
    return of_case(rows, "words_wait", since=F("at"), key=F("signature__agreement_id"))


def unwritten(by: Asked) -> Lines:
    """They have met, and nothing is written down: neither an agreement, nor that none was needed."""
    live = Agreement.objects.filter(case=OuterRef("pk"), stage__in=(AgreementStage.DRAFTING, AgreementStage.SIGNING, AgreementStage.IN_FORCE))
    under_way = Conference.objects.filter(case=OuterRef("pk"), stage=ConferenceStage.LIVE)
    rows = by.cases(Permission.DRAFT_AGREEMENT, Stage.CONVENED).filter(
        ~Exists(live), ~Exists(under_way), ~Exists(nothing_owed().filter(case=OuterRef("pk")))
    )
    return lines_of(rows, "unwritten", since=F("opened_at"))


def without(by: Asked) -> Lines:
    """It ended well without an agreement: somebody is to be told, or the case can be closed."""
    said = Subquery(nothing_owed().filter(case=OuterRef("pk")).values("at")[:1])
    rows = by.cases(Permission.TELL, Stage.CONVENED, Stage.READY).annotate(said=said)
    owed = outcomes.untold().filter(case=OuterRef("pk"))
    rows = rows.filter(Exists(owed) | Q(pk__in=by.cases(Permission.CLOSE_CASE, Stage.CONVENED, Stage.READY).values("pk")))
    rule = Choose(When(Exists(owed), then=Value("tell")), default=Value("close"), output_field=CharField())
    return lines_of(rows.filter(said__isnull=False), rule, since=F("said"))


def signing(by: Asked) -> Lines:
    """An agreement lies there, and signatures are missing."""
    open_ = open_to(by.actor, Permission.HAND_TABLET, Agreement).filter(by.mine(*OPEN), stage=AgreementStage.SIGNING)
    return of_case(open_, "signing", since=F("drafted_at"), key=F("pk"))


def drafting(by: Asked) -> Lines:
    """An agreement that was begun and is not laid out to be signed; first of all one in which somebody who has left had promised what is not done."""
    done = Func(F("programme_id"), F("pk"), function="agreements_done_before", output_field=BooleanField())
    owner_gone = Item.objects.annotate(done=done).filter(agreement=OuterRef("pk"), owner__left_at__isnull=False, done=False)
    rule = Choose(When(Exists(owner_gone), then=Value("owner_gone")), default=Value("drafting"), output_field=CharField())
    begun = open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement).filter(by.mine(*OPEN), stage=AgreementStage.DRAFTING)
    return of_case(begun, rule, since=F("drafted_at"), key=F("pk"))


def barred(by: Asked) -> Lines:
    """Two who are kept apart since have a promise between them that lies there to be signed, or holds."""
    here = Participation.objects.filter(case=OuterRef(OuterRef("case")), left_at__isnull=True).values("person_id")
    walls = NoContact.objects.filter(one__in=here, other__in=here, ended_at__isnull=True)
    on = Value(DateRange(by.today, by.today, "[]"), output_field=DateRangeField())
    since = Func(F("programme_id"), F("pk"), on, function="agreements_apart_since", output_field=DateTimeField())
    rows = open_to(by.actor, Permission.DRAFT_AGREEMENT, Agreement).filter(by.mine(Stage.CONVENED, Stage.FOLLOWING_UP))
    rows = rows.filter(stage__in=(AgreementStage.SIGNING, AgreementStage.IN_FORCE)).annotate(apart=Choose(When(Exists(walls), then=since)))
    rows = rows.filter(apart__isnull=False)
    return of_case(rows, "barred_since", since=F("apart"), key=F("pk"))


def promises(by: Asked) -> Lines:
    """A promise that waits for a check, of which its owner told us last, is due today or was, or was not kept: not forgotten.

    A part of a payment stands here from its day until somebody has heard how it went. Money that is all said to be paid is not due.
    """
    told = Q(stage=ItemStage.PROMISED, last_by=Kind.PARTICIPANT)
    rule = Choose(
        When(stage=ItemStage.KEPT, then=Value("check")), When(stage=ItemStage.MISSED, then=Value("missed")),
        When(told, then=Value("in_the_way")), default=Value("due"),
        output_field=CharField(),
    )  # fmt: skip
    unheard = Q(stage=ItemStage.PROMISED) & part_unheard()
    waits = Q(stage__in=(ItemStage.KEPT, ItemStage.MISSED)) | Q(stage=ItemStage.PROMISED, due_on__lte=by.today) & ~all_told()
    rows = open_to(by.actor, Permission.FOLLOW_UP, Item).annotate(last_by=last_said("by_kind"), part=part_passed(by.today))
    rows = rows.filter(by.mine(Stage.FOLLOWING_UP), waits | told | unheard, agreement__stage=AgreementStage.IN_FORCE)
    return of_case(rows, rule, since=Cast(Coalesce(F("part"), F("due_on")), DateTimeField()), key=F("pk"))


def left_behind(by: Asked) -> Lines:
    """Whoever looks at a promise, passes it on or answers for it does not work on this case any more, or has left its circle: somebody else is
    named."""
    works = Assignment.objects.filter(case=OuterRef("case"), ended_at__isnull=True)
    there = Membership.objects.filter(user=OuterRef("case__coordinator"), ended_at__isnull=True)
    gone = Q(checker__left_at__isnull=False)
    for what in BY_STAFF:
        leads = Q(**{what: F("case__coordinator")}) & Q(Exists(there))
        gone |= Q(**{f"{what}__isnull": False}) & ~leads & ~Exists(works.filter(facilitator__user=OuterRef(what)))
    rows = open_to(by.actor, Permission.RUN_CASE, Item).filter(by.mine(Stage.FOLLOWING_UP), gone, agreement__stage=AgreementStage.IN_FORCE)
    return of_case(rows.exclude(stage__in=SETTLED), "left_behind", since=Cast("due_on", DateTimeField()), key=F("pk"))


def settled(by: Asked) -> Lines:
    """Somebody who wants to hear of each promise, or of what goes wrong, is to be told; or every promise is settled: then whoever has not heard is
    told, of a missed one too, and the case can be closed. What should have been told by now says so."""
    held = Item.objects.filter(case=OuterRef("pk"), agreement__stage=AgreementStage.IN_FORCE)
    laid = news.tasks().filter(case=OuterRef("pk"))
    waits, owed = Exists(laid.exclude(cause=NewsTask.Cause.END)), outcomes.untold().filter(case=OuterRef("pk"))
    closes = by.cases(Permission.CLOSE_CASE, Stage.FOLLOWING_UP).exclude(Exists(held.exclude(stage__in=SETTLED)))
    over = ~Exists(held.exclude(stage__in=WORTH_TELLING)) & (Exists(owed) | Q(pk__in=closes.values("pk")))
    rows = by.cases(Permission.TELL, Stage.FOLLOWING_UP).filter(over | waits).annotate(turned=_turned())
    rule = Choose(
        When(Exists(laid.filter(due_on__lt=by.today)), then=Value("tell_late")), When(Exists(owed), then=Value("tell")),
        default=Value("close"), output_field=CharField(),
    )  # fmt: skip
    return lines_of(rows, rule, since=Coalesce(F("turned"), F("opened_at")))


def told_back(by: Asked) -> Lines:
    """Somebody stood in for a person harmed, and they have not been told of it in the way and at the time that they chose."""
    met = Conference.objects.filter(case=OuterRef("case_id"), stage=ConferenceStage.CONCLUDED).order_by("-ended_at").values("ended_at")[:1]
    wait = Choose(When(when=StandIn.When.WEEK, then=Value(A_WEEK)), default=Value(NO_TIME), output_field=DurationField())
    open_cases = open_to(by.actor, Permission.TELL, Case).values("pk")
    rows = StandIn.objects.filter(by.mine(Stage.CONVENED, Stage.FOLLOWING_UP), case__in=open_cases, participation__left_at__isnull=True)
    rows = rows.filter(pk__in=latest().values("pk")).exclude(back=StandIn.Back.NONE).annotate(met=Subquery(met))
    rows = rows.annotate(due=ExpressionWrapper(F("met") + wait, output_field=DateTimeField())).filter(due__lte=by.now)
    told = News.objects.filter(participation=OuterRef("participation_id"), at__gt=OuterRef("met"))
    return of_case(rows.filter(~Exists(told)), "told_back", since=F("due"), key=F("participation_id"))


def _turned() -> Subquery:
    """When the last promise of the case was settled, or missed."""
    moves = Entry.objects.filter(case_id=OuterRef("pk"), subject_kind=Item._meta.label_lower, verb="moved", detail__to__in=list(WORTH_TELLING))
    moves = moves.exclude(detail__reason=TAKEN_OVER)
    return Subquery(moves.order_by("-id").values("at")[:1])


RULES = (
    unwilling,
    to_change,
    more_than_spelling,
    words_wait,
    unwritten,
    without,
    drafting,
    barred,
    promises,
    left_behind,
    settled,
    signing,
    told_back,
)
TOLD = {
    "unwilling": Told(READY, _("Somebody does not want to sign, or sees something wrong"), _("Talk with them"), on_case("agreement"), ago),
    "to_change": Told(READY, _("Somebody wants a promise changed"), _("Talk with them"), on_case("agreement"), ago),
    "more_than_spelling": Told(READY, _("Somebody says that a correction is more than spelling"), _("Talk with them"), on_case("agreement"), ago),
    "words_wait": Told(READY, _("Somebody wants everyone to read their words under their name"), _("Read them first"), on_case("agreement"), ago),
    "undone": Told(READY, _("A correction was taken back that some had read when they signed"), _("Look at it"), on_case("agreement"), ago),
    "unwritten": Told(READY, _("They have met, and nothing is written down"), _("Write it"), on_case("agreement"), ago),
    "owner_gone": Told(READY, _("Somebody who had promised something has left: it is written anew"), _("Go on writing"), on_case("agreement"), ago),
    "drafting": Told(READY, _("An agreement is begun, and not there to be signed yet"), _("Go on writing"), on_case("agreement"), ago),
    "barred_since": Told(SAFETY, _("Two who must have no contact have a promise between them"), _("Look at it"), on_case("agreement"), ago),
    "check": Told(READY, _("A promise is done, they say"), _("Check it"), on_row("item"), date_of),
    "in_the_way": Told(READY, _("Somebody tells us how a promise goes: something may be in the way"), _("Talk about it"), on_row("item"), date_of),
    "missed": Told(READY, _("A promise was not kept"), _("Talk about it"), on_row("item"), date_of),
    "left_behind": Told(READY, _("Somebody who looked after a promise is not here any more"), _("Name somebody"), on_row("item"), untold),
    "tell": Told(READY, _("The person harmed has not been told how it went"), _("Tell them"), on_case("news"), ago),
    "tell_late": Told(READY, _("Somebody harmed was to be told by now how it goes"), _("Tell them"), on_case("news"), ago),
    "told_back": Told(READY, _("Somebody stood in for a person harmed: tell them how it was"), _("Tell them"), on_case("news"), ago),
    "close": Told(READY, _("Everything is settled"), _("Close it"), on_case("close"), ago),
    "signing": Told(CHASE, _("Signatures are missing"), _("See whose"), on_case("agreement"), ago),
    "due": Told(CHASE, _("A promise is due"), _("Talk about it"), on_row("item"), date_of),
}
