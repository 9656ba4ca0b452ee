from __future__ import annotations

import uuid
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.vault.fields import SealedText

from . import journey


class Channel(models.TextChoices):
    EMAIL = "email", _("email")
    SMS = "sms", _("text message")
    PAPER = "paper", _("on paper")


class Letter(Walled):
    """One message to one reader. It is its own queue entry: while its stage is `due`, it is owed.

    `reader_id` is the person or user it is for, whose key seals address and body,
    together with the key of the case it is about: they end with either. `calendar`
    is a calendar file that goes with an e-mail. By `case_id`
    a withdrawal finds what must not go any more, too. `key` says which act
    it belongs to, so that doing the act twice does not write twice. `message_id`
    stays the same over every try. After `until` it says nothing any more, and goes nowhere. `act` is the same for all that one act set off.
    `looked_at` is when somebody of the team let a held one go, `cleared_at` when it
    was last found that nothing stands in its way; only then does it leave.
    """

    JOURNEY = journey.JOURNEY

    stage = models.CharField(max_length=10, choices=journey.Stage, default=journey.Stage.DUE)
    channel = models.CharField(max_length=6, choices=Channel)
    reader_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    key = models.CharField(max_length=120)
    message_id = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=120)
    address = SealedText(of="reader_id", within="case_id")
    body = SealedText(of="reader_id", within="case_id")
    calendar = SealedText(of="reader_id", within="case_id")
    due_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    act = models.UUIDField(default=uuid.uuid4, editable=False)
    mark = models.BinaryField(max_length=32, null=True, editable=False)
    held_for = models.CharField(max_length=20, blank=True)
    looked_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="letter_once"),
            models.CheckConstraint(condition=~models.Q(stage="sent") | models.Q(sent_at__isnull=False), name="letter_sent_at"),
        ]
        indexes = [
            models.Index("programme", "due_at", condition=models.Q(stage="due"), name="letter_due"),
            models.Index("programme", "made_at", condition=models.Q(stage__in=("failed", "held", "printed")), name="letter_waits"),
            models.Index(fields=["programme", "act"], condition=models.Q(stage="held"), name="letter_of_act"),
            models.Index(fields=["programme", "reader_id"], name="letter_of_reader"),
        ]

    def case_key(self) -> UUID | None:
        return self.case_id

    def keys(self) -> tuple[UUID | None, ...]:
        """Under whose keys its words are sealed, to gather many with one query."""
        return self.reader_id, self.case_id


class Handing(Walled):
    """That a letter on paper was posted, or given into somebody's hand; a fact, and the only sign that it left."""

    letter = Within(Letter, models.CASCADE, related_name="handings")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "letter"], name="letter_handed_once")]


class CameBack(Walled):
    """That somebody answered a letter, or wrote to where letters come from; a fact. Its words are sealed as a letter's are, under whoever it is from.

    One that fits nobody has no `reader_id` and a key of its own. `from_elsewhere`: it came from another address than
    we had written to, from one that is no way of theirs any more, or is a mail that names no letter of ours and so may be
    anybody's. Of what hung on it only the number is kept.
    `is_shared`: it came from an address that others have too, and says of one of them that it is used no more, without a word of who wrote what.
    `is_uncertain`: whoever it is taken to be from shares the address with others, and any of them may have written it.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("an answer")
        STOP = "stop", _("no more messages there")
        WRONG = "wrong", _("the wrong number or person")
        START = "start", _("messages there again, they ask")
        BOUNCE = "bounce", _("a message given back")
        UNREAD = "unread", _("a message that could not be read")

    letter = Within(Letter, models.CASCADE, null=True, related_name="came_back")
    owner_id = models.UUIDField()
    reader_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=6, choices=Channel)
    kind = models.CharField(max_length=6, choices=Kind)
    words = SealedText(of="owner_id", within="case_id")
    sender = SealedText(of="owner_id", within="case_id")
    from_elsewhere = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    is_uncertain = models.BooleanField(default=False)
    left_out = models.PositiveSmallIntegerField(default=0)
    mark = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "mark"], name="came_back_once"),
            models.CheckConstraint(condition=models.Q(is_shared=False) | models.Q(reader_id__isnull=False), name="came_back_shared_of_one"),
        ]
        indexes = [models.Index(fields=["programme", "case_id", "at"], name="came_back_of_case")]

    def case_key(self) -> UUID | None:
        return self.case_id

    def keys(self) -> tuple[UUID | None, ...]:
        """The same as of a letter."""
        return self.owner_id, self.case_id


class CameBackRead(Walled):
    """That somebody of the team has read it and sees to it; a fact."""

    came_back = Within(CameBack, models.CASCADE, related_name="readings")
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "came_back"], name="came_back_read_once")]


class Quiet(Walled):
    """That somebody asked for no more messages at an address, or that it was the wrong one; a fact about the address and about nobody.

    `mark` stands for the number or inbox. It outlives whoever it was said of: a person forgotten, or one who comes later with the same number.
    """

    mark = models.BinaryField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "mark"], name="quiet_mark")]
