"""What is kept of when somebody could come: what they said, and how much of their own calendar."""

from __future__ import annotations

from collections import Counter

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from setfair.calendars.models import Busy, Calendar, Week
from setfair.cases.models import Participation
from setfair.scheduling.forms import ANSWERS, TAKEN_BACK
from setfair.scheduling.models import RoundAnswer, TimeAnswer

from .lines import Line, at, on


def times_of(me: Participation) -> list[Line]:
    """Every time they answered about, as a whole and of every week, and that they gave us calendars."""
    about, words = _("a time"), dict([*ANSWERS, TAKEN_BACK])
    said = [at(t.at, f"{about} ({at(t.starts_at)[0]}): {words[t.answer]}") for t in TimeAnswer.objects.filter(participation=me).order_by("at", "id")]
    rounds = [at(r.at, _round(r)) for r in RoundAnswer.objects.filter(participation=me).order_by("at", "id")]
    return [*said, *rounds, *_weeks(me)]


def _round(said: RoundAnswer) -> str:
    words = _("when you could come: %s") % said.get_means_display()
    return f"{words} ({said.get_said_by_display()}, {on(said.said_on)[0]})" if said.said_on else words


def _weeks(me: Participation) -> list[Line]:
    """What they said of every week, and that they gave us calendars; of these nothing is kept but when they are busy."""
    found = []
    for week in Week.objects.filter(occupant=me.person_id).prefetch_related("times", "days_off").order_by("at", "id"):
        said = [f"{WEEKDAYS[t.weekday]} {t.starts:%H:%M}–{t.ends:%H:%M}: {t.get_answer_display()}" for t in week.times.all()]
        off = [_("not from %(first)s to %(last)s") % {"first": on(d.first)[0], "last": on(d.last)[0]} for d in week.days_off.all()]
        found.append(at(week.at, "\n".join([_("every week:"), *said, *off])))
    blocks = Counter(Busy.objects.filter(calendar__occupant=me.person_id).values_list("calendar", flat=True))
    for calendar in Calendar.objects.filter(occupant=me.person_id).order_by("added_at", "id"):
        found.append(at(calendar.added_at, _("your own calendar: %(n)s times at which you are busy") % {"n": blocks[calendar.pk]}))
    return found
