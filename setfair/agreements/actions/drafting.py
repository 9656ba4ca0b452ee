from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import HEART, Case, Participation
from setfair.cases.queries import lock as lock_case
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from .. import letters, queries, text
from ..checks import CannotWrite, ChangedMeanwhile, check, check_complete, check_nobody_alone, check_nothing_bars
from ..journey import Stage
from ..models import Agreement, Fit, Item, Sharer, Signer
from ..terms import Terms, terms_of
from .signing import end

ASIDE = 32_000
"""Where an item waits while two change places; no agreement has that many."""
NOTHING_MORE = Terms()


@transaction.atomic
def draft(case: Case, *, by: Actor, conference: Conference | None = None) -> Agreement:
    """Begin to write down what people agreed; `conference` is the last one held unless named.

    Where they do not meet it comes from no conference, and is written once everyone has said yes to that way.
    Asked twice, it gives back the one that is being written; one that rests is taken up. Raises `CannotWrite`
    while it is too early, and when another agreement stands already.
    """
    lock_case(case)
    apart = queries.agree_apart(case)
    if case.stage != CaseStage.CONVENED and not apart:
        raise CannotWrite(_("This is written once everyone has met, or has said yes to doing it without a meeting."))
    there = queries.live(case)
    if there is not None and there.stage == Stage.DRAFTING:
        return there
    if there is not None and there.stage == Stage.RESTS:
        return take_up(there, by=by)
    if there is not None:
        raise CannotWrite(_("There is an agreement already."))
    conference = None if apart else conference or _held(case)
    if not apart and not _has_been(conference, case):
        raise CannotWrite(_("There is no conference it could come from."))
    agreement = Agreement.objects.create(case=case, conference=conference, version=_next_version(case))
    record("drafted", agreement, by=by, version=agreement.version)
    return agreement


@transaction.atomic
def promise(
    agreement: Agreement,
    *,
    by: Actor,
    owner: Participation | None,
    what: str,
    due_on: date,
    owed_to: Participation | None = None,
    proof_wanted: str = "",
    through: UUID | None = None,
    terms: Terms = NOTHING_MORE,
    form_key: UUID | None = None,
) -> Item:
    """Write down one promise: who, what, for whom, by when, how we will know, and what else is said. The same `form_key` writes it once here."""
    agreement = _being_written(agreement)
    there = Item.objects.filter(pk=form_key).first() if form_key else None
    if there is not None and there.agreement_id == agreement.pk:
        return there
    check(agreement, owner, what, due_on, owed_to, through, terms)
    last = Item.objects.filter(agreement=agreement).aggregate(last=Max("order"))["last"] or 0
    item = Item.objects.create(
        pk=form_key if form_key and there is None else uuid4(),
        agreement=agreement,
        case_id=agreement.case_id,
        order=last + 1,
        owner=owner,
        owed_to=owed_to,
        what=what.strip(),
        due_on=due_on,
        proof_wanted=proof_wanted.strip(),
        through=through,
        answers=by.id if terms.body.strip() else None,
        **terms.columns,
    )
    _share(item, terms)
    record("promised", item, by=by)
    return item


@transaction.atomic
def reword(
    item: Item,
    *,
    by: Actor,
    owner: Participation | None,
    what: str,
    due_on: date,
    owed_to: Participation | None = None,
    proof_wanted: str = "",
    through: UUID | None = None,
    terms: Terms = NOTHING_MORE,
    edition: int | None = None,
) -> Item:
    """Say a promise differently while it is still being written. `edition` is the one that was opened: if somebody else has saved another
    since, nothing is written and `ChangedMeanwhile` shows it."""
    agreement = _being_written(item.agreement)
    _as_it_stands(item, "edition", "body", "answers")
    if edition is not None and edition != item.edition:
        raise ChangedMeanwhile(item)
    check(agreement, owner, what, due_on, owed_to, through, terms)
    body = terms.body.strip()
    answers = (item.answers if body == item.body else by.id) if body else None
    said = {"owner": owner, "owed_to": owed_to, "due_on": due_on, "what": what.strip(), "proof_wanted": proof_wanted.strip(), "through": through}
    said |= terms.columns | {"answers": answers, "edition": item.edition + 1}
    for name, value in said.items():
        setattr(item, name, value)
    item.save(update_fields=list(said))
    Sharer.objects.filter(item=item).delete()
    _share(item, terms)
    record("reworded", item, by=by)
    return item


