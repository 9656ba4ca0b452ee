"""How sign-in behaves here: nobody signs up, every message goes through the outbox, and second steps are kept sealed."""

from __future__ import annotations

import uuid
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext_lazy as _

from setfair.core import tenant
from setfair.core.actor import system
from setfair.core.landing import is_page
from setfair.letters.actions import Address, Words, write
from setfair.letters.models import Channel
from setfair.vault import master

from . import outside
from .fresh import is_fresh
from .queries import account_at, first_programme_of
from .tries import tell_of_tries, was_tried_often


class Adapter(DefaultAccountAdapter):
    """Nobody signs up here: accounts are made by an administrator of a programme."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email and this password do not fit together. Check both, or ask for a code by email."),
        "incorrect_code": _("This code does not fit. Check it, or ask for a new one."),
        "incorrect_password": _("This password does not fit. Check it and try again."),
        "too_many_login_attempts": _("This was tried many times. Wait a few minutes, or ask for a code by email."),
        "rate_limited": _("This was tried many times. Wait a few minutes, then it works again."),
    }

    def get_login_stages(self) -> list[str]:
        """Whoever does not get past the second step is heard of as well."""
        heard = {"allauth.mfa.stages.AuthenticateStage": "setfair.accounts.half_way.Stage"}
        return [heard.get(stage, stage) for stage in super().get_login_stages()]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever's password is being guessed is told so; whoever guesses reads the same for every address."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            if was_tried_often(request, self._get_login_attempts_cache_key(request, **credentials)):
                tell_of_tries(credentials.get("email", ""))
            raise

    def logout(self, request: HttpRequest) -> None:
        """What was on a page of this stay cannot be sent from the next one."""
        super().logout(request)
        rotate_token(request)

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """Whoever signed in a moment ago has just shown who they are."""
        return not is_fresh(self.request)

    def is_safe_url(self, url: str | None) -> bool:
        """Whoever signed in is led on to a page, not to an address that only takes what a form sends."""
        return super().is_safe_url(url) and is_page(str(url))

    def format_email_subject(self, subject: Any) -> str:
        """The subject as it is: no site name in front of it."""
        return str(subject).strip()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter in the outbox of the account's first programme, so that the page answers before any post office does.

        Whoever belongs nowhere any more is written to from where they did, and to an account that never belonged anywhere the
        worker sends it (`outside`), so that nobody can tell by the time it takes.
        """
        self.queue(template_prefix, email, context, key=f"account {uuid.uuid4()}")

    def queue(self, template_prefix: str, email: str, context: dict[str, Any], *, key: str, due_at: datetime | None = None) -> None:
        """The same, once for each `key`, and not before `due_at`."""
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        account = account_at(email)
        programme_id = first_programme_of(account.pk) if account else None
        if account is None or programme_id is None:
            outside.leave(message)
            return
        words, to = Words(message.subject, str(message.body)), Address(Channel.EMAIL, email)
        with tenant.inside(programme_id):
            write(words, to=to, reader=account.pk, key=key, due_at=due_at, by=system(programme_id))

    def send_notification_mail(self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None) -> None:
        """To the one address that an account has."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondStep(DefaultMFAAdapter):
    """The secrets of authenticator apps and recovery codes lie in the database only under the master key."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("This number does not fit. Check it, or wait for the next one.")}

    def encrypt(self, text: str) -> str:
        return b64encode(master.sealed("second step", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return master.unsealed("second step", b64decode(encrypted_text)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner names it."""
        return str(_("This device"))

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url).svg_inline(scale=5, border=4, dark="#000", light="#fff")
