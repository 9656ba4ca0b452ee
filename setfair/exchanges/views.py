from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases import queries as cases
from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.journal.journey import WrongStep

from . import actions, forms, queries
from .journey import Stage
from .models import Piece

REFUSALS = (actions.CannotExchange, WrongStep)


def _speakers(case: Case) -> list[Participation]:
    return [p for p in cases.circle(case) if p.role in SPEAKERS]


def _list(request: HttpRequest, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    circle = _speakers(case)
    page = {"lines": queries.pieces_of(case), "want_nothing": queries.with_nothing_wanted(case), "how": cases.how(case)}
    page |= {"note": forms.NoteDownForm(circle=circle, initial={"kind": "message"}), "want": forms.WantForm(circle=circle)}
    page |= {"columns": [_("From"), _("To"), _("How far"), _("Written down by"), ""]}
    return render(request, "exchanges/exchanges.html", cases.frame(case, "case") | page | bound, status=status)


@door(Permission.PREPARE, Case)
@require_GET
def exchanges(request: HttpRequest, case: Case) -> HttpResponse:
    """All that was handed in, and where it lies."""
    return _list(request, case)


@door(Permission.PREPARE, Case)
@require_POST
def piece_note(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.NoteDownForm(request.POST, circle=_speakers(case))
    if form.is_valid():
        try:
            said = form.said()
            actions.note_down(said.pop("writer"), by=request.actor, **said)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down. Somebody else of the team reads it next."))
            return redirect("exchanges", ref=case.ref)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _list(request, case, 422, note=form, form=form)


@door(Permission.PREPARE, Case)
@require_POST
def piece_wants(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.WantForm(request.POST, circle=_speakers(case))
    if not form.is_valid():
        return _list(request, case, 422, want=form, form=form)
    actions.want(form.circle[form.cleaned_data["who"]], by=request.actor, wants=form.cleaned_data["wants"])  # type: ignore[attr-defined]
    messages.success(request, _("It is written down."))
    return redirect("exchanges", ref=case.ref)


def _one(request: HttpRequest, piece: Piece, status: int = 200, **bound: Any) -> HttpResponse:
    readers = queries.readers_of(piece)
    page: dict[str, Any] = {"piece": piece, "line": queries.line_of(piece), "said": queries.said_about(piece)}
    page |= {"receiver_form": forms.ReceiverForm(readers=readers, initial={"receiver": str(readers[0].pk)} if len(readers) == 1 else {})}
    page |= {"back_form": forms.GiveBackForm(), "over_form": forms.HandOverForm(), "to_bring": queries.is_to_be_brought(piece)}
    return render(request, "exchanges/piece.html", cases.frame(piece.case, "case") | page | bound, status=status)


def _done(request: HttpRequest, piece: Piece, verb: Callable[[], Any], said: str, **form: Any) -> HttpResponse:
    """What follows a button of the piece's page; a refusal stands on the same page."""
    try:
        verb()
    except REFUSALS as reason:
        return _one(request, piece, 422, refusal=str(reason), **form)
    messages.success(request, said)
    return redirect("exchanges", ref=piece.case.ref)


@door(Permission.PREPARE, Piece)
@require_GET
def piece(request: HttpRequest, piece: Piece) -> HttpResponse:
    """One piece, to be read before anybody else does. What is still being written shows no words."""
    return _one(request, piece)


@door(Permission.PREPARE, Piece)
@require_POST
def piece_keep(request: HttpRequest, piece: Piece) -> HttpResponse:
    form = forms.ReceiverForm(request.POST, readers=queries.readers_of(piece))
    if not form.is_valid():
        return _one(request, piece, 422, receiver_form=form, form=form)
    verb = partial(actions.keep, piece, by=request.actor, receiver=form.chosen())  # type: ignore[attr-defined]
    return _done(request, piece, verb, _("It is kept in trust. Nobody is told yet."))


@door(Permission.PREPARE, Piece)
@require_POST
def piece_give_back(request: HttpRequest, piece: Piece) -> HttpResponse:
    form = forms.GiveBackForm(request.POST)
    if not form.is_valid():
        return _one(request, piece, 422, back_form=form, form=form)
    verb = partial(actions.give_back, piece, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    return _done(request, piece, verb, _("They can write it anew."), back_form=form)


@door(Permission.PREPARE, Piece)
@require_POST
def piece_offer(request: HttpRequest, piece: Piece) -> HttpResponse:
    return _done(request, piece, partial(actions.offer, piece, by=request.actor), _("They can see that something is there, and choose."))  # type: ignore[attr-defined]


@door(Permission.PREPARE, Piece)
@require_POST
def piece_hand_over(request: HttpRequest, piece: Piece) -> HttpResponse:
    form = forms.HandOverForm(request.POST)
    if not form.is_valid():
        return _one(request, piece, 422, over_form=form, form=form)
    if form.cleaned_data["said"] == form.NOT_THIS:
        return _done(request, piece, partial(actions.refuse, piece, by=request.actor), _("It is kept in trust. They are not asked again."))  # type: ignore[attr-defined]
    return _done(request, piece, partial(actions.hand_over, piece, by=request.actor), _("It is written down that they have it."))  # type: ignore[attr-defined]


@door(Permission.PREPARE, Piece)
@require_POST
def piece_brought(request: HttpRequest, piece: Piece) -> HttpResponse:
    return _done(request, piece, partial(actions.bring_back, piece, by=request.actor), _("It is written down that they heard it from you."))  # type: ignore[attr-defined]


def _own(request: HttpRequest, template: str, me: Participation, status: int = 200, **given: Any) -> HttpResponse:
    return render(request, f"exchanges/{template}.html", {"me": me, **given}, status=status)


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_exchange(request: HttpRequest, me: Participation) -> HttpResponse:
    """What lies here for this person, and what they wrote themselves."""
    page = {"found": queries.for_me(me), "mine": queries.written_by(me), "may_write": queries.may_write(me), "nothing": queries.wants_nothing(me)}
    page |= {"has_refused": queries.refused_by(me).exists()}
    return _own(request, "own", me, **page)


@door(Permission.TAKE_PART, Participation)
def my_writing(request: HttpRequest, me: Participation) -> HttpResponse:
    """A first word to somebody of the circle: kept, or handed in at once."""
    form = forms.PieceForm(request.POST if request.method == "POST" else None, meant=queries.meant_for(me))
    if form.is_valid():
        try:
            said = {"kind": Piece.Kind.LETTER} | {name: form.cleaned_data[name] for name in ("meant", "words", "form_key")}
            mine = actions.write(me, by=request.actor, **said)  # type: ignore[attr-defined]
            return _kept(request, mine, form)
        except REFUSALS as reason:
            form.add_error(None, str(reason))
    return _own(request, "write", me, 422 if form.is_bound else 200, form=form, may_write=queries.may_write(me))


@door(Permission.TAKE_PART, Participation)
def my_piece(request: HttpRequest, me: Participation, piece: UUID) -> HttpResponse:
    """Something of their own: read it, or go on writing."""
    mine = queries.my_piece(me, piece)
    begun = {"meant": mine.piece.meant, "words": mine.piece.words}
    form = forms.PieceForm(request.POST if request.method == "POST" else None, meant=queries.meant_for(me), initial=begun)
    if form.is_valid():
        try:
            said = {"kind": mine.piece.kind, "seen": request.POST.get("seen", "")} | {name: form.cleaned_data[name] for name in ("meant", "words")}
            return _kept(request, actions.change(mine.piece, by=request.actor, **said), form)  # type: ignore[attr-defined]
        except REFUSALS as reason:
            form.add_error(None, str(reason))
            mine = queries.my_piece(me, piece)
    template, status = "write" if mine.can_change else "mine", 422 if form.is_bound else 200
    given = {"form": form, "mine": mine, "may_write": queries.may_write(me), "seen": queries.mark(mine.piece)}
    return _own(request, template, me, status, **given)


def _kept(request: HttpRequest, piece: Piece, form: forms.PieceForm) -> HttpResponse:
    """Saved; and handed in, where that button was pressed."""
    if form.cleaned_data["done"] == "1":
        actions.hand_in(piece, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We read it first."))
    else:
        messages.success(request, _("It is kept for you. Only you see it."))
    return redirect("my_exchange")


@door(Permission.TAKE_PART, Participation)
@require_POST
def my_piece_back(request: HttpRequest, me: Participation, piece: UUID) -> HttpResponse:
    actions.take_back(queries.my_piece(me, piece).piece, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("You took it back."))
    return redirect("my_exchange")


@door(Permission.TAKE_PART, Participation)
@require_POST
def my_wanting(request: HttpRequest, me: Participation) -> HttpResponse:
    """Whether they want to be asked when there is something."""
    try:
        actions.want(me, by=request.actor, wants=request.POST.get("wants", ""))  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We have your answer."))
    except REFUSALS as reason:
        messages.info(request, str(reason))
    return redirect("my_exchange")


@door(Permission.TAKE_PART, Participation)
@require_GET
def piece_here(request: HttpRequest, me: Participation, piece: UUID) -> HttpResponse:
    """The question first, and no word of it; the words once they have said that they want them."""
    found = queries.piece_for(me, piece)
    if found.stage == Stage.OFFERED:
        return _own(request, "offered", me, piece=found)
    return _own(request, "here", me, piece=found, thanked=queries.is_thanked(found))


@door(Permission.TAKE_PART, Participation)
@require_POST
def piece_answer(request: HttpRequest, me: Participation, piece: UUID) -> HttpResponse:
    """Read it, not now, not this one, nothing ever; and, once it was read, let it be told."""
    found, answer = queries.piece_for(me, piece), request.POST.get("answer", "")
    verbs: dict[str, Callable[..., Any]] = {"read": actions.read, "later": actions.not_now, "not_this": actions.refuse, "thank": actions.thank}
    verb = verbs[answer] if answer in verbs else partial(actions.want, wants="never")
    if answer not in (*verbs, "never"):
        return redirect("piece_here", piece=found.pk)
    try:
        verb(found if answer in verbs else me, by=request.actor)  # type: ignore[attr-defined]
    except REFUSALS as reason:
        messages.info(request, str(reason))
    return redirect("piece_here", piece=found.pk) if answer in ("read", "thank") else redirect("my_exchange")
