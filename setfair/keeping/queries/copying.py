"""What is kept about one person, for them to read and to take away: all their own words and what was shared with them, and nobody else's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.preparation.models import Complaint
from setfair.referrals.models import Referral
from setfair.safety.models import Alarm
from setfair.vault import ring

from .askers import of_asker
from .circled import others_in, others_than
from .exchanged import unsent_of
from .given import Given
from .lines import Line, at
from .theirs import kept_to_themselves, of_person

Section = dict[str, Any]


def copy_for(whose: Participation | Referral, files: list[Given]) -> list[Section]:
    """Sections of lines, in the language that is spoken now, as the team reads them through before they are handed over.

    Names of others are replaced by what they are in it; others' words are not in it. Of the `files` it tells that they go with it.
    """
    return _titled(of_person(whose, files) if isinstance(whose, Participation) else of_asker(whose))


def apart_for(whose: Participation | Referral, until: datetime) -> list[Section]:
    """What they wrote past those who run the meeting, did not hand in, or said when someone was not safe: never for the team that reads on."""
    mine = {"participation": whose} if isinstance(whose, Participation) else {"referral": whose}
    rows = list(Complaint.objects.filter(**mine, at__lte=until).order_by("at", "id"))
    ring.gather(row.pk for row in rows)
    hide = others_than(whose) if isinstance(whose, Participation) else others_in(whose, whose.cases.first())
    told = list(Alarm.objects.filter(**mine, at__lte=until).exclude(place=Alarm.Place.STAFF).order_by("at", "id"))
    ring.gather(row.pk for row in told)
    return _titled([
        ("complaints", _("What you wrote past those who run the meeting"), [at(row.at, hide(row.words)) for row in rows]),
        ("unsent", _("What you wrote to the others and did not hand in"), unsent_of(whose, hide) if isinstance(whose, Participation) else []),
        ("own_words", _("What you want to say and ask"), kept_to_themselves(whose, hide) if isinstance(whose, Participation) else []),
        ("alarms", _("When you told us that someone was not safe"), [at(row.at, hide(f"{row.words} {row.reach}".strip())) for row in told]),
    ])  # fmt: skip


def mark_of_copy(sections: list[Section], files: list[Given]) -> str:
    """Stands for what is on the page: other words, or another file, and it is another one. That it was looked at changes nothing in it."""
    said = [[section for section in sections if section["key"] != "looks"], [(one.number, str(one.file.pk)) for one in files]]
    return hashlib.sha256(json.dumps(said).encode() + settings.SECRET_KEY.encode()).hexdigest()[:16]


def _titled(sections: Iterable[tuple[str, str, list[Line]]]) -> list[Section]:
    return [{"key": key, "title": title, "lines": lines} for key, title, lines in sections if lines]