@transaction.atomic
def strike(item: Item, *, by: Actor, edition: int | None = None) -> None:
    """Take a promise off the draft. Nobody has signed it, so nothing of it stays but the journal's line.

    `edition` is the one that was on the page: words that somebody else has saved since are not taken off unread.
    """
    _being_written(item.agreement)
    _as_it_stands(item, "edition")
    if edition is not None and edition != item.edition:
        raise CannotWrite(_("Somebody else changed this promise while you were reading. Please read it again."))
    record("struck", item, by=by)
    Item.objects.filter(pk=item.pk).delete()


@transaction.atomic
def bring_forward(item: Item, *, by: Actor) -> Item:
    """Let it change places with the promise before it; the first stays first."""
    agreement = _being_written(item.agreement)
    _as_it_stands(item, "order")
    before = Item.objects.filter(agreement=agreement, order__lt=item.order).order_by("-order").first()
    if before is not None:
        mine = item.order
        for row, order in ((before, ASIDE), (item, before.order), (before, mine)):
            Item.objects.filter(pk=row.pk).update(order=order)
        item.refresh_from_db(fields=["order"])
        record("brought_forward", item, by=by)
    return item


@transaction.atomic
def present(agreement: Agreement, *, by: Actor, first: str = "", later: Iterable[UUID] = ()) -> Agreement:
    """Lay it on the table to be signed: its words are fixed from now on, and so is who signs; each is told that there is something to read.

    For a young person whoever decides for them signs too, whether they came or not. Where
    they do not meet they agree in turn: `first` is the side that reads it first, and nobody
    else sees a word before it is passed on. Raises `CannotWrite` when it is empty, when
    somebody would be bound who was not there to agree or whose yes does not stand, when two
    would be who must have no contact (the database refuses these two as well), or by the yes
    of a young person alone. `later` are those who did not come and sign from afar.
    """
    locked = _being_written(agreement)
    items, signing = queries.items_of(locked), list(queries.signers(locked, later := [*later]).select_related("person"))
    check_complete(items, signing)
    check_nobody_alone(signing)
    check_nothing_bars(locked, items)
    readers = signing if locked.conference_id else [p for p in signing if queries.side_of(p) == first]
    if not readers:
        raise CannotWrite(_("Please choose who reads it first."))
    locked.words = agreement.words = text.written(locked, items, signing, queries.staff_named(items))
    locked.save(update_fields=["words"])
    themselves = {p.pk for p in queries.asked_themselves(locked, later)}
    _give_to([p for p in readers if p.pk in themselves], locked, queries.last_round(locked) + 1)
    move(agreement, Stage.SIGNING, by=by)
    letters.send(letters.TO_SIGN, readers, programme=locked.case.programme, about=_this_time(locked), by=by)
    return agreement


@transaction.atomic
def pass_on(agreement: Agreement, *, by: Actor) -> Agreement:
    """The side that read it first has signed: now the others read the same words. Raises `CannotWrite` before that."""
    locked = queries.lock(agreement)
    waiting = queries.not_reached(locked)
    if locked.stage != Stage.SIGNING or not waiting:
        raise CannotWrite(_("It is with everyone already, or nobody can sign it now."))
    if queries.still_to_sign(locked).exists():
        raise CannotWrite(_("It is passed on when all who read it first have signed."))
    _give_to([p for p in waiting if p.roles & HEART], locked, queries.last_round(locked))
    record("passed_agreement", agreement, by=by)
    letters.send(letters.TO_SIGN, waiting, programme=locked.case.programme, about=_this_time(locked), by=by)
    return agreement


