"""One version of what everyone agreed, whose yes it waits for, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation, Role, ties_through_case
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedJSON, SealedText

from .. import journey

SHOWN = (journey.Stage.SIGNING, journey.Stage.IN_FORCE, journey.Stage.SUPERSEDED, journey.Stage.ENDED)


def _whose_it_is(actor: Actor) -> Q | None:
    """Who signs a version, or has signed it, and, until they are 18, their guardians read it; a draft belongs to the room.

    Whoever interprets, or joined after the hour, is in the circle and reads none of it.
    """
    if actor.kind != Kind.PARTICIPANT:
        return None
    here = Participation.objects.filter(pk=actor.id, left_at__isnull=True)
    themselves = Q(participation__in=here.values("pk"))
    grown = Q(stands_by__person__of_age_at__isnull=False, stands_by__person__of_age_at__lte=clock.now())
    as_guardian = Q(participation__in=here.filter(role=Role.GUARDIAN, has_authority=True).exclude(stands_by=None).exclude(grown).values("stands_by"))
    later = Signer.objects.filter(agreement=OuterRef("agreement"), round__gt=OuterRef("round"))
    asked = Signer.objects.filter(themselves | as_guardian).exclude(Exists(later))
    signed = Signature.objects.filter(themselves | as_guardian)
    return Q(stage__in=SHOWN) & (Q(pk__in=asked.values("agreement")) | Q(pk__in=signed.values("agreement")))


def _on_this_tablet(actor: Actor) -> Q | None:
    """The one agreement that the tablet was handed over for."""
    return Q(pk=actor.id) if actor.kind == Kind.TABLET else None


class Agreement(Walled):
    """One version of one agreement. Signing freezes it; a change is a new version, signed by whom the change touches.

    A case can have several agreements, each with its `number` in it and with versions of its own; most have one. `conference` is the
    circle that it comes from, none where it comes from what they wrote or sent. A version follows only one of its own agreement.

    `follows` is the version it was begun from: signatures of those whom nothing new touches go on under this one (`Carried`).
    One that holds goes on holding until the version that follows it does.

    `words` is what lies there to be signed: names, promises and dates as they stood
    when it was presented. People read, sign and keep exactly this, whatever is
    corrected elsewhere later.
    """

    JOURNEY = journey.JOURNEY
    ties = ties_through_case(takes_part=_whose_it_is, holds_tablet=_on_this_tablet)

    case = Within(Case, models.CASCADE, related_name="agreements")
    conference = Within(Conference, null=True, related_name="agreements")
    number = models.PositiveSmallIntegerField(default=1, db_default=1)
    version = models.PositiveSmallIntegerField(default=1)
    follows = Within("self", models.CASCADE, null=True, related_name="+")
    stage = models.CharField(max_length=10, choices=journey.Stage, default=journey.Stage.DRAFTING)
    drafted_at = models.DateTimeField(default=clock.now)
    words = SealedJSON(of="case_id")

    @property
    def is_between_some(self) -> bool:
        """Whether a promise in the words that were laid out is not for everyone who signs: then all of it is the team's to read."""
        return any("concerns" in item for item in (self.words or {}).get("items", ()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "case", "number", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["programme", "case", "number"], condition=Q(stage__in=("drafting", "rests", "signing")), name="agreement_one_in_hand"
            ),
            models.UniqueConstraint(fields=["programme", "case", "number"], condition=Q(stage="in_force"), name="agreement_one_in_force"),
            models.CheckConstraint(condition=Q(number__gte=1), name="agreement_numbered"),
        ]


class Signer(Walled):
    """Whose yes one version waits for, written down when it was laid out: who is marked as present later, or leaves, changes nothing here.

    `round` counts how often it was laid out; the latest counts.
    """

    agreement = Within(Agreement, models.CASCADE, related_name="signers")
    participation = Within(Participation, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "agreement", "participation", "round"], name="signer_once")]


class Signature(Walled):
    """One person's yes to one version. `text_digest` is of the words of all; `seen` is what they themselves had before them, in their
    language (`seen.before`). A signature is never changed.

    Wherever it was not given on their own page, `witness` is who of the team was there.
    """

    class Method(models.TextChoices):
        OWN_DEVICE = "own", _("on their own page")
        TABLET = "tablet", _("on the tablet they were handed")
        PAPER = "paper", _("on paper")
        SPOKEN = "spoken", _("aloud, and somebody of the team heard it")

    agreement = Within(Agreement, models.CASCADE, related_name="signatures")
    participation = Within(Participation, models.CASCADE, related_name="signatures")
    method = models.CharField(max_length=6, choices=Method)
    typed_name = SealedText(of="case_id")
    case = Within(Case, models.CASCADE, related_name="+")
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    seen = SealedJSON(of="case_id")
    at = models.DateTimeField(default=clock.now)
    witness = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "agreement", "participation"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(method="own", witness__isnull=True) | (~Q(method="own") & Q(witness__isnull=False)), name="signature_witnessed"
            ),
        ]


class Concern(Walled):
    """That somebody did not want to sign, or that something was not right. Only the team sees it; a signature given later answers it."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("something is not right")
        UNWILLING = "unwilling", _("does not want to sign")
        DIFFERS = "differs", _("does not agree, and says why")

    NO = (Kind.UNWILLING, Kind.DIFFERS)

    agreement = Within(Agreement, models.CASCADE, related_name="concerns")
    participation = Within(Participation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    words = SealedText(of="case_id")
    case = Within(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
