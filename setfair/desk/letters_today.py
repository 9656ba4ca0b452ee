"""What Today says of letters: those that could not go or must not, that lie on paper, and that wait for a look."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case, Participation
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, CameBackRead, Channel
from setfair.people.models import WayWish, WayWishSeen

from .asked import Asked, Lines, lines_of, of_case
from .models import Answer, Posting, Stray
from .post import with_refs
from .telling import CHASE, READY, STOPPED, Told, ago, on_case, on_page, on_row


def stuck(by: Asked) -> Lines:
    """A message that could not be sent, or must not go there: somebody has to find another way, or to say it."""
    mine = Q(case_id__isnull=True) | Q(case_id__in=Case.objects.filter(by.own()).values("pk"))
    letters = open_to(by.actor, Permission.PREPARE, Posting).filter(mine, stage=Stage.FAILED)
    barred = Q(trouble__in=[str(barrier) for barrier in Barrier])
    rule = Choose(
        When(barred & Q(case_id__isnull=True), then=Value("barred_asker")), When(barred, then=Value("barred")),
        When(case_id__isnull=True, then=Value("stuck_asker")), default=Value("stuck"), output_field=CharField(),
    )  # fmt: skip
    alias = Coalesce(Subquery(Case.objects.filter(pk=OuterRef("case_id")).values("alias")[:1]), Value(""))
    return lines_of(with_refs(letters), rule, since=F("made_at"), ref=F("of"), alias=alias)


def to_print(by: Asked) -> Lines:
    """How many letters lie on paper and have reached nobody; one line for all of them."""
    return _counted(by, "print", channel=Channel.PAPER, stage=Stage.PRINTED)


def to_look_at(by: Asked) -> Lines:
    """How many wait until somebody has looked; one line for all of them, which says since when the first one waits."""
    return _counted(by, "look", stage=Stage.HELD)


def _counted(by: Asked, rule: str, **which: str) -> Lines:
    letters = open_to(by.actor, Permission.PREPARE, Posting).filter(**which)
    count = Cast(Count("pk"), CharField())
    return lines_of(letters.values("programme_id"), rule, since=Min("made_at"), ref=count, alias=Value(""), key=F("programme_id"))


def came_back(by: Asked) -> Lines:
    """Somebody answered, asked for no more messages, or is not whom we meant; until somebody has read it."""
    rows = open_to(by.actor, Permission.PREPARE, Answer).filter(~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk"))))
    rule = Choose(
        When(is_shared=True, then=Value("ended_with")), When(kind=CameBack.Kind.STOP, then=Value("no_more")),
        When(kind=CameBack.Kind.WRONG, then=Value("wrong_one")), When(kind=CameBack.Kind.START, then=Value("again")),
        default=Value("came_back"), output_field=CharField(),
    )  # fmt: skip
    alias = Coalesce(Subquery(Case.objects.filter(pk=OuterRef("case_id")).values("alias")[:1]), Value(""))
    ref = Coalesce(with_ref("case_id"), Value(""))
    return lines_of(rows, rule, since=F("at"), ref=ref, alias=alias)


def changed_ways(by: Asked) -> Lines:
    """Somebody changed on their own page how we reach them; until one of the team has looked. Somebody else may have had their link."""
    seen = WayWishSeen.objects.filter(wish=OuterRef("pk"))
    wishes = WayWish.objects.filter(~Exists(seen), person=OuterRef("person")).order_by("at")
    rows = open_to(by.actor, Permission.PREPARE, Participation).filter(Exists(wishes), left_at__isnull=True)
    return of_case(rows, "changed_way", since=Subquery(wishes.values("at")[:1]), key=F("pk"))


def strays(by: Asked) -> Lines:
    """How many messages came in that fit nobody; one line for whoever administers."""
    unread = ~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk")))
    rows = open_to(by.actor, Permission.READ_STRAY, Stray).filter(unread)
    count = Cast(Count("pk"), CharField())
    return lines_of(rows.values("programme_id"), "stray", since=Min("at"), ref=count, alias=Value(""), key=F("programme_id"))


def with_ref(case: str) -> Subquery:
    return Subquery(Case.objects.filter(pk=OuterRef(case)).values("ref")[:1])


RULES = (stuck, to_print, to_look_at, came_back, changed_ways, strays)
TOLD = {
    "stuck": Told(READY, _("A message could not be sent"), _("Find another way"), on_case("case_letters"), ago),
    "stuck_asker": Told(READY, _("A message could not be sent"), _("Find another way"), on_page("post"), ago),
    "barred": Told(READY, _("A message must not go there: reach them by voice or in person"), _("See why"), on_case("case_letters"), ago),
    "barred_asker": Told(READY, _("A message must not go there: reach them by voice or in person"), _("See why"), on_page("post"), ago),
    "look": Told(READY, _("Letters wait until somebody has looked (%(count)s)"), _("Look at them"), on_page("post_waiting"), ago),
    "came_back": Told(STOPPED, _("An answer came"), _("Read it"), on_row("came_back"), ago),
    "no_more": Told(STOPPED, _("Somebody wants no more messages there"), _("Read it"), on_row("came_back"), ago),
    "wrong_one": Told(STOPPED, _("A message reached the wrong person"), _("Read it"), on_row("came_back"), ago),
    "again": Told(STOPPED, _("Somebody asks for messages again: nothing begins by itself"), _("Read it"), on_row("came_back"), ago),
    "ended_with": Told(STOPPED, _("An address that several people share is used no more"), _("Read it"), on_row("came_back"), ago),
    "changed_way": Told(STOPPED, _("Somebody changed how we reach them"), _("Look at it"), on_row("way_changes"), ago),
    "stray": Told(CHASE, _("Messages came in that fit nobody (%(count)s)"), _("Read them"), on_page("strays"), ago),
    "print": Told(CHASE, _("Letters to print (%(count)s)"), _("Print them"), on_page("post"), ago),
}
