"""Each row is a case that was open before Setfair. It begins where every case begins: everyone is met and asked, nobody's yes comes out of a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.actions import assign, open_case
from setfair.cases.forms_of_people import PersonForm
from setfair.cases.models import Assignment, Case, Role
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Programme
from setfair.ui.forms import DayInput

from .fields import Field, Shape
from .judging import Came, Here, NotSo, Words, accepted, each, in_our_words
from .people import came_in, person_data

SIDES = {"harmed": Role.HARMED, "responsible": Role.RESPONSIBLE}
FIELDS = (
    Field("number", _("Number in your list"), "number,no,case,case number,case no,id,ref,reference,número,caso,número de caso,expediente,referencia",
          help=_("So that the list of people finds it. A case with the same number is not brought in twice.")),
    Field("opened", _("Open since"), "opened,open since,start,start date,date opened,date,abierto,fecha de inicio,fecha de apertura,fecha",
          Shape.DAY),
    Field("matter", _("What it is about, in a word or two"), "matter,about,type,offense,incident,title,asunto,tipo,delito,incidente,título",
          needed=True),
    Field("summary", _("What was told"), "summary,description,details,notes,what happened,resumen,descripción,notas,qué pasó"),
    Field("deadline", _("Deadline"), "deadline,due,due date,plazo,fecha límite", Shape.DAY),
    Field("harmed", _("Who was harmed"), "harmed,harmed person,person harmed,victim,affected,persona dañada,víctima,afectado",
          help=_("Several names with a semicolon between them.")),
    Field("harmed_email", _("Their email"), "harmed email,victim email,correo de la víctima"),
    Field("harmed_call", _("Their phone"), "harmed phone,victim phone,teléfono de la víctima"),
    Field("responsible", _("Who is responsible"), "responsible,responsible person,person responsible,offender,youth,respondent,responsable,"
          "ofensor,joven",
          help=_("Several names with a semicolon between them.")),
    Field("responsible_email", _("Email of who is responsible"), "responsible email,offender email,youth email,correo del responsable"),
    Field("responsible_call", _("Phone of who is responsible"), "responsible phone,offender phone,youth phone,teléfono del responsable"),
    Field("lead", _("Who facilitates"), "facilitator,lead,lead facilitator,assigned to,facilitador,facilitadora,asignado a",
          help=_("Their name or email, as it stands in your team.")),
)  # fmt: skip
EXAMPLE = {
    "number": "24-017",
    "opened": "2026-02-11",
    "matter": "Fight after a game",
    "harmed": "Toni Example",
    "harmed_call": "555 0100 200",
    "responsible": "Alex Example; Sam Example",
    "lead": "lee@place.example",
}


class CaseForm(forms.Form):
    """The case itself, without its people."""

    number = forms.CharField(max_length=60, required=False)
    opened = forms.DateField(required=False, widget=DayInput)
    matter = forms.CharField(max_length=200)
    summary = forms.CharField(max_length=50_000, required=False)
    deadline = forms.DateField(required=False, widget=DayInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_opened(self) -> date | None:
        day: date | None = self.cleaned_data["opened"]
        if day and day > clock.local(clock.now(), self.programme.zone).date():
            raise forms.ValidationError(_("That day has not come yet."))
        if day and day < clock.EARLIEST:
            raise forms.ValidationError(_("That is a long time ago. Please check the year."))
        return day


def make(said: Words, here: Here) -> Came:
    told = accepted(CaseForm(said, programme=here.programme)).cleaned_data
    with in_our_words():
        case = open_case(
            by=here.by,
            coordinator=User.objects.get(pk=str(here.by.id)),
            matter=told["matter"],
            summary=told["summary"],
            deadline=told["deadline"],
            opened_on=told["opened"],
            is_trial=here.is_trial,
        )
    for side, role in SIDES.items():
        _bring_side(case, side, role, said, here)
    if said.get("lead"):
        _bring_lead(case, said["lead"], here)
    return Came(case, {"case": case})


def _bring_side(case: Case, side: str, role: Role, said: Words, here: Here) -> None:
    """The people of one side. How to reach them is theirs only where one is named."""
    names = each(said.get(side, ""))
    ways = {way: said[f"{side}_{way}"] for way in ("email", "call") if said.get(f"{side}_{way}")}
    if len(names) != 1 and ways:
        raise NotSo([(side, _now("An email or a phone number is for one person. Bring in the others with a list of people."))])
    for name in names:
        try:
            form = accepted(PersonForm(person_data({"name": name, "role": role.value, **ways}, here), circle=circle(case)))
        except NotSo as reason:
            raise NotSo([(_column(side, field), words) for field, words in reason.faults]) from None
        came_in(case, form, here)


def _column(side: str, field: str) -> str:
    return f"{side}_{field}" if field in ("email", "call") else side


def _bring_lead(case: Case, named: str, here: Here) -> None:
    found = [
        each for each in Facilitator.objects.select_related("user") if named.casefold() in (each.user.email.casefold(), each.user.name.casefold())
    ]
    if len(found) != 1:
        raise NotSo([("lead", _now("Nobody who facilitates here has this name or email."))])
    with in_our_words():
        assign(case, by=here.by, facilitator=found[0], part=Assignment.Part.LEAD)
