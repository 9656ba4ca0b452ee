from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation, Role, ties_through_case
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from . import journey


class Piece(Walled):
    """What one of a circle has to say to another. Its words change only while it is being written; whom it goes to, somebody of the team says.

    `meant` is whom the writer has in mind, by what they are here: they may not know the name.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", _("a letter")
        MESSAGE = "message", _("a message to pass on")
        RECORDING = "recording", _("the words of a recording")

    JOURNEY = journey.JOURNEY
    ties = ties_through_case()

    case = Within(Case, models.CASCADE, related_name="+")
    writer = Within(Participation, models.CASCADE, related_name="+")
    receiver = Within(Participation, models.CASCADE, null=True, related_name="+")
    meant = models.CharField(max_length=11, choices=Role)
    kind = models.CharField(_("what it is"), max_length=9, choices=Kind)
    words = SealedText(of="case_id")
    stage = models.CharField(max_length=10, choices=journey.Stage, default=journey.Stage.WRITING)
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(stage__in=("kept", "offered", "delivered")) | Q(receiver__isnull=False), name="piece_for_somebody"),
            models.CheckConstraint(condition=~Q(receiver=F("writer")), name="piece_for_another"),
        ]
        indexes = [models.Index(fields=["programme", "case", "-at"], name="piece_of_case")]


class Said(Walled):
    """What was said about a piece: given back with a reason, wanted back after it was read, not wanted, or its writer may know."""

    class What(models.TextChoices):
        RETURNED = "returned", _("given back")
        RECALLED = "recalled", _("wanted back")
        THANKED = "thanked", _("they have it, and let it be told")
        REFUSED = "refused", _("not wanted")
        BROUGHT = "brought", _("its writer was told in person why it came back")

    class Why(models.TextChoices):
        BLAMES = "blames", _("It puts blame on the other one")
        FORGIVES = "forgives", _("It asks to be forgiven")
        DETAILS = "details", _("It tells things that may hurt to read")
        UNSAFE = "unsafe", _("It does not feel safe as it is")
        NAMES = "names", _("It tells names, or where somebody lives")
        LONG = "long", _("It is very long")
        OTHER = "other", _("Something else")

    case = Within(Case, models.CASCADE, related_name="+")
    piece = Within(Piece, models.CASCADE, related_name="said")
    what = models.CharField(max_length=8, choices=What)
    why = models.CharField(_("why"), max_length=8, choices=Why, blank=True)
    words = SealedText(of="case_id")
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what="returned") | ~Q(why=""), name="returned_with_a_reason")]


class Wanting(Walled):
    """Whether somebody wants to be told when something was written for them. The latest counts; without a word they are asked."""

    case = Within(Case, models.CASCADE, related_name="+")
    participation = Within(Participation, models.CASCADE, related_name="+")
    wants = models.CharField(_("what they want"), max_length=5, choices=[("yes", _("to be asked")), ("never", _("nothing from the others"))])
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField()


class NotNow(Walled):
    """That somebody has seen that there is something for them, and left it for another day."""

    case = Within(Case, models.CASCADE, related_name="+")
    piece = Within(Piece, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
