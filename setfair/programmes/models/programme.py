from __future__ import annotations

from datetime import time
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.hours import Hours
from setfair.core.records import Record

from ..matters import Matter


def some_days_before() -> list[int]:
    return [3, 1]


class Programme(Record):
    """One team that holds conferences. The defaults of a school and of a county come from practice.md, annex C2, and all can be changed."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("a school's peer conferencing")
        COMMUNITY = "community", _("a community or justice programme")

    class SecondStep(models.TextChoices):
        RUNNING = "running", _("those who coordinate, supervise or administer")
        STAFF = "staff", _("they and the facilitators")
        EVERYONE = "everyone", _("everyone, student facilitators too")

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("neutral name, for messages and tabs"), max_length=40)
    is_demo = models.BooleanField(default=False, editable=False)
    zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    language = models.CharField(_("first language"), max_length=10, default="en")
    colour = models.CharField(_("colour"), max_length=7, default="#0F5E5A")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    room = models.CharField(_("where to find us"), max_length=80, blank=True)
    emergency = models.CharField(_("number to call in danger"), max_length=20, default="911")
    exit_site = models.URLField(_("where the exit button leads"), default="https://www.weather.gov/")
    about = models.TextField(_("what it is, in your words"), blank=True)
    goals = models.TextField(_("its goals, one a line"), blank=True)
    who_may_ask = models.TextField(_("who may ask"), blank=True)
    max_minutes = models.PositiveSmallIntegerField(_("longest conference, in minutes"), default=60)
    talk_minutes = models.PositiveSmallIntegerField(_("minutes to talk"), default=45, db_default=45)
    settle_minutes = models.PositiveSmallIntegerField(_("minutes to arrive and settle"), default=10, db_default=10)
    break_minutes = models.PositiveSmallIntegerField(_("minutes for breaks"), default=5, db_default=5)
    interpreter_percent = models.PositiveSmallIntegerField(_("more time to talk with an interpreter, in percent"), default=25, db_default=25)
    staff_needed = models.PositiveSmallIntegerField(_("staff facilitators needed"), default=1)
    students_needed = models.PositiveSmallIntegerField(_("student facilitators needed"), default=2)
    reply_days = models.PositiveSmallIntegerField(_("school or working days to a first reply"), default=2)
    yes_days = models.PositiveSmallIntegerField(_("days for which a yes holds"), default=90, db_default=90)
    safety_days = models.PositiveSmallIntegerField(_("days for which a look at safety holds"), default=14, db_default=14)
    safety_after_days = models.PositiveSmallIntegerField(_("days for which it holds once they have met"), default=30, db_default=30)
    silence_days = models.PositiveSmallIntegerField(_("days without anything done, until somebody is reminded"), default=7, db_default=7)
    again_days = models.PositiveSmallIntegerField(_("days before the day in which people are asked once more"), default=7, db_default=7)
    remind_days = ArrayField(
        models.PositiveSmallIntegerField(), default=some_days_before, blank=True, verbose_name=_("days before the day on which people are reminded")
    )
    chase_days = models.PositiveSmallIntegerField(_("days until whoever has not said when they could come is reminded"), default=3, db_default=3)
    early_harmed = models.PositiveSmallIntegerField(_("minutes before the start, for the person harmed and theirs"), default=15, db_default=15)
    early_responsible = models.PositiveSmallIntegerField(_("minutes before the start, for the one responsible and theirs"), default=5, db_default=5)
    early_others = models.PositiveSmallIntegerField(_("minutes before the start, for everybody else"), default=10, db_default=10)
    early_team = models.PositiveSmallIntegerField(_("minutes before the start, for those who hold it"), default=30, db_default=30)
    search_weeks = models.PositiveSmallIntegerField(_("weeks in which a time is searched for"), default=6, db_default=6)
    escalate_minutes = models.PositiveSmallIntegerField(_("minutes until others are told that somebody is not safe"), default=10, db_default=10)
    slips_twice = models.BooleanField(_("somebody else compares what was typed in from paper"), default=False, db_default=False)
    takes_professional_referrals = models.BooleanField(_("courts and other professionals may refer"), default=False)
    takes_files = models.BooleanField(_("anybody who asks may send files"), default=False, db_default=False)
    letters_from = models.TimeField(_("messages leave from"), default=time(8))
    letters_until = models.TimeField(_("messages leave until"), default=time(20))
    glance = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("letters that wait for a look"))
    matters_blocked = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("what is not taken here"))
    matters_specialist = ArrayField(models.CharField(max_length=8), default=list, blank=True, verbose_name=_("what is taken with a specialist"))
    second_step = models.CharField(_("who signs in with a second step"), max_length=9, choices=SecondStep, default="running", db_default="running")
    opened_at = models.DateTimeField(default=clock.now)
    last_case = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    last_request = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """The highest numbers that were forgotten here: no number is given twice."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(max_minutes__range=(10, 480)), name="programme_max_minutes"),
            models.CheckConstraint(
                condition=models.Q(talk_minutes__range=(10, 480), settle_minutes__lte=120, break_minutes__lte=120, interpreter_percent__lte=100),
                name="programme_length",
            ),
            models.CheckConstraint(
                condition=models.Q(yes_days__range=(7, 365), safety_days__range=(1, 90), silence_days__range=(1, 60)), name="programme_clocks"
            ),
            models.CheckConstraint(condition=models.Q(again_days__range=(2, 30)), name="programme_asks_anew"),
            models.CheckConstraint(condition=models.Q(remind_days__contained_by=list(range(1, 15))), name="programme_reminds"),
            models.CheckConstraint(condition=models.Q(chase_days__range=(1, 14)), name="programme_chases"),
            models.CheckConstraint(
                condition=models.Q(early_harmed__lte=120, early_responsible__lte=120, early_others__lte=120, early_team__lte=120),
                name="programme_arrivals",
            ),
            models.CheckConstraint(condition=models.Q(search_weeks__range=(1, 26)), name="programme_searches"),
            models.CheckConstraint(condition=models.Q(safety_after_days__range=(1, 180)), name="programme_looks_after"),
            models.CheckConstraint(condition=~models.Q(matters_blocked__overlap=models.F("matters_specialist")), name="programme_matters_apart"),
            models.CheckConstraint(
                condition=models.Q(matters_blocked__contained_by=Matter.values, matters_specialist__contained_by=Matter.values),
                name="programme_matters_known",
            ),
            models.CheckConstraint(condition=models.Q(escalate_minutes__range=(2, 60)), name="programme_escalates"),
            models.CheckConstraint(condition=models.Q(letters_until__gt=models.F("letters_from")), name="programme_letters_by_day"),
            ExclusionConstraint(
                name="programme_demo_or_real",
                expressions=[(Cast("is_demo", models.IntegerField()), RangeOperators.NOT_EQUAL)],
                violation_error_message=_("Demonstration and real programmes cannot share one database."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def looks_for(self, have_met: bool) -> int:
        """For how many days a look at somebody's safety holds, before they meet or while promises are kept."""
        return self.safety_after_days if have_met else self.safety_days

    @property
    def by_day(self) -> Hours:
        """When messages may leave at all; 23:59 is the end of the day."""
        return Hours(self.letters_from, None if self.letters_until >= time(23, 59) else self.letters_until)

    @property
    def programme_id(self) -> UUID:
        """A programme stands inside itself, so that the journal and the policy can treat it like any other row."""
        return self.pk

    def case_key(self) -> None:
        return None
