"""One case that cannot be looked at holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

UNREAD = _("This could not be looked at. Please open it.")
T = TypeVar("T")
log = logging.getLogger(__name__)


def apart(act: Callable[[], T]) -> T | None:
    """What it gives; nothing, where something goes wrong with this one case. Of it nothing is left then, and the log knows the kind of fault."""
    try:
        with transaction.atomic():
            return act()
    except Exception as fault:  # whatever it is, its words may be somebody's
        log.warning("One case of a plan could not be looked at: %s", type(fault).__name__)
        return None
