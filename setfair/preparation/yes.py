"""A yes as it was given: to which words, for what, to whom it may go, under what condition and until when; and what left the house on it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.people.models import Person
from setfair.programmes.ways import Way
from setfair.referrals.models import Referral
from setfair.vault.fields import SealedText

from .fact import Fact
from .slips import Slip


class Scope(models.TextChoices):
    TAKE_PART = "take_part", _("take part")
    SUPPORT = "support", _("support it, without taking sides")
    NOTES = "notes", _("we keep notes")
    SURVEY = "survey", _("we ask later how it was")
    OUTCOME = "outcome", _("we tell who sent the request whether it went ahead")
    SHARE = "share", _("we tell an office whether it took place")
    LEARNING = "learning", _("we learn from it, without names")


class Recipient(Walled):
    """An office, named by the programme, that may be told something or learn something when a person says yes to it.

    A court or another office is asked about only in the cases that name it; who asks
    later how it was, and who learns, in every case. Closed, it is asked about no more.
    """

    class Purpose(models.TextChoices):
        SHARE = Scope.SHARE.value, Scope.SHARE.label
        SURVEY = Scope.SURVEY.value, Scope.SURVEY.label
        LEARNING = Scope.LEARNING.value, Scope.LEARNING.label

    name = models.CharField(_("name of the office"), max_length=80)
    purpose = models.CharField(_("what for"), max_length=8, choices=Purpose)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "purpose", "name"], condition=Q(closed_at__isnull=True), name="recipient_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Asking(Walled):
    """That in this case people are asked whether one office may be told."""

    case = Within(Case, models.CASCADE, related_name="+")
    recipient = Within(Recipient, related_name="+")
    since = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "case", "recipient"], condition=Q(ended_at__isnull=True), name="asking_once")]


class ConsentText(Walled):
    """What somebody read before they answered: the sentence that they said yes to, and all that was explained above it (`parts`).

    Kept once for each programme, question, language and digest. Other words are
    another row, with the next version; whoever answered to these still points here.
    `way` says what taking part was: to meet, to talk in a call, to hear from each other without.
    """

    class About(models.TextChoices):
        ME = "me", _("of the person themselves")
        CHILD = "child", _("of a parent or guardian")

    purpose = models.CharField(max_length=9, choices=Scope)
    about = models.CharField(max_length=5, choices=About)
    way = models.CharField(max_length=7, choices=Way, default=Way.MEET)
    recipient = Within(Recipient, null=True, related_name="+")
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sentence = models.TextField()
    parts = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "purpose", "about", "recipient", "language", "digest"], nulls_distinct=False, name="consent_text_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "purpose", "about", "recipient", "language", "version"], nulls_distinct=False, name="consent_text_version"
            ),
        ]


class Consent(Fact):
    """One answer, of one person, to one question. The latest counts; an earlier one is never altered.

    `giver` is the person, or a guardian who answers for them. `text` is what they had
    read, `words` the version of the house's own explanations, `method` how they
    answered. A yes to tell an office names it, and a yes may end on a day (`until`)
    or hang on a condition, in their own words.
    """

    Scope = Scope

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("Not sure")
        WITHDRAWN = "withdrawn", _("Changed their mind")

    class Method(models.TextChoices):
        OWN = "own", _("on their own page")
        SAID = "said", _("said to a facilitator")
        PAPER = "paper", _("on paper")

    participation = Within(Participation, models.CASCADE, related_name="consents")
    giver = Within(Participation, models.CASCADE, related_name="given_consents")
    scope = models.CharField(max_length=9, choices=Scope)
    recipient = Within(Recipient, null=True, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer)
    method = models.CharField(max_length=5, choices=Method)
    words = models.CharField(max_length=12)
    text = Within(ConsentText, null=True, related_name="+")
    language = models.CharField(max_length=10)
    interpreted = models.BooleanField(_("an interpreter helped"), default=False)
    conditions = SealedText(of="case_id", verbose_name=_("only if"))
    until = models.DateField(_("counts until"), null=True)
    slip = Within(Slip, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["programme", "participation", "scope", "-at"], name="consent_latest"),
            models.Index(fields=["programme", "case"], condition=Q(answer__in=("no", "unsure", "withdrawn")), name="consent_not_yes"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(answer="yes") | Q(text__isnull=False), name="consent_yes_to_words"),
            models.CheckConstraint(
                condition=Q(scope__in=("take_part", "support", "notes", "outcome"), recipient__isnull=True)
                | Q(scope__in=("share", "learning"), recipient__isnull=False)
                | Q(scope="survey"),
                name="consent_to_whom",
            ),
        ]


class Disclosure(Walled):
    """That something about a person left those who prepare it: what kind, to whom, on which yes, by whom and when. Never changed.

    Kinds that need a yes point to it, and the database takes the row only while that
    is the latest word of whoever gave it, has not ended, and is about this very thing.
    """

    class Kind(models.TextChoices):
        STATUS = "status", _("the page of whoever asked")
        OUTCOME = "outcome", _("the page of whoever asked, with whether it went ahead")
        REPORT = "report", _("a short report")
        LETTER = "letter", _("a letter")
        AGREEMENT = "agreement", _("the agreement on paper")
        COPY = "copy", _("a copy of what is kept about them")
        EXPORT = "export", _("a list or a file")

    NEEDS = {"outcome": Scope.OUTCOME, "report": Scope.SHARE, "letter": Scope.SHARE}

    person = Within(Person, models.CASCADE, related_name="+")
    case = Within(Case, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    told = ArrayField(models.CharField(max_length=20), default=list)
    recipient = Within(Recipient, null=True, related_name="+")
    referral = Within(Referral, null=True, related_name="+")
    receiver = Within(Participation, null=True, related_name="+")
    consent = Within(Consent, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by_kind = models.CharField(max_length=12)
    by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "person", "-at"], name="disclosure_latest")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind__in=("outcome", "report", "letter")) | Q(consent__isnull=False), name="disclosure_stands_on"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True, referral__isnull=True)
                | Q(recipient__isnull=True, receiver__isnull=True)
                | Q(referral__isnull=True, receiver__isnull=True),
                name="disclosure_to_one",
            ),
            models.CheckConstraint(condition=~Q(kind__in=("report", "letter")) | Q(recipient__isnull=False), name="disclosure_to_an_office"),
            models.CheckConstraint(condition=Q(case__isnull=False) | Q(receiver__isnull=True, consent__isnull=True), name="disclosure_of_a_case"),
        ]
