from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access import handed as stay
from setfair.access.doors import door
from setfair.access.exits import ended
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.journal.journey import WrongStep
from setfair.programmes.speaking import in_language

from .. import actions, forms, pages, queries
from ..beside import page_of
from ..journey import Stage
from ..models import Agreement, Signature
from .desk import shown, tried

Both = require_http_methods(["GET", "POST"])


@door(Permission.HAND_TABLET, Agreement)
@Both
def tablet(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """What handing over means. Pressing the button ends the staff stay in this browser; what begins opens the signing alone."""
    if agreement.stage != Stage.SIGNING:
        return redirect(page_of(agreement))
    form = forms.ChosenNumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return stay.hand_over(request, agreement.pk, actions.hand_round(agreement, by=request.actor), form.cleaned_data["tablet_number"])
    context = {"agreement": agreement, "hands": queries.hands(agreement), "form": form, "back": page_of(agreement)}
    return render(request, "agreements/tablet.html", context, status=422 if form.is_bound else 200)


@door(Permission.SIGN_ON_TABLET, Agreement)
@Both
def handed(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Whose turn it is, by first name, for the team to choose. Nothing here says who has signed; the page of whoever has does not open again."""
    if not stay.with_team(request):
        return redirect("handed_number")
    people = queries.among(agreement, stay.people(request))
    chosen = next((p for p in people if str(p.pk) == request.POST.get("person")), None)
    if chosen is None:
        return render(request, "agreements/tablet_list.html", pages.tablet_list(agreement, people), status=422 if request.method == "POST" else 200)
    stay.give_to(request, chosen.pk)
    return _thanked(request) if queries.has_signed(agreement, chosen) else redirect("handed_sign")


@door(Permission.SIGN_ON_TABLET, Agreement)
@Both
def handed_number(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Between two people: only whoever knows the number comes to the names. Guessed at too often, the tablet closes."""
    if stay.with_team(request):
        return redirect("handed")
    form = forms.NumberForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid() and stay.take(request, form.cleaned_data["tablet_number"]):
            return redirect("handed")
    except stay.TooManyTries:
        return _closed(request, agreement)
    if form.is_valid():
        form.was_wrong()
    context = {"form": form, "in_turn": stay.turn(request)}
    return render(request, "agreements/tablet_number.html", context, status=422 if form.is_bound else 200)


@door(Permission.SIGN_ON_TABLET, Agreement)
@Both
def handed_sign(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The page of whoever has the tablet now, in their language, with nothing on it about anybody else's signature."""
    person = queries.holding_it(agreement, stay.turn(request))
    if person is None or request.POST.get("whose", str(person.pk)) != str(person.pk):
        return redirect("handed")
    with in_language(person.person.language):
        if request.method == "GET":
            return render(request, "agreements/tablet_person.html", pages.tablet(agreement, person))
        form = forms.TabletForm(request.POST)
        if form.is_valid() and _signed(request, agreement, person, form):
            return _thanked(request)
        return render(request, "agreements/tablet_person.html", pages.tablet(agreement, person) | {"form": form}, status=422)


@door(Permission.SIGN_ON_TABLET, Agreement)
@Both
def handed_thanks(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Says thank you and hand it back, whether they signed or not; their own page is closed."""
    if request.method == "POST":
        return _thanked(request)
    return render(request, "agreements/tablet_thanks.html")


@door(Permission.SIGN_ON_TABLET, Agreement)
@require_POST
def handed_back(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The team has the tablet again: the stay is over, and whoever goes on signs in."""
    request.session.flush()
    return ended(render(request, "agreements/tablet_back.html"))


@door(Permission.HAND_TABLET, Participation)
@require_POST
def paper_signature(request: HttpRequest, person: Participation) -> HttpResponse:
    """Somebody signed with a pen; whoever holds the sheet writes that down."""
    form = forms.PaperForm(request.POST)
    agreement = lying(person, form)
    if agreement is None:
        return shown(request, person.case, _("Please write the name as it stands on the paper."))
    said = form.cleaned_data | {"language": form.cleaned_data["language"] or person.person.language}
    method = Signature.Method.PAPER
    return tried(request, agreement, lambda: actions.sign(agreement, by=request.actor, participation=person, method=method, **said))


@door(Permission.HAND_TABLET, Participation)
@require_POST
def spoken_signature(request: HttpRequest, person: Participation) -> HttpResponse:
    """Somebody said yes aloud, in the room or on the telephone; whoever heard it writes that down under their own name."""
    form = forms.HeardForm(request.POST)
    agreement = lying(person, form)
    if agreement is None:
        return shown(request, person.case, _("Please say that you read it to them and heard their yes."))
    said = {"method": Signature.Method.SPOKEN, "typed_name": person.person.shown, "language": person.person.language}
    said |= {name: form.cleaned_data[name] for name in ("seen", "remark", "remark_shown")}
    return tried(request, agreement, lambda: actions.sign(agreement, by=request.actor, participation=person, **said))


@door(Permission.HAND_TABLET, Participation)
@require_POST
def remark_away(request: HttpRequest, person: Participation) -> HttpResponse:
    """Whoever signed with somebody of the team beside them takes their own words under it away again."""
    form = forms.WhichForm(request.POST)
    signed = queries.signed_in_hand(person, form.cleaned_data["agreement"]) if form.is_valid() else None
    if signed is None:
        raise Http404
    return tried(request, signed.agreement, lambda: actions.remark(signed, by=request.actor, words=""))


def lying(person: Participation, form: forms.WhichForm) -> Agreement | None:
    """What lies there for them to sign, if what was sent is whole: of several only the one of which the page was."""
    return queries.being_signed_by(person, form.cleaned_data.pop("agreement")) if form.is_valid() else None


@door(Permission.HAND_TABLET, Participation)
@require_POST
def remark_let(request: HttpRequest, person: Participation) -> HttpResponse:
    """Somebody of the team has read what one of them wants everyone to read under their name, and lets it pass or keeps it."""
    form = forms.LetForm(request.POST)
    said = queries.remark_of(person, form.cleaned_data["remark"]) if form.is_valid() else None
    if said is None:
        messages.info(request, _("That has changed in the meantime. Please look at the page again."))
        return redirect("agreement", person.case.ref)
    if form.cleaned_data["keep"]:
        return tried(request, said.signature.agreement, lambda: actions.keep_to_team(said, by=request.actor), _("Only the team reads it."))
    done = _("Everyone who reads this reads it now, once all have signed.")
    return tried(request, said.signature.agreement, lambda: actions.let_pass(said, by=request.actor), done)


def _closed(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    actions.shut_tablet(agreement, by=stay.handed_by(request))
    request.session.flush()
    return ended(render(request, "agreements/tablet_back.html", {"guessed": True}, status=429))


def _thanked(request: HttpRequest) -> HttpResponse:
    stay.hand_back(request)
    return redirect("handed_thanks")


def _signed(request: HttpRequest, agreement: Agreement, person: Participation, form: forms.TabletForm) -> bool:
    """Whether it can be handed back. Who has signed before is thanked like anybody else, and nothing is written."""
    try:
        actions.sign(agreement, by=stay.handed_by(request), participation=person, method=Signature.Method.TABLET, **form.signs())
    except actions.SignedAlready:
        return True
    except (actions.CannotSign, WrongStep) as reason:
        form.add_error(None, str(reason))
        return False
    return True
