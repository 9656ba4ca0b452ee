from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Tie
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.core.records import Walled, Within
from setfair.programmes.models import Role
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedJSON

from . import journey

KEPT = timedelta(days=7)
"""How long the words of a file lie here at most, and how long what came of it can be taken back."""


def _brought_it(actor: Actor) -> Q | None:
    return Q(by=actor.id) if actor.kind == Kind.STAFF and actor.has(Role.COORDINATOR) else None


class Table(Walled):
    """A list that somebody brought in from a file. It is theirs: a file may name people whom others of the team are kept from.

    Of the file itself nothing is kept but its rows (`Leaf`), for as long as they are needed. `first` is the number of the
    first row; `columns` says what each column is, by the names in `kinds`; `otherwise` what a row is taken for that does
    not say it; `takes_likely` that rows come in too which look like something that is here.
    """

    class Kind(models.TextChoices):
        REQUESTS = "requests", _("Requests")
        CASES = "cases", _("Open cases")
        PEOPLE = "people", _("People of open cases")

    class Days(models.TextChoices):
        DAY_FIRST = "dmy", _("day, month, year: 27/03/2026")
        MONTH_FIRST = "mdy", _("month, day, year: 03/27/2026")

    JOURNEY = journey.JOURNEY
    ties = {Tie.COORDINATES: _brought_it}

    kind = models.CharField(max_length=8, choices=Kind)
    stage = models.CharField(max_length=8, choices=journey.Stage, default=journey.Stage.NAMING)
    rows = models.PositiveIntegerField()
    first = models.PositiveIntegerField(default=1)
    has_names = models.BooleanField(default=True)
    columns = ArrayField(models.CharField(max_length=20, blank=True), default=list)
    days = models.CharField(max_length=3, choices=Days, default=Days.DAY_FIRST)
    otherwise = models.CharField(max_length=16, blank=True)
    takes_likely = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")
    by = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    brought_at = models.DateTimeField(null=True)
    undone_to = models.PositiveIntegerField(null=True)
    """While it is taken back, the last row first: how far that has come."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rows__gte=1, rows__lte=50_001), name="table_rows")]
        indexes = [models.Index(fields=["programme", "by", "-at"], name="table_of")]

    @property
    def length(self) -> int:
        """Its rows without the line of names."""
        return self.rows - 1 if self.has_names else self.rows


class Leaf(Walled):
    """Some rows of a list, sealed: `[number, [cells]]`. `found` says of those that do not simply come in why not.

    A row that came in is gone from it in the same moment, and the leaf with the last of them.
    """

    table = Within(Table, models.CASCADE, related_name="leaves")
    number = models.PositiveSmallIntegerField()
    rows = SealedJSON(of="id")
    found = SealedJSON(of="id")
    prints = ArrayField(models.BinaryField(max_length=32), default=list)
    good = models.PositiveSmallIntegerField(default=0)
    wrong = models.PositiveSmallIntegerField(default=0)
    likely = models.PositiveSmallIntegerField(default=0)
    here = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    ran_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "table", "number"], name="leaf_once")]


class Made(Walled):
    """What came of a row: a request, a case or a place in one. With it goes this row.

    `mark` stands for what was read of the row and `cells` for all that stood in it, so that the same row is never brought in
    twice, though another column is named the next time; `own_number` for the number that the list gave the case. `line` is the
    last line of the journal that belongs to it: what follows was done with it since.
    """

    table = Within(Table, related_name="made")
    row = models.PositiveIntegerField()
    mark = models.BinaryField(max_length=32)
    cells = models.BinaryField(max_length=32, null=True)
    own_number = models.BinaryField(max_length=32, null=True)
    referral = Within(Referral, models.CASCADE, null=True, related_name="+")
    case = Within(Case, models.CASCADE, null=True, related_name="+")
    participation = Within(Participation, models.CASCADE, null=True, related_name="+")
    line = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "mark"], name="made_once"),
            models.UniqueConstraint(fields=["programme", "cells"], name="made_of_cells_once"),
            models.UniqueConstraint(fields=["programme", "table", "row"], name="made_of_row"),
            models.CheckConstraint(
                condition=Q(referral__isnull=False, case__isnull=True) | Q(referral__isnull=True, case__isnull=False), name="made_one_thing"
            ),
            models.CheckConstraint(condition=Q(participation__isnull=True) | Q(case__isnull=False), name="made_place_in_case"),
        ]
        indexes = [models.Index(fields=["programme", "own_number"], condition=Q(own_number__isnull=False), name="made_own_number")]


class Meaning(Walled):
    """What a word means here that we do not know, in a column that takes known words only; without a code such a cell counts as empty.

    It is said once, on the screen of a dry run, and holds for the programme's next lists. The word itself is not kept, only what stands for it.
    """

    kind = models.CharField(max_length=8, choices=Table.Kind)
    field = models.CharField(max_length=20)
    mark = models.BinaryField(max_length=32)
    code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "kind", "field", "mark"], name="meaning_once")]


class Heading(Walled):
    """What a column of this name was taken for the last time. The name itself is not kept, only what stands for it."""

    kind = models.CharField(max_length=8, choices=Table.Kind)
    mark = models.BinaryField(max_length=32)
    field = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "kind", "mark"], name="heading_once")]
