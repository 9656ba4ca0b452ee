"""Where a sheet is reached: on home, on the person's page, and as a thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.preparation.beside import Beside
from setfair.preparation.home import Card
from setfair.preparation.queries import Circle, Known, Task
from setfair.preparation.queries.progress import DONE, TODO, Of
from setfair.scheduling.queries import lies_ahead, live_booking, may_know

from .models import Given
from .queries import given_in, last_given


def own_card(me: Participation) -> Card | None:
    if me.case.stage not in (Stage.PREPARING, Stage.READY, Stage.SCHEDULED):
        return None
    return Card(_("All on one page"), _("Your questions, who comes, how long, and how to stop. To read or to print."), reverse("my_sheet"))


def beside_the_person(participation: Participation) -> Beside | None:
    given = last_given(participation)
    lines = [_in_words(given)] if given is not None else []
    return Beside(_("Questions given"), lines, _("Give the questions"), reverse("sheet_give", args=[participation.pk]))


def paper_beside_the_person(participation: Participation) -> Beside:
    return Beside(
        _("For whoever has no screen"), [], _("Everything on paper, with a slip for their answers"), reverse("sheet_pack", args=[participation.pk])
    )


def slip_beside_the_person(participation: Participation) -> Beside:
    return Beside(_("A slip that came back"), [], _("Type in what they answered on paper"), reverse("slip_back", args=[participation.pk]))


def card_beside_the_person(participation: Participation) -> Beside | None:
    booking = live_booking(participation.case)
    if booking is None or not lies_ahead(booking) or not may_know(booking, participation):
        return None
    return Beside(_("For a pocket"), [], _("Print a small card with the time"), reverse("person_card", args=[participation.pk]))


def to_be_given(known: Circle) -> Of:
    """Asked once for the circle. Which script was in use is looked at on the person's own page."""
    given = given_in(known.case)

    def tasks(k: Known, on: date) -> Iterable[Task]:
        last = given.get(k.participation.pk)
        note = _in_words(last) if last is not None and last.role == k.participation.role else ""
        return [Task("sheet", _("Give the questions in advance"), DONE if note else TODO, note, must=False)]

    return tasks


def _in_words(given: Given) -> str:
    return f"{given.get_form_display()}, {date_format(given.at, 'MONTH_DAY_FORMAT')}"
