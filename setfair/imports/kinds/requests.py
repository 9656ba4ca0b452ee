"""Each row is a request. It is read, answered and followed like any other; nobody is written to because of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.models import Programme
from setfair.referrals.actions import bring_in
from setfair.referrals.alike import anything_like, to_words
from setfair.referrals.forms.screening import Entry
from setfair.referrals.likeness import Likeness
from setfair.referrals.models import Referral
from setfair.referrals.routes import as_request

from ..models import Made
from .fields import Field, Shape
from .judging import Came, Here, Likely, Words, accepted, each, in_our_words

SURE = frozenset({Likeness.Kind.NAME, Likeness.Kind.COURT})
FIELDS = (
    Field("received", _("Day it came in"), "received,date received,date,referral date,date of referral,recibido,fecha,fecha de recepción", Shape.DAY),
    Field(
        "source",
        _("Who asks"),
        "source,referral source,referred by,from,origen,fuente,quién pide,remitido por",
        Shape.CODE,
        tuple(Referral.Source.choices),
    ),
    Field("asker", _("Their name"), "name,asker,referrer,contact name,contact person,nombre,solicitante,persona de contacto"),
    Field("for_whom", _("For whom"), "for,for whom,client,student,participant,para,para quién,alumno,cliente"),
    Field(
        "story",
        _("What happened"),
        "what happened,story,description,incident,summary,details,notes,qué pasó,descripción,incidente,hechos,resumen,notas",
    ),
    Field("day", _("Day it happened"), "incident date,date of incident,happened on,day,fecha del incidente,fecha de los hechos,día", Shape.DAY),
    Field("words", _("When, in words"), "when,cuándo"),
    Field(
        "people",
        _("Who was part of it"),
        "people,involved,people involved,parties,personas,implicados,involucrados",
        help=_("Several names with a semicolon between them."),
    ),
    Field("safety", _("About safety"), "safety,risk,concerns,seguridad,riesgo"),
    Field("safety_worry", _("Worry about safety"), "safety worry,safety concern,urgent,urgente,preocupación", Shape.YES, help=_("Yes or no.")),
    Field("email", _("Email"), "email,e-mail,email address,mail,correo,correo electrónico"),
    Field("call", _("Phone"), "phone,telephone,phone number,call,tel,mobile,teléfono,móvil,celular"),
    Field("sms", _("Number for text messages"), "text,sms,text message,mensaje de texto"),
    Field("post", _("Postal address"), "address,post,postal address,dirección"),
    Field("through", _("Through whom they are reached"), "through,via,a través de,por medio de"),
    Field("message_ok", _("OK to leave a message"), "message ok,ok to leave message,mensaje", Shape.YES, help=_("Yes or no.")),
    Field("none", _("Does not want to be contacted"), "do not contact,no contact wanted,no contactar", Shape.YES, help=_("Yes or no.")),
    Field("language", _("Language"), "language,idioma,lengua", Shape.LANGUAGE),
    Field("needs", _("What helps them"), "needs,access needs,accommodations,necesidades,apoyos"),
    Field("office", _("Office"), "office,agency,organisation,organization,school,court,oficina,organismo,escuela,juzgado"),
    Field("court_number", _("Court or file number"), "court number,file number,case number,docket,número de expediente,expediente"),
    Field("legal_stage", _("Where it stands in law"), "legal stage,stage,etapa legal,etapa", Shape.CODE, tuple(Referral.LegalStage.choices)),
    Field("orders", _("Orders that limit contact"), "orders,court orders,órdenes"),
    Field("deadline", _("Deadline"), "deadline,due,due date,plazo,fecha límite", Shape.DAY),
)  # fmt: skip
EXAMPLE = {
    "received": "2026-03-02",
    "source": "parent",
    "asker": "Maria Example",
    "for_whom": "Toni",
    "story": "Two boys fought after the game and do not speak since.",
    "call": "555 0100 200",
    "language": "Spanish",
}


class RowForm(Entry):
    """The form in which the team types a request in, with what offices add."""

    received = forms.DateField(required=False)
    office = forms.CharField(max_length=200, required=False)
    court_number = forms.CharField(max_length=60, required=False)
    legal_stage = forms.ChoiceField(choices=[("", ""), *Referral.LegalStage.choices], required=False)
    orders = forms.CharField(max_length=5000, required=False)

    def clean_deadline(self) -> date | None:
        """Here it may have been missed."""
        day: date | None = self.cleaned_data["deadline"]
        if day and day < clock.EARLIEST:
            raise forms.ValidationError(_("That is a long time ago. Please check the year."))
        return day

    def clean_received(self) -> date | None:
        day: date | None = self.cleaned_data["received"]
        if day and day > self.today():
            raise forms.ValidationError(_("That day has not come yet."))
        if day and day < clock.EARLIEST:
            raise forms.ValidationError(_("That is a long time ago. Please check the year."))
        return day


def takes(field: Field, programme: Programme) -> list[tuple[str, str]]:
    """What can stand in this column, in a programme of this kind."""
    asking = {code for code, _label in RowForm(programme=programme).fields["source"].choices}  # type: ignore[attr-defined]
    return [(code, label) for code, label in field.words if field.name != "source" or code in asking]


def make(said: Words, here: Here) -> Came:
    data: dict[str, Any] = dict(said) | {"form_key": str(_key(here.mark)), "people": "\n".join(each(said.get("people", "")))}
    form: Any = accepted(RowForm(data | {"language": said.get("language") or here.programme.language}, programme=here.programme))
    day = form.cleaned_data["received"]
    told = as_request(form.answers())
    if not here.takes_likely:
        _look_for_the_same(told, here)
    with in_our_words():
        referral = bring_in(by=here.by, form_key=_key(here.mark), received_on=day, is_trial=here.is_trial, **told)
    return Came(referral, {"referral": referral})


def _look_for_the_same(told: Mapping[str, Any], here: Here) -> None:
    """Whoever is named in another request, or the number of whose file. Requests of the same list are left to whoever wrote it."""
    there = anything_like(told, here.by.programme_id, SURE)
    others = there and there.difference(Made.objects.filter(table=here.table, referral__in=there).values_list("referral", flat=True))
    if not others:
        return
    refs = sorted(one.referral.ref for one in to_words(told, here.by, _key(here.mark)) if one.kinds & SURE and one.referral.pk in others)
    if refs:
        raise Likely(_now("This may be a request that is here already: %(where)s.") % {"where": ", ".join(refs)})


def _key(mark: bytes) -> UUID:
    return UUID(bytes=mark[:16])
