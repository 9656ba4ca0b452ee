"""Who of the team is asked to help, and who is close to somebody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from setfair.cases import actions as cases
from setfair.cases.models import Case, Participation
from setfair.facilitators import actions as facilitators
from setfair.letters.models import Letter
from setfair.scheduling.open_days import FURTHEST, open_between
from setfair.village.build import Village
from setfair.village.time import today


def asked_to_help(village: Village, at: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """A student is asked for a day, one of the team is in the same year as somebody, and somebody has an exam."""
    by, case = village.actor("cora"), Case.objects.get(ref=at["half"]["ref"])
    person = Participation.objects.filter(case=case).order_by("added_at").first()
    cases.note_close(person, by=by, facilitator=village.facilitator("mina"), kind="year")
    day = today(case.programme) + timedelta(days=9)
    facilitators.note_exam(village.facilitator("ines"), by=village.actor("ada"), on=day)
    open_then = next(one for one in open_between(case.programme, day, day + FURTHEST, minutes=60) if one.name == "After school")
    asked = {"part": "student", "starts_at": open_then.starts, "minutes": 60, "window": open_then.name, "languages": "English"}
    duty = cases.ask_to_help(case, by=by, facilitator=village.facilitator("tova"), **asked)
    token = re.search(r"/day/([\w-]+)/", Letter.objects.get(key=f"duty:{duty.pk}:asked").body)
    return {"duty": {"pk": duty.pk}, "duty_link": {"programme": village.school.slug, "token": token[1] if token else ""}}