@transaction.atomic
def reopen(agreement: Agreement, *, by: Actor) -> Agreement:
    """Take it back to be changed. Only while nobody has signed: a signature stands for words that stay as they are.

    What was to be sent about it is not sent any more; laid out again, everyone hears of it again.
    """
    locked = queries.lock(agreement)
    if locked.stage == Stage.SIGNING and queries.signatures(locked):
        raise CannotWrite(_("Somebody has signed these words. Write a new version; everyone signs that one."))
    letters.stop(locked, by=by)
    return move(agreement, Stage.DRAFTING, by=by)


@transaction.atomic
def rewrite(agreement: Agreement, *, by: Actor) -> Agreement:
    """End a version that is being signed and begin the next with the same promises.

    The signatures stay with the words they were given to; the new version is signed anew.
    """
    locked = queries.lock(agreement)
    if locked.stage != Stage.SIGNING:
        raise CannotWrite(_("Only what is being signed now can be written anew."))
    items = queries.items_of(locked)
    end(agreement, by=by, reason="rewritten")
    fresh = Agreement.objects.create(case_id=locked.case_id, conference=locked.conference, version=_next_version(locked.case))
    for item in items:
        same = ("order", "owner", "owed_to", "what", "proof_wanted", "due_on", "through", "answers", "case_id")
        terms = terms_of(item)
        again = Item.objects.create(agreement=fresh, **{name: getattr(item, name) for name in same}, **terms.columns)
        _share(again, terms)
        _keep_what_was_said(item, again)
    record("drafted", fresh, by=by, version=fresh.version)
    return fresh


@transaction.atomic
def take_up(agreement: Agreement, *, by: Actor) -> Agreement:
    """Go on writing where a circle was stopped: in the one that sits now, or in none where they do not meet any more."""
    locked = queries.lock(agreement)
    now = None if queries.agree_apart(locked.case) else _held(locked.case)
    move(locked, Stage.DRAFTING, by=by)
    Agreement.objects.filter(pk=locked.pk).update(conference=now)
    locked.conference = now
    return locked


def _this_time(agreement: Agreement) -> str:
    """What makes a letter one of this laying out: laid out again, it is written again."""
    return f"{agreement.pk}:{queries.last_round(agreement)}"


def _give_to(readers: list[Participation], agreement: Agreement, turn: int) -> None:
    Signer.objects.bulk_create(Signer(agreement=agreement, participation=p, case_id=agreement.case_id, round=turn) for p in readers)


def _keep_what_was_said(item: Item, again: Item) -> None:
    """What somebody thinks of a promise is of its words: the same ones in the next version are not asked about anew."""
    said = Fit.objects.filter(item=item, edition=item.edition).order_by("at", "id")
    same = ("participation", "case_id", "word", "method", "at", "by")
    Fit.objects.bulk_create(Fit(item=again, edition=again.edition, **{name: getattr(fit, name) for name in same}) for fit in said)


def _share(item: Item, terms: Terms) -> None:
    beside = {p.pk: p for p in terms.beside if p.pk != item.owner_id}
    Sharer.objects.bulk_create(Sharer(item=item, participation=p, case_id=item.case_id, order=n) for n, p in enumerate(beside.values()))


def _being_written(agreement: Agreement) -> Agreement:
    locked = queries.lock(agreement)
    if locked.stage != Stage.DRAFTING:
        raise CannotWrite(_("These words are fixed now. Take them back first to change them."))
    return locked


def _as_it_stands(item: Item, *fields: str) -> None:
    try:
        item.refresh_from_db(fields=[*fields])
    except Item.DoesNotExist as gone:
        raise CannotWrite(_("Somebody else took this promise off meanwhile. Write it again if it should stay.")) from gone


def _held(case: Case) -> Conference | None:
    held = (ConferenceStage.LIVE, ConferenceStage.CONCLUDED)
    return Conference.objects.filter(case=case, stage__in=held).order_by("-planned_at").first()


def _has_been(conference: Conference | None, case: Case) -> bool:
    return conference is not None and conference.case_id == case.pk and conference.stage in (ConferenceStage.LIVE, ConferenceStage.CONCLUDED)


def _next_version(case: Case) -> int:
    return (Agreement.objects.filter(case=case).aggregate(last=Max("version"))["last"] or 0) + 1
