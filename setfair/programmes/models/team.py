from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled


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
