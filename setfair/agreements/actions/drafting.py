from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case, Participation
from setfair.cases.queries import lock as lock_case
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from .. import queries, slips
from ..checks import CannotWrite, ChangedMeanwhile, being_written, check, check_no_account
from ..journey import Stage
from ..models import Agreement, Item, Sharer, Translation
from ..terms import Terms, again_in_other_languages, sharers

ASIDE = 32_000
"""Where an item waits while two change places; no agreement has that many."""
NOTHING_MORE = Terms()


@transaction.atomic
def draft(case: Case, *, by: Actor, conference: Conference | None = None) -> Agreement:
    """Begin to write down what people agreed; `conference` is the last one held unless named.

    Where they do not meet it comes from no conference, and is written once everyone has said yes to that way.
    Asked twice, it gives back the one that is being written; one that rests is taken up. Raises `CannotWrite`
    while it is too early, and when another agreement stands already: what is agreed beside that one is begun by `agree_more`.
    """
    lock_case(case)
    apart = queries.agree_apart(case)
    if case.stage != CaseStage.CONVENED and not apart:
        raise CannotWrite(_("This is written once everyone has met, or has said yes to doing it without a meeting."))
    there = {one.stage: one for one in reversed(queries.live(case))}
    if Stage.DRAFTING in there:
        return there[Stage.DRAFTING]
    if Stage.RESTS in there:
        return take_up(there[Stage.RESTS], by=by)
    if there:
        raise CannotWrite(_("There is an agreement already."))
    conference = None if apart else conference or _held(case)
    if not apart and not _has_been(conference, case):
        raise CannotWrite(_("There is no conference it could come from."))
    was = queries.latest(case)
    follows = {"number": was.number, "version": queries.next_version(was)} if was is not None else {}
    agreement = Agreement.objects.create(case=case, conference=conference, **follows)
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
    agreement = being_written(agreement)
    there = Item.objects.filter(pk=form_key).first() if form_key else None
    if there is not None and there.agreement_id == agreement.pk:
        return there
    check(agreement, owner, what, due_on, owed_to, through, terms)
    check_no_account(terms, what, proof_wanted)
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
        **terms.columns | {"language": terms.language or agreement.programme.language},
    )
    Sharer.objects.bulk_create(sharers(item, terms))
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
    reads: str = "",
) -> Item:
    """Say a promise differently while it is still being written. `edition` is the one that was opened, and `reads` the digest of its words
    (`slips.digest_of`): if somebody else has saved another since, or put a spelling right in it, nothing is written and `ChangedMeanwhile`
    shows it. What it says in other languages goes on only where its own words stay."""
    agreement = being_written(item.agreement)
    _as_it_stands(item, "edition", "body", "answers", "language", *slips.PARTS)
    if (edition is not None and edition != item.edition) or (reads and reads != slips.digest_of(item)):
        raise ChangedMeanwhile(item)
    check(agreement, owner, what, due_on, owed_to, through, terms)
    check_no_account(terms, what, proof_wanted)
    body, kept = terms.body.strip(), _in_other_languages_still(item, what, proof_wanted, terms)
    answers = (item.answers if body == item.body else by.id) if body else None
    said = {"owner": owner, "owed_to": owed_to, "due_on": due_on, "what": what.strip(), "proof_wanted": proof_wanted.strip(), "through": through}
    said |= terms.columns | {"answers": answers, "edition": item.edition + 1, "language": terms.language or item.language}
    for name, value in said.items():
        setattr(item, name, value)
    item.save(update_fields=list(said))
    Sharer.objects.filter(item=item).delete()
    Sharer.objects.bulk_create(sharers(item, terms))
    Translation.objects.bulk_create(kept)
    record("reworded", item, by=by)
    return item


@transaction.atomic
def strike(item: Item, *, by: Actor, edition: int | None = None) -> None:
    """Take a promise off the draft. Nobody has signed it, so nothing of it stays but the journal's line.

    `edition` is the one that was on the page: words that somebody else has saved since are not taken off unread.
    """
    being_written(item.agreement)
    _as_it_stands(item, "edition")
    if edition is not None and edition != item.edition:
        raise CannotWrite(_("Somebody else changed this promise while you were reading. Please read it again."))
    record("struck", item, by=by)
    Item.objects.filter(pk=item.pk).delete()


@transaction.atomic
def bring_forward(item: Item, *, by: Actor) -> Item:
    """Let it change places with the promise before it; the first stays first."""
    agreement = being_written(item.agreement)
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
def take_up(agreement: Agreement, *, by: Actor) -> Agreement:
    """Go on writing where a circle was stopped: in the one that sits now, or in none where they do not meet any more.

    Meanwhile somebody may have taken their yes back, or stand by somebody else: no name goes on under it, and everybody signs.
    """
    locked = queries.lock(agreement)
    now = None if queries.agree_apart(locked.case) else _held(locked.case)
    move(locked, Stage.DRAFTING, by=by)
    Agreement.objects.filter(pk=locked.pk).update(conference=now, follows=None)
    locked.conference, locked.follows = now, None
    return locked


def _in_other_languages_still(item: Item, what: str, proof_wanted: str, terms: Terms) -> list[Translation]:
    """What it says in other languages, to be written with the next wording if its own words stay, whatever else of it is said otherwise."""
    was = Item.objects.get(pk=item.pk)
    said = (what.strip(), proof_wanted.strip(), terms.if_hard.strip(), terms.language or was.language)
    return again_in_other_languages(was) if said == (was.what, was.proof_wanted, was.if_hard, was.language) else []


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
