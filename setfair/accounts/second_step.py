"""Something that one has, beside something that one knows: a passkey, or an app that shows numbers."""

from __future__ import annotations

from collections.abc import Collection
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest

from .models import StepGone, User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
STEP = "mfa"
"""What the sign-in library writes into a stay when the second step was taken."""
_reason: ContextVar[tuple[StepGone.Why, UUID | None] | None] = ContextVar("reason", default=None)


class NobodyTookIt(RuntimeError):
    """A second step was about to go for no reason that could be written down."""


def passed(request: HttpRequest) -> bool:
    """Whether the second step was taken, or set up, in this very stay: one that began with a password alone does not gain by another."""
    user: Any = request.user
    return any(record["method"] == STEP for record in get_authentication_records(request, user))


def has_one(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def with_one(user_ids: Collection[UUID]) -> set[UUID]:
    """Which of these accounts have a second step."""
    return set(Authenticator.objects.filter(user_id__in=user_ids, type__in=KINDS).values_list("user_id", flat=True))


def end_stays(user: User) -> None:
    """Whoever is signed in as this account, wherever that is, is signed out at the next click."""
    User.objects.filter(pk=user.pk).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])


def end_other_stays(request: HttpRequest, user: User) -> None:
    """All of them but this one."""
    end_stays(user)
    update_session_auth_hash(request, user)


@transaction.atomic
def take_away(user: User, *, by: UUID | None) -> None:
    """Forget the second step of somebody who lost it, recovery codes and all, and end every stay that was begun with it."""
    let_go(Authenticator.objects.filter(user_id=user.pk), why=StepGone.Why.RESET, by=by)
    end_stays(user)


@transaction.atomic
def let_go(steps: QuerySet[Authenticator], *, why: StepGone.Why, by: UUID | None) -> None:
    """These go, for this reason."""
    token = _reason.set((why, by))
    try:
        steps.delete()
    finally:
        _reason.reset(token)


def note_going(sender: Any, instance: Authenticator, **told: Any) -> None:
    """Heard in the moment before one goes, whoever takes it away: why is written down first. On the library's own pages it is the owner."""
    why, by = _reason.get() or (StepGone.Why.OWN, _owner_here(instance))
    StepGone.objects.create(account_id=instance.user_id, step=instance.pk, kind=instance.type, why=why, by=by)


def _owner_here(step: Authenticator) -> UUID:
    user = getattr(context.request, "user", None)
    if user is None or user.pk != step.user_id:
        raise NobodyTookIt(step.pk)
    return user.pk


def note_set_up(request: HttpRequest) -> None:
    """After a page on which one is set up. With the first one the step is taken in this stay, and stays that began without it end."""
    user: Any = request.user
    if passed(request) or Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).count() != 1:
        return
    end_other_stays(request, user)
    record_authentication(request, user, STEP)


def note_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Heard when one is put away: with the last one what was shown with it counts no more, and other stays end."""
    if authenticator.type not in KINDS or has_one(user):
        return
    kept = [record for record in get_authentication_records(request, user) if record["method"] != STEP]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
    end_other_stays(request, user)


def note_used(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **told: Any) -> None:
    """Heard when one is used: that a recovery code was, the person is told."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        get_adapter().send_notification_mail("mfa/email/recovery_code_used", user)
