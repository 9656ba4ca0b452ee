"""What a new programme starts with, by kind. Every line can be changed on screen (practice.md, annex C2)."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from .glance import UNASKED
from .models import Programme

WEEK, SCHOOL_DAYS = range(7), range(5)

RULES: dict[str, dict[str, Any]] = {
    Programme.Kind.SCHOOL: {
        "max_minutes": 60,
        "talk_minutes": 45,
        "settle_minutes": 10,
        "break_minutes": 5,
        "staff_needed": 1,
        "students_needed": 2,
        "reply_days": 2,
        "takes_professional_referrals": False,
    },
    Programme.Kind.COMMUNITY: {
        "max_minutes": 150,
        "talk_minutes": 90,
        "settle_minutes": 15,
        "break_minutes": 15,
        "staff_needed": 2,
        "students_needed": 0,
        "reply_days": 3,
        "takes_professional_referrals": True,
        "glance": list(UNASKED),
    },
}

TEXTS: dict[str, dict[str, Any]] = {
    Programme.Kind.SCHOOL: {
        "about": _(
            "A conference is a planned talk. The people who were part of something that hurt sit down together, with trained helpers. "
            "Everyone gets to speak. Everyone chooses to come."
        ),
        "goals": _(
            "We understand each other better.\nEveryone is treated with respect.\nEach person has a say in what comes next.\n"
            "Our school is a safe and caring place.\nWe learn from what happened.\nIt ends well, and we can move on."
        ),
        "who_may_ask": _(
            "Any student, parent or member of staff. Come to us yourself, or ask any administrator or member of the peer team to bring it to us."
        ),
    },
    Programme.Kind.COMMUNITY: {
        "about": _(
            "A conference is a planned talk. The people who were part of something that hurt sit down together, with trained helpers. "
            "Everyone gets to speak. Everyone chooses to come."
        ),
        "goals": _(
            "People who were hurt are heard, and get answers.\nPeople who did it can explain, and put it right.\n"
            "Everyone helps to make the plan.\nNeighbours feel safe again."
        ),
        "who_may_ask": _("Anyone who was part of it. Courts, lawyers, police, probation and other offices can send it to us too."),
    },
}

WINDOWS: dict[str, tuple[tuple[Any, range | tuple[int, ...], time, time], ...]] = {
    Programme.Kind.SCHOOL: (
        (_("Tuesday morning"), (1,), time(8, 0), time(9, 30)),
        (_("Lunch"), SCHOOL_DAYS, time(12, 0), time(13, 0)),
        (_("After school"), SCHOOL_DAYS, time(15, 15), time(16, 45)),
    ),
    Programme.Kind.COMMUNITY: (
        (_("Daytime"), SCHOOL_DAYS, time(9, 0), time(17, 0)),
        (_("Evening"), (0, 1, 2, 3), time(17, 30), time(20, 30)),
        (_("Saturday morning"), (5,), time(9, 0), time(13, 0)),
    ),
}
"""Name, weekdays (Monday is 0), from, to."""

ROOM = _("Meeting room")
