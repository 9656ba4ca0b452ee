from __future__ import annotations

from datetime import time
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models.functions import Cast, Lower, Now
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.hours import Hours
from setfair.core.records import Record, Walled, Within

from .problems import Problem as Problem


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
    staff_needed = models.PositiveSmallIntegerField(_("staff facilitators needed"), default=1)
    students_needed = models.PositiveSmallIntegerField(_("student facilitators needed"), default=2)
    reply_days = models.PositiveSmallIntegerField(_("school or working days to a first reply"), default=2)
    yes_days = models.PositiveSmallIntegerField(_("days for which a yes holds"), default=90, db_default=90)
    safety_days = models.PositiveSmallIntegerField(_("days for which a look at safety holds"), default=14, db_default=14)
    silence_days = models.PositiveSmallIntegerField(_("days without anything done, until somebody is reminded"), default=7, db_default=7)
    again_days = models.PositiveSmallIntegerField(_("days before the day in which people are asked once more"), default=7, db_default=7)
    escalate_minutes = models.PositiveSmallIntegerField(_("minutes until others are told that somebody is not safe"), default=10, db_default=10)
    slips_twice = models.BooleanField(_("somebody else compares what was typed in from paper"), default=False, db_default=False)
    takes_professional_referrals = models.BooleanField(_("courts and other professionals may refer"), default=False)
    letters_from = models.TimeField(_("messages leave from"), default=time(8))
    letters_until = models.TimeField(_("messages leave until"), default=time(20))
    glance = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("letters that wait for a look"))
    second_step = models.CharField(_("who signs in with a second step"), max_length=9, choices=SecondStep, default="running", db_default="running")
    opened_at = models.DateTimeField(default=clock.now)
    last_case = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    last_request = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """The highest numbers that were forgotten here: no number is given twice."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(max_minutes__range=(10, 480)), name="programme_max_minutes"),
            models.CheckConstraint(
                condition=models.Q(yes_days__range=(7, 365), safety_days__range=(1, 90), silence_days__range=(1, 60)), name="programme_clocks"
            ),
            models.CheckConstraint(condition=models.Q(again_days__range=(2, 30)), name="programme_asks_anew"),
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


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator: sees every case, accepts requests, opens and closes cases")
    SUPERVISOR = "supervisor", _("Case supervisor: reads cases, signs off safety")
    ADMINISTRATOR = "administrator", _("Administrator: settings and people, no cases")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead: is told at once when somebody is not safe; opens no cases")
    FACILITATOR = "facilitator", _("Facilitator: the cases they are assigned to")
    STUDENT = "student", _("Student facilitator: the script and first names, around the day")


class Membership(Walled):
    """That someone holds a role here. It ends, and is never deleted, so that the journal stays readable."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=13, choices=Role)
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    shown_publicly = models.BooleanField(_("first name and role on the public page"), default=False)
    shown_by = models.UUIDField(null=True)
    """Who chose that. A student's name is shown by nobody but themself; the database holds that too."""
    called = models.CharField(max_length=80, blank=True)
    """The name they were given here, when their account came from elsewhere: an invitation must not tell who stands behind an address."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "user", "role"], condition=models.Q(ended_at__isnull=True), name="membership_once"),
            models.CheckConstraint(
                condition=~models.Q(role="student") | models.Q(shown_publicly=False) | models.Q(shown_by=models.F("user")),
                name="membership_student_shows_oneself",
            ),
        ]

    @property
    def name(self) -> str:
        return self.called or self.user.name


class Offer(Walled):
    """That somebody who does not belong here was asked to take a role. Only their own yes makes a membership of it.

    It is the same for somebody new and for somebody with an account from elsewhere: `name` is what was typed, and tells nothing else.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        TAKEN_BACK = "taken_back", _("taken back")

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=Role)
    name = models.CharField(max_length=80)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "user", "role"], condition=models.Q(answer=""), name="offer_once")]


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


class Term(Walled):
    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_runs_forward")]


class Closure(Walled):
    """Days on which nothing can be booked: holidays, exams, a snow day."""

    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_runs_forward")]


class Window(Walled):
    """A named stretch of the week in which conferences may be held: "Tuesday morning", "lunch", "after school"."""

    name = models.CharField(_("name"), max_length=40)
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="window_runs_forward"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="window_weekday"),
        ]


class Room(Walled):
    name = models.CharField(_("name"), max_length=40)
    seats = models.PositiveSmallIntegerField(_("seats"), default=12)
    directions = models.CharField(_("how to get there"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Device(Walled):
    """A tablet or computer that stands where people use it one after another. It is known by a cookie (`access.shared`), and named for its place.

    Ended, it is an ordinary device again at its next page, and never a shared one by this row.
    """

    name = models.CharField(_("where it stands"), max_length=40)
    since = models.DateTimeField(default=clock.now)
    by = models.UUIDField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", Lower("name"), condition=models.Q(ended_at__isnull=True), name="device_name_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True) | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="device_ended_by_somebody",
            ),
            models.CheckConstraint(condition=models.Q(name__regex=r"\S"), name="device_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Wording(Walled):
    """The programme's own word for one of ours ("pupil" for "student"), in one language."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "key", "language"], name="wording_once")]


class Script(Walled):
    """A running script. Changing one makes a new version; a conference keeps the one it was held with."""

    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="en")
    version = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name", "language", "version"], name="script_version")]


class ScriptPage(Walled):
    """One page of a script: whom it asks, what the facilitator says, and what helps when it goes quiet.

    `asks` is a role in the circle, `everyone`, or empty for words that ask nobody.
    Pages with `shared_before` are the questions people see in advance.
    """

    script = Within(Script, models.CASCADE, related_name="pages")
    order = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    helps = models.TextField(blank=True)
    shared_before = models.BooleanField(default=False)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["programme", "script", "order"], name="script_page_order")]
