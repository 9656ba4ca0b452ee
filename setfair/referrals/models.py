from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import OF_THE_PROGRAMME
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedJSON, SealedText

from . import journey
from .answered import CHECKS, HARD, Clearance, Halt, Looked, Reply, Screening
from .kept_from import without_those
from .kept_out import KeptOut
from .likeness import Likeness
from .ours import Owned
from .rests import Rest
from .talks import Talk, TalkEnd

__all__ = [
    "CHECKS",
    "HARD",
    "Addition",
    "Clearance",
    "Halt",
    "KeptOut",
    "Likeness",
    "Looked",
    "Owned",
    "Referral",
    "Reply",
    "Rest",
    "Screening",
    "Talk",
    "TalkEnd",
]


def _sent_it(actor: Actor) -> Q | None:
    if actor.kind == Kind.OFFICE:
        return Q(sender=actor.id)
    return Q(pk=actor.id) if actor.kind == Kind.REFERRER else None


class Referral(Walled):
    """A request as it was told to us, not checked. Its words are sealed under its own key, so that a declined one can go early.

    `form_key` makes the same form, sent twice, one request. `people` is a list of
    those who were part of it: `name` (or a few words), `role` (a `Part` or empty),
    and from professionals `reach` and `wait` (nobody contacts them before we have
    spoken). `reach` holds the ways that are safe for whoever asked, by the names of
    `people.Contact.Way`, and `times`, `message_ok`, or `none`: do not contact me.
    `for_whom` is set when somebody asks for someone else.
    """

    class Source(models.TextChoices):
        SELF_HARMED = "self_harmed", _("somebody who was hurt")
        SELF_RESPONSIBLE = "self_responsible", _("somebody who did it")
        AFFECTED = "affected", _("somebody who saw it or is affected")
        PARENT = "parent", _("a parent or guardian")
        STAFF = "staff", _("a member of staff")
        ADMINISTRATOR = "administrator", _("an administrator of the school")
        TEAM = "team", _("a member of the peer team, for someone")
        JUDGE = "judge", _("a judge or court")
        CLERK = "clerk", _("a court clerk")
        ATTORNEY = "attorney", _("a district attorney")
        DEFENDER = "defender", _("a public defender")
        POLICE = "police", _("police")
        PROBATION = "probation", _("probation")
        LEADER = "leader", _("a school leader")
        AGENCY = "agency", _("another agency")
        OTHER = "other", _("someone else")

    class Wish(models.TextChoices):
        CONFERENCE = "conference", _("a conference")
        TALK = "talk", _("to talk to someone first")
        UNSURE = "unsure", _("not sure yet")

    class Part(models.TextChoices):
        HARMED = "harmed", _("was hurt")
        RESPONSIBLE = "responsible", _("did it")
        AFFECTED = "affected", _("saw it, or is affected")
        SUPPORTER = "supporter", _("stands by someone")

    class OthersKnow(models.TextChoices):
        YES = "yes", _("yes")
        SOME = "some", _("some of them")
        NO = "no", _("no")
        UNSURE = "unsure", _("not sure")

    class LegalStage(models.TextChoices):
        PRE_CHARGE = "pre_charge", _("before a charge")
        DIVERSION = "diversion", _("diversion")
        PRE_PLEA = "pre_plea", _("charged, before a plea")
        POST_PLEA = "post_plea", _("after a plea, before sentence")
        SENTENCED = "sentenced", _("after sentence, in the community")
        CUSTODY = "custody", _("in custody")
        REENTRY = "reentry", _("coming back from custody")
        SCHOOL = "school", _("a school matter, no court")
        OTHER = "other", _("something else")

    PROFESSIONAL = frozenset(
        {Source.JUDGE, Source.CLERK, Source.ATTORNEY, Source.DEFENDER, Source.POLICE, Source.PROBATION, Source.LEADER, Source.AGENCY}
    )
    OF_A_SCHOOL = frozenset({Source.TEAM, Source.ADMINISTRATOR})
    JOURNEY = journey.JOURNEY
    ties = {
        Tie.COORDINATES: without_those(OF_THE_PROGRAMME[Tie.COORDINATES]),
        Tie.SUPERVISES: without_those(OF_THE_PROGRAMME[Tie.SUPERVISES]),
        Tie.REFERRED: _sent_it,
    }

    ref = models.CharField(max_length=12)
    stage = models.CharField(max_length=9, choices=journey.Stage, default=journey.Stage.RECEIVED)
    source = models.CharField(max_length=16, choices=Source)
    form_key = models.UUIDField()
    story = SealedText(of="id")
    when = SealedText(of="id")
    people = SealedJSON(of="id")
    others_know = models.CharField(max_length=8, choices=OthersKnow, blank=True)
    safety = SealedText(of="id")
    safety_worry = models.BooleanField(default=False)
    reach = SealedJSON(of="id")
    asker = SealedText(of="id")
    for_whom = SealedText(of="id")
    wish = models.CharField(max_length=10, choices=Wish, default=Wish.CONFERENCE)
    language = models.CharField(max_length=10, default="en")
    written = models.CharField(max_length=10, blank=True, default="", db_default="")
    """The language of its words, as far as their letters tell."""
    needs = SealedText(of="id")
    office = SealedText(of="id")
    court_number = SealedText(of="id")
    legal_stage = models.CharField(max_length=16, choices=LegalStage, blank=True)
    orders = SealedText(of="id")
    wanted_back = SealedText(of="id")
    deadline = models.DateField(null=True)
    received_at = models.DateTimeField(default=clock.now)
    asked_again_at = models.DateTimeField(null=True)
    """When, after a talk, they asked for a conference: from then on it waits for an answer."""
    entered_by = models.UUIDField(null=True)
    sender = models.UUIDField(null=True)
    """What the address of an office comes down to here (`likeness.sender_at`); by it that office has a list of what it sent."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="referral_ref"),
            models.UniqueConstraint(fields=["programme", "form_key"], name="referral_form_once"),
        ]
        indexes = [
            models.Index(fields=["programme", "stage", "-received_at"], name="referral_waiting"),
            models.Index(fields=["programme", "sender"], condition=Q(sender__isnull=False), name="referral_sender"),
            models.Index("programme", Cast(Substr("ref", 3), models.IntegerField()).desc(), name="referral_number"),
        ]

    def __str__(self) -> str:
        return self.ref

    def case_key(self) -> UUID | None:
        return None

    @property
    def is_open(self) -> bool:
        """Nobody has answered it yet."""
        return self.stage == journey.Stage.RECEIVED

    @property
    def waits_since(self) -> datetime:
        """From when the days to an answer are counted."""
        return self.asked_again_at or self.received_at

    @property
    def is_professional(self) -> bool:
        return self.source in self.PROFESSIONAL


class Addition(Walled):
    """Something whoever asked wanted us to know later. `read_at` is when a coordinator first had it in front of them.

    With `what`, an office changes that part of what it sent: `words` are the new ones, `before` what stood there, and there is always a `reason`.
    """

    class What(models.TextChoices):
        STORY = "story", _("what happened")
        PEOPLE = "people", _("who was part of it")
        LEGAL = "legal", _("where it stands")
        COURT = "court", _("court or file number")
        DEADLINE = "deadline", _("the date by which you need an answer")
        ORDERS = "orders", _("orders that bar or limit contact")
        SAFETY = "safety", _("what keeps people safe")
        BACK = "back", _("what you need back from us")

    referral = Within(Referral, models.CASCADE, related_name="additions")
    what = models.CharField(max_length=8, choices=What, blank=True, default="", db_default="")
    words = SealedText(of="referral_id")
    before = SealedText(of="referral_id")
    reason = SealedText(of="referral_id")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(what="", reason__isnull=True) | (~Q(what="") & Q(reason__isnull=False)), name="addition_change_has_reason"
            )
        ]
        indexes = [models.Index(fields=["programme", "referral"], condition=Q(read_at__isnull=True), name="addition_unread")]

    def case_key(self) -> None:
        return None
