"""What the pages of an agreement show, by where it stands and who reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from setfair.cases import queries as cases
from setfair.cases.models import ROLE_WORDS, SPEAKERS, Case, Participation, Role
from setfair.core.actor import Actor
from setfair.programmes.models import Programme

from . import beside, came_of_it, forms, heard, paper, queries, slips, text, under_names
from .journey import Stage
from .models import Agreement, Concern, Item, Signature
from .pages_of_tongues import in_tongues
from .seen import before, kept


def speakers(case: Case) -> list[Participation]:
    """Those of the circle who can promise something or be promised it."""
    return [p for p in cases.circle(case) if p.role in SPEAKERS]


def promising(agreement: Agreement) -> list[Participation]:
    """Who can be chosen for a promise: where they do not meet, only those who read it and sign."""
    return speakers(agreement.case) if agreement.conference_id else list(queries.both_sides(agreement.case).select_related("person"))


def promise_form(agreement: Agreement, data: Any = None, item: Item | None = None, take: str = "", begin: str = "") -> forms.PromiseForm:
    """A promise to be written down, from one in good words or from a heading if somebody takes one; who carries it is asked only where two of
    them must have no contact."""
    circle, team = promising(agreement), queries.carriers(agreement)
    asked: dict[str, Any] = {"circle": circle, "team": team, "apart": queries.are_kept_apart(circle)}
    school = agreement.case.programme.kind == Programme.Kind.SCHOOL
    start = forms.words_of(item) if item else heard.to_start_with(agreement.case, take, begin)
    return forms.PromiseForm(data, initial=start, school=school, **asked)


def kept_beside(form: forms.PromiseForm, now: Item, why: str) -> forms.PromiseForm:
    """What they typed, to be saved over the wording that stands there now with a second press."""
    data = form.data.copy()
    data["edition"], data["reads"] = str(now.edition), slips.digest_of(now)
    again = promise_form(now.agreement, data, now)
    again.add_error(None, why)
    return again


def as_it_stands(item: Item) -> queries.Weighed:
    """A promise as somebody else saved it, beside what is being typed."""
    return next(one for one in queries.weighed(item.agreement)[0] if one.item.pk == item.pk)


def desk(case: Case, take: str = "", begin: str = "", number: int = 0) -> dict[str, Any]:
    """The agreement as the team sees it: the draft with its advice, or who has signed, or what holds; of several the one with this number."""
    shown: dict[str, Any] = cases.frame(case, "agreement") | beside.shown(case, number) | came_of_it.result(case)
    agreement: Agreement | None = shown["agreement"]
    if agreement is not None and agreement.follows_id:
        shown |= {"holds": queries.held_of(agreement) if agreement.stage != Stage.IN_FORCE else None, **_new(agreement)}
    held = agreement if agreement is not None and agreement.stage == Stage.IN_FORCE else shown.get("holds")
    shown["spelled_back"] = queries.taken_back(held) if held is not None else []
    if agreement is None or agreement.stage == Stage.ENDED:
        return shown | {"apart": queries.agree_apart(case)}
    if agreement.stage == Stage.RESTS:
        return shown | {"apart": queries.agree_apart(case), "weighed": queries.weighed(agreement)[0]}
    if agreement.stage == Stage.DRAFTING:
        each, whole = queries.weighed(agreement)
        written = {
            "weighed": each,
            "advice": whole,
            "barred": any(one.bars for one in each),
            "library": heard.to_start_from(case),
            "wrong": queries.wrong_in(agreement),
            "heard": heard.to_begin_with(case),
            **in_tongues(agreement, [one.item for one in each]),
        }
        return (
            shown
            | written
            | {"form": promise_form(agreement, take=take, begin=begin), "first": first_form(agreement), "later": later_form(agreement)}
        )
    items = queries.items_of(agreement)
    return shown | {
        **_said_of_it(agreement),
        **in_tongues(agreement, items),
        "apart_since": queries.barred_since(agreement, items),
        "not_reached": queries.not_reached(agreement),
        "waiting": queries.still_to_sign(agreement).exists(),
        "undecided": queries.undecided(agreement) if agreement.stage == Stage.SIGNING else [],
        "lines": (lines := queries.lines(agreement)),
        "spelled": any(line.put_right for line in lines) or queries.put_since_laid_out(agreement),
        "seen": text.digest(agreement.words or {}),
        "seen_by_team": queries.team_digest(agreement),
        "may_pass": queries.may_pass(agreement),
        "paper": forms.PaperForm(auto_id=False),
        "cannot_show": ", ".join(paper.cannot_show(agreement)) if agreement.stage == Stage.SIGNING else "",
        "heard": forms.HeardForm(auto_id=False),
    }


def _new(agreement: Agreement, me: Participation | None = None) -> dict[str, Any]:
    """What is new in a version that follows another, and what of that one it leaves out or says otherwise; for whoever could read that one."""
    told = agreement.stage == Stage.SIGNING and (me is None or queries.has_read_before(agreement, me))
    new, gone = queries.new_in(agreement, me) if told else (set(), [])
    return {"new": new, "gone": gone}


def _said_of_it(agreement: Agreement) -> dict[str, Any]:
    """For the team who signs, and while it is being signed who has not said yet what they think, and what somebody wants changed, not
    whose wish it is."""
    hands = queries.hands(agreement)
    if agreement.stage != Stage.SIGNING:
        return {"hands": hands}
    known = queries.fits(agreement)
    people = list(queries.signers(agreement).values_list("pk", flat=True))
    wanted = set(known.to_change())
    away = {pk: frozenset(map(str, keys)) for pk, keys in known.kept_from.items()}
    return {
        "hands": [replace(hand, kept_from=away.get(hand.participation.pk, frozenset())) for hand in hands],
        "unsaid": {pk for pk in people if not known.has_said(pk)},
        "to_change": [item for item in queries.items_of(agreement) if item.pk in wanted],
    }


def first_form(agreement: Agreement, data: Any = None) -> forms.FirstForm | None:
    """Asked only where they agree in turn."""
    if agreement.conference_id:
        return None
    there = {queries.side_of(p) for p in queries.both_sides(agreement.case)}
    return forms.FirstForm(data, sides=[(side.value, ROLE_WORDS[side]) for side in (Role.RESPONSIBLE, Role.HARMED) if side in there])


def later_form(agreement: Agreement, data: Any = None) -> forms.LaterForm | None:
    """Asked only where somebody of the circle did not come."""
    people = queries.who_could_sign_later(agreement)
    asked = set(queries.asked_themselves(agreement.follows).values_list("pk", flat=True)) if agreement.follows else set()
    return forms.LaterForm(data, people=people, initial={"later": [str(p.pk) for p in people if p.pk in asked]}) if people else None


def own(agreement: Agreement, me: Participation) -> dict[str, Any]:
    """The agreement as one person reads it: their own part first, and what is asked of them now."""
    marks = queries.marks(agreement)
    may_sign = agreement.stage == Stage.SIGNING and queries.still_to_sign(agreement).filter(pk=me.pk).exists()
    holds = agreement.stage in (Stage.IN_FORCE, Stage.SUPERSEDED)
    signed = queries.signature_of(agreement, me)
    lines = queries.lines(agreement, me=me) if agreement.stage != Stage.ENDED else []
    other = next(iter(queries.readable_by(me, agreement)), None) if agreement.stage in (Stage.SUPERSEDED, Stage.ENDED) else None
    return {
        "agreement": agreement,
        "lines": lines,
        "others": queries.left_out(agreement, me) if lines else "",
        "read": kept(signed, me) if signed else None,
        "mark": next((mark for mark in marks if mark.whose == me.pk), None),
        "put_since": {line.pk for line in lines if signed and line.put and line.put.at > signed.at},
        "may_sign": may_sign,
        "unwilling": may_sign and _unwilling(agreement, me),
        "marks": marks if holds else [],
        "form": signing_form(agreement, me, lines),
        **under_names.own(agreement, me, may_sign),
        "concern": forms.ConcernForm(),
        "no_form": forms.NoForm(auto_id="no-%s"),
        "rest": forms.RestForm(),
        "resting": queries.rests(agreement).get(me.pk) if may_sign else None,
        "newer": other if other is not None and other.version > agreement.version else None,
        "holds": queries.held_of(agreement) if agreement.stage == Stage.SIGNING else None,
        **_new(agreement, me),
        "goes_on": agreement.stage == Stage.SIGNING and queries.carried_of(agreement, me) is not None,
        "said_aloud": signed is not None and signed.method == Signature.Method.SPOKEN,
    } | (fitting(agreement, me) if may_sign else {})


def fitting(agreement: Agreement, person: Participation, whose: str = "") -> dict[str, Any]:
    """Whether this person can sign now; if not, what they are asked first or what is waited for."""
    state = queries.open_for(agreement, person.pk)
    return {"open": state, "fit": fit_form(agreement, person, whose=whose)}


def fit_form(agreement: Agreement, person: Participation, data: Any = None, whose: str = "") -> forms.FitForm:
    """What they think of each promise that they have said nothing of, their own part first; of all of them once they have."""
    known = queries.fits(agreement)
    before = known.of(person.pk)
    said = {} if known.has_said(person.pk) else before
    items = {str(item.pk): item for item in queries.items_of(agreement)}
    asked = [
        forms.Asked(item.pk, line, [] if item.pk in said else queries.words_for(item, person), item.pk in before)
        for line in queries.lines(agreement, me=person)
        if (item := items.get(line.pk)) is not None
    ]
    return forms.FitForm(data, asked=asked, whose=whose, initial={"seen": text.digest(agreement.words or {})})


def signing_form(agreement: Agreement, person: Participation, lines: list[queries.Line]) -> forms.SignForm:
    return forms.SignForm(initial={"seen": text.digest(before(agreement, person, lines))})


def scan_form(agreement: Agreement, by: Actor, *sent: Any) -> forms.ScanForm:
    """Those are ticked who signed on paper and whose sheet is not there yet."""
    people, there = queries.signed_on_paper(agreement), queries.scans(agreement)
    return forms.ScanForm(*sent, case=agreement.case, by=by, people=people, initial={"whose": [str(p.pk) for p in people if p.pk not in there]})


def tablet_list(agreement: Agreement, people: list[Participation]) -> dict[str, Any]:
    """Whose turn it may be, each by the name that stands on the agreement."""
    return {"people": [(person, queries.called(agreement, person)) for person in people]}


def tablet(agreement: Agreement, person: Participation) -> dict[str, Any]:
    """The page that is handed to one person: their words, and nobody else's signature."""
    return {
        "agreement": agreement,
        "name": queries.called(agreement, person),
        "lines": queries.lines(agreement, me=person),
        "others": queries.left_out(agreement, person),
        "form": tablet_form(agreement, person),
        "may_pass": queries.may_pass(agreement),
        **_new(agreement, person),
    } | fitting(agreement, person, whose=str(person.pk))


def tablet_form(agreement: Agreement, person: Participation) -> forms.TabletForm:
    return forms.TabletForm(initial={"seen": text.digest(before(agreement, person)), "whose": person.pk})


def _unwilling(agreement: Agreement, me: Participation) -> bool:
    last = queries.last_concern(agreement, me)
    return last is not None and last.kind != Concern.Kind.WRONG
