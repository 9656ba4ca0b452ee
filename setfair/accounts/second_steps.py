"""The secrets of authenticator apps and recovery codes, in a rotation of the master keys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

SECRETS = ("secret", "seed", "migrated_codes")


@transaction.atomic
def seal_anew() -> None:
    """Every secret under the newest master key."""
    for step in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
        step.data = {name: _anew(said) if name in SECRETS else said for name, said in step.data.items()}
        step.save(update_fields=["data"])


def _anew(said: Any) -> Any:
    adapter = get_adapter()
    return [_anew(one) for one in said] if isinstance(said, list) else adapter.encrypt(adapter.decrypt(said))
