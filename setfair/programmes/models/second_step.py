from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from setfair.core import clock
from setfair.core.records import Record, Walled


class Vouch(Walled):
    """That somebody of the team says: I have spoken with our only administrator, it is them, and they lost their second step.

    `by` is None for whoever runs the server. It counts for a day, and together with another one.
    """

    account_id = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "account_id", "-at"], name="vouch_latest")]


class ServerWord(Record):
    """That whoever runs the server says it now, of the programme `about`. The web's role can neither write nor read one: `config.back_in` writes
    it as the owner of the tables, and the database takes it in exchange for the server's own `Vouch`, once and within two minutes.
    """

    about = models.UUIDField()
    said_at = models.DateTimeField(db_default=Now())


class StepReset(Walled):
    """That the second step of somebody was taken away, so that they set up another. `by` is None when it was the word of two."""

    account_id = models.UUIDField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
