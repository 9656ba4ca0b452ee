from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.access.ties import Reach, Ties, inherited
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.cases.ties import ties as ties_to_a_case
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedBytes, SealedText

from . import journey

OPEN_TO = {
    Tie.COORDINATES: (Audience.TEAM, Audience.SAFETY, Audience.SHARED),
    Tie.SUPERVISES: (Audience.TEAM, Audience.SAFETY, Audience.SHARED),
    Tie.FACILITATES: (Audience.TEAM, Audience.SHARED),
}
"""Which audiences somebody of the staff belongs to, by how they stand to the case. What is for its writer alone is for nobody else."""


def _ties() -> Ties:
    to_the_case = inherited("case", ties_to_a_case, only=frozenset(OPEN_TO))()
    return {tie: _as_meant(tie, reach) for tie, reach in to_the_case.items()} | {Tie.TAKES_PART: _shared_with_me}


def _as_meant(tie: Tie, reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        if q is None:
            return None
        meant = Q(audience__in=OPEN_TO[tie]) | Q(audience=Audience.WORKING, by=actor.id)
        return q & meant & Q(stage__in=journey.THERE)

    return reached


def _shared_with_me(actor: Actor) -> Q | None:
    """What was shared with this person, once it has been checked for harm."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    return Q(audience=Audience.SHARED, reader=actor.id, reader__left_at__isnull=True, stage=journey.Stage.KEPT)


class TakenIn(Walled):
    """What somebody sent, as it was written anew: what it is and how large, and who sent it when.

    Its bytes are elsewhere, and so is its name: nowhere.
    """

    class Type(models.TextChoices):
        PDF = "pdf", _("Paper (PDF)")
        JPEG = "jpeg", _("Picture")
        PNG = "png", _("Picture (PNG)")
        TEXT = "text", _("Plain text")

    kind = models.CharField(max_length=4, choices=Type)
    extent = models.CharField(max_length=12, blank=True)
    size = models.PositiveIntegerField()
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class File(TakenIn):
    """A picture, a paper or plain text that belongs to a case. For whom it is was said before it was kept, and is never widened.

    Its bytes are in `Content`. `about` is the id of what it was sent for, such as a promise.
    """

    JOURNEY = journey.JOURNEY
    ties = staticmethod(_ties)

    case = Within(Case, models.CASCADE, related_name="files")
    stage = models.CharField(max_length=9, choices=journey.Stage)
    audience = models.CharField(_("who may open it"), max_length=7, choices=Audience)
    reader = Within(Participation, null=True, related_name="+")
    words = SealedText(of="case_id", verbose_name=_("what it is"))
    instead_of = Within("self", null=True, related_name="+")
    about = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.SHARED, reader__isnull=False) | (~Q(audience=Audience.SHARED) & Q(reader__isnull=True)),
                name="file_shared_with_one",
            ),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=12 * 1024 * 1024), name="file_of_a_size"),
            models.UniqueConstraint(fields=["programme", "about", "by"], condition=Q(stage="shown"), name="file_shown_once"),
        ]
        indexes = [models.Index(fields=["programme", "case", "-at"], name="file_of_case")]


class Content(Walled):
    """The bytes of a file, sealed before they reach the database. They go when the file goes."""

    file = Within(File, models.CASCADE, related_name="contents")
    case = Within(Case, models.CASCADE, related_name="+")
    data = SealedBytes(of="case_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "file"], name="content_once")]


class Harm(Walled):
    """That somebody sent something harmful to a case. It was not kept; the team looks at it once."""

    ties = staticmethod(inherited("case", ties_to_a_case, only=frozenset({Tie.COORDINATES, Tie.FACILITATES})))

    case = Within(Case, models.CASCADE, related_name="+")
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)
