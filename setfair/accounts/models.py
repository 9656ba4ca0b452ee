from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Record, Walled


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> User:
        """An account with or without a password; without one, sign-in is by a code sent to the address."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save()
        return user

    def at(self, email: str, *, name: str, language: str) -> User:
        """The account with this address, as it is; a new one without a password when there is none. Of two at the same instant both get the same."""
        there = self.filter(email__iexact=email).first()
        if there is not None:
            return there
        try:
            with transaction.atomic():
                return self.create_user(email=email, name=name, language=language)
        except IntegrityError:
            return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A member of staff or of a student team. What they may do is in memberships, one programme at a time; here is only who they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)
    epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """Counts up when every stay of this account is to end."""
    told_at = models.DateTimeField(null=True, editable=False)
    """When its owner was last told that somebody tries to guess the password."""

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_session_auth_hash(self) -> str:
        """A stay holds for as long as the password and the epoch are what they were when it began."""
        return salted_hmac("setfair stay", f"{super().get_session_auth_hash()} {self.epoch}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """None: a secret that was changed is not honoured any more."""
        yield from ()


class Browser(Record):
    """A browser that an account was signed in with. It keeps a random sign in a cookie, of which only a keyed digest lies here.

    `alarm` is the digest of the link in the letter that told of it: whoever opens that says that it was not them.
    `set_up` are the second steps that were set up in a stay in it.
    Not behind the wall: an account belongs to no one programme.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    alarm = models.BinaryField(max_length=32, null=True, unique=True)
    set_up = ArrayField(models.BigIntegerField(), default=list)
    since = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="browser_once")]


class StepGone(Record):
    """That a second step was taken away: whose, which, by whom and why; a fact. None goes without one that was written in the same transaction.

    `by` is None where two of the team said so for an administrator, or where the link of a letter did.
    """

    class Why(models.TextChoices):
        OWN = "own"
        RESET = "reset"
        DISOWNED = "disowned"

    account_id = models.UUIDField()
    step = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    why = models.CharField(max_length=8, choices=Why)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(("by", models.F("account_id")), ("why", "own"))
                | models.Q(models.Q(by__isnull=True) | ~models.Q(by=models.F("account_id")), ("why", "reset"))
                | models.Q(("by__isnull", True), ("why", "disowned")),
                name="step_gone_by",
            )
        ]
        indexes = [models.Index(fields=["step"], name="step_gone")]


class Pass(Walled):
    """What a participant or a referrer shows instead of an account.

    A *code* is typed, from paper or a text; it lasts until the case closes, can be
    reissued on the spot and is rate-limited. A *link* works once: opening it shows a
    button, and pressing the button spends it, so that a mail scanner spends nothing.
    Only a keyed digest is kept. `bearer_id` is a participation, a referral or a sender of referrals. A link
    remembers to whom it was sent, and over which way, and so does a code that was
    shown to whoever opened it, so that they end with that way.
    `over` is a code that was taken back because what it was for has come to its end: it opens nothing, and for a year whoever types it is told so.
    `case_id` is the case whose history tells of it; of whoever asked, none before their request has become one.
    """

    class Kind(models.TextChoices):
        CODE = "code"
        LINK = "link"

    class Bearer(models.TextChoices):
        PARTICIPATION = "participation"
        REFERRAL = "referral"
        OFFICE = "office"

    kind = models.CharField(max_length=4, choices=Kind)
    bearer = models.CharField(max_length=13, choices=Bearer)
    bearer_id = models.UUIDField()
    digest = models.BinaryField(max_length=32)
    case_id = models.UUIDField(null=True)
    reader_id = models.UUIDField(null=True)
    way = models.CharField(max_length=6, blank=True, db_default="", default="")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    spent_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    over = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "digest"], name="pass_digest_once"),
            models.UniqueConstraint(
                fields=["programme", "bearer", "bearer_id"], condition=models.Q(kind="code", revoked_at__isnull=True), name="pass_one_live_code"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="code", spent_at__isnull=True) | models.Q(kind="link", expires_at__isnull=False), name="pass_shape"
            ),
        ]
        indexes = [models.Index("digest", name="pass_by_digest"), models.Index(fields=["programme", "bearer_id"], name="pass_of_bearer")]


class Feed(Walled):
    """An address from which a calendar program of its owner reads their own days in this programme, until it is taken back.

    Only a keyed digest is kept. `titled`: an entry says which case it is and in which
    room; else it says only that they are busy.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    titled = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "digest"], name="feed_digest_once"),
            models.UniqueConstraint(fields=["programme", "user"], condition=models.Q(ended_at__isnull=True), name="feed_one_live"),
        ]
        indexes = [models.Index("digest", name="feed_by_digest")]
