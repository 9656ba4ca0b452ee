"""Each row is somebody's place in an open case: named by our reference, or by the number that the case had in the list it came from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.actions import add_person
from setfair.cases.forms_of_people import PersonForm
from setfair.cases.models import Case, Role
from setfair.cases.queries import circle, twins
from setfair.core.text import folded

from ..marks import of_own_number
from ..models import Made
from .fields import Field, Shape
from .judging import Came, Here, Likely, NotSo, Words, accepted, in_our_words

TICK = _("Yes or no.")
FIELDS = (
    Field("case", _("Case"), "case,case number,case no,reference,ref,number,caso,número de caso,expediente,referencia,número", needed=True,
          help=_("Our reference, such as C-0042, or the number in the list of cases that you brought in.")),
    Field("name", _("Name"), "name,full name,person,nombre,nombre completo,persona", needed=True),
    Field("called", _("Wants to be called"), "called,preferred name,nickname,nombre preferido,apodo"),
    Field("role", _("They are here as"), "role,party,type,part,papel,rol,parte,tipo", Shape.CODE, tuple(Role.choices)),
    Field("both", _("They were hurt, and they hurt somebody too"), "both,ambos", Shape.YES, help=TICK),
    Field("stands_by", _("Stands by"), "stands by,supports,for,child,student,acompaña a,apoya a,hijo,alumno",
          help=_("The name of somebody in the same case.")),
    Field("guardian_needed", _("A parent or guardian must also agree"), "minor,under 18,child,guardian needed,menor,menor de edad",
          Shape.YES, help=TICK),
    Field("has_authority", _("This parent or guardian may decide for them"), "authority,legal guardian,has authority,custody,tutor legal,"
          "patria potestad", Shape.YES, help=TICK),
    Field("language", _("Language"), "language,idioma,lengua", Shape.LANGUAGE),
    Field("birth_year", _("Year of birth"), "birth year,year of birth,año de nacimiento"),
    Field("interpreter", _("Needs an interpreter"), "interpreter,needs interpreter,intérprete", Shape.YES, help=TICK),
    Field("needs", _("Access, food, seat, breaks"), "needs,access needs,accommodations,necesidades,apoyos"),
    Field("email", _("Email"), "email,e-mail,email address,mail,correo,correo electrónico"),
    Field("call", _("Phone call"), "phone,telephone,phone number,call,tel,mobile,teléfono,móvil,celular"),
    Field("sms", _("Text message"), "text,sms,text message,mensaje de texto"),
    Field("post", _("Letter"), "address,post,postal address,dirección"),
    Field("through", _("Through someone"), "through,via,a través de,por medio de"),
    Field("times", _("Best time, in their words"), "best time,times,mejor hora,horario"),
)  # fmt: skip
EXAMPLE = {"case": "C-0042", "name": "Toni Example", "role": "harmed", "guardian_needed": "yes", "language": "Spanish", "call": "555 0100 200"}


def make(said: Words, here: Here) -> Came:
    case = case_named(said.get("case", ""), here)
    present = circle(case)
    by_name = {folded(p.person.name): p for p in present} | {folded(p.person.shown): p for p in present}
    there = by_name.get(folded(said.get("stands_by", "")))
    if said.get("stands_by") and there is None:
        raise NotSo([("stands_by", _now("Nobody in this case has this name. Their own row comes first, further up."))])
    form = accepted(PersonForm(person_data(said, here) | {"stands_by": str(there.pk) if there else ""}, circle=present))
    return came_in(case, form, here)


def came_in(case: Case, form: Any, here: Here) -> Came:
    """Their place in this case, unless they look like somebody we know."""
    place = form.place()
    found = [] if here.takes_likely else twins(case, here.by, **place)
    if found:
        where = ", ".join(sorted({p.case.ref for twin in found for p in twin.places}))
        raise Likely(_now("Somebody with this name is here already: %(where)s. If it is the same person, add them by hand.") % {"where": where})
    with in_our_words():
        participation = add_person(case, by=here.by, **place)
    return Came(participation, {"case": case, "participation": participation})


def person_data(said: Words, here: Here) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "case"} | {"language": said.get("language") or here.programme.language}


def case_named(number: str, here: Here) -> Case:
    """The case that this row is about, if whoever brings it in runs it."""
    known = Made.objects.filter(own_number=of_own_number(here.programme.pk, number), participation__isnull=True).values("case")
    mine = open_to(here.by, Permission.RUN_CASE, Case)
    case = mine.filter(ref=number.strip().upper()).first() or mine.filter(pk__in=known).first()
    if case is None:
        raise NotSo([("case", _now("There is no open case with this number that you run."))])
    return case


def known_as(said: Words) -> tuple[str, str]:
    """By what a row further down says that it stands by this one."""
    return folded(said.get("case", "")), folded(said.get("name", ""))


def leans_on(said: Words) -> tuple[str, str] | None:
    return (folded(said.get("case", "")), folded(said["stands_by"])) if said.get("stands_by") else None
