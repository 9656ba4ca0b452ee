"""What is kept about whoever sent a request."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.enclosures.models import Enclosure
from setfair.files.words import described
from setfair.programmes.speaking import named
from setfair.referrals.changed import in_a_line
from setfair.referrals.models import Referral
from setfair.vault import ring

from .circled import others_in
from .lines import Hide, Line, at, known, letters_to, line, replies_of, since
from .looks import looks_at_request


def of_asker(request: Referral) -> list[tuple[str, str, list[Line]]]:
    ring.gather([request.pk])
    hide = others_in(request, Case.objects.filter(referral=request).select_related("coordinator").first())
    return [
        ("you", _("About you"), _about(request)),
        ("ways", _("How we may reach you"), known((key, hide(str(value))) for key, value in (request.reach or {}).items())),
        ("told", _("What you told us"), [line(key, hide(words)) for key, words, _iso in _told(request)] + _added(request, hide)),
        ("enclosed", _("Files that came with it"), [at(one.at, f"{described(one)}\n{hide(one.words)}") for one in _enclosed(request)]),
        ("talks", _("Times to talk with us"), [at(talk.starts_at or talk.at, hide(talk.place)) for talk in request.talks.order_by("at")]),
        ("letters", _("Letters to you"), letters_to(Q(reader_id=request.pk), hide)),
        ("replies", _("What you answered"), replies_of(Q(reader_id=request.pk), hide)),
        ("looks", _("When the team looked"), looks_at_request(request)),
    ]


def _about(request: Referral) -> list[Line]:
    told = [(_("Name"), request.asker), (_("Office"), request.office), (_("Language"), named(request.language)), (_("What you need"), request.needs)]
    return [
        *known(told),
        line(_("How you asked"), request.get_source_display()),
        line(_("Number"), request.ref),
        since(_("Came"), request.received_at),
        *([since(_("You asked again"), request.asked_again_at)] if request.asked_again_at else []),
    ]


def _told(request: Referral) -> list[Line]:
    return known(
        (
            (_("What happened"), request.story),
            (_("When"), request.when),
            (_("Who"), "\n".join(", ".join(str(part) for part in one.values() if part) for one in request.people or ())),
            (_("For whom"), request.for_whom),
            (_("Do the others know?"), request.get_others_know_display() if request.others_know else ""),
            (_("Safety"), request.safety),
            (_("Worried about safety"), _("yes") if request.safety_worry else ""),
            (_("What you wish for"), request.get_wish_display()),
            (_("Court number"), request.court_number),
            (_("How far the court is"), request.get_legal_stage_display() if request.legal_stage else ""),
            (_("Orders"), request.orders),
            (_("What you want to hear back"), request.wanted_back),
        )
    )


def _added(request: Referral, hide: Hide) -> list[Line]:
    return [at(more.at, hide(in_a_line(more))) for more in request.additions.all()]


def _enclosed(request: Referral) -> QuerySet[Enclosure]:
    """That they came, and what they are; a file itself goes to nobody by a code alone (decision 88)."""
    return Enclosure.objects.filter(referral=request).order_by("at", "id")
