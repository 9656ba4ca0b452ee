"""The step before what cannot be undone or carries words away: whoever is signed in shows once more that it is them."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required

sure = reauthentication_required
"""Stands under `@door`. Whoever showed it within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds goes on;
others are asked, and then led back here, with what they sent."""
