"""From the request to a circle that is ready: what can be done, each verb by somebody who has a door to it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.models import Assignment, Exclusion, Participation, Role, Route
from setfair.cases.queries import here, kept_apart, kept_out, team
from setfair.cases.route import How
from setfair.core import clock
from setfair.core.actor import Actor, Kind, anyone
from setfair.people.models import Person
from setfair.preparation import actions as preparation
from setfair.preparation import queries as known
from setfair.preparation.asked import SUPPORTS
from setfair.preparation.models import Consent, NoGuardian
from setfair.programmes.reasons import AT, Reason, Step
from setfair.referrals import actions as referrals
from setfair.referrals.journey import After
from setfair.referrals.models import CHECKS, Referral, Talk
from setfair.voices import actions as voices

from .play import NothingThere, Play

NAMES = ("Ada Brook", "Ben Okoro", "Cy Lund", "Dee Marsh", "Eli Novak", "Fen Adler", "Gus Pohl", "Ida Roth")
FINE = {code: "yes" for code, _words in CHECKS} | {"media": "unknown", "history": "unknown"}
MOST_CASES = 2


def ask(play: Play) -> None:
    if Referral.objects.count() > MOST_CASES:
        raise NothingThere
    referrals.ask(
        by=anyone(play.village.school.pk), form_key=uuid.uuid4(), source=Referral.Source.SELF_HARMED, story="Something happened.", when="lately",
        people=[{"name": "Ada", "role": "harmed"}, {"name": "Ben", "role": "responsible"}], others_know="no",
        reach={"email": f"asker{play.number()}@home.example"}, asker="Ada",
    )  # fmt: skip


def accept(play: Play) -> None:
    if Referral.objects.filter(cases__isnull=False).count() >= MOST_CASES:
        raise NothingThere
    checks = FINE if play.number() % 4 else FINE | {play.pick(list(FINE)): play.pick(["no", "yes", "unknown"])}
    referrals.accept(play.request(), by=play.coordinator, checks=checks)


def decline(play: Play) -> None:
    if play.number() % 5:
        raise NothingThere
    referrals.decline(play.request(), by=play.coordinator, reason=Reason.OTHER_PATH)


def take_back(play: Play) -> None:
    if play.number() % 5:
        raise NothingThere
    referral = play.request()
    referrals.withdraw(referral, by=_asker(referral))


def tell_more(play: Play) -> None:
    referral = play.request()
    referrals.add(referral, by=_asker(referral), words="One thing more.")


def offer_talk(play: Play) -> None:
    tomorrow = clock.now() + timedelta(days=1, hours=play.number() % 9)
    referrals.offer_talk(play.request(), by=play.coordinator, times=[tomorrow], holder=play.village.users[play.pick(["fadi", "cora"])].pk)


def choose_talk(play: Play) -> None:
    talk = play.pick(list(Talk.objects.filter(stage__in=("offered", "booked")).order_by("at", "id")))
    verb = play.pick([referrals.book_talk, referrals.call_off_talk])
    by = _asker(talk.referral) if play.number() % 2 else play.coordinator
    verb(talk, by=by, **({"starts_at": talk.times[0]} if verb is referrals.book_talk else {}))


def end_talk(play: Play) -> None:
    talk = play.pick(list(Talk.objects.exclude(stage="offered").order_by("at", "id")))
    if talk.stage == "booked":
        play.pick([referrals.hold_talk, referrals.miss_talk])(talk, by=play.coordinator)
    else:
        referrals.follow_up(talk, by=play.coordinator, after=play.pick(After.values))


def _asker(referral: Referral) -> Actor:
    return Actor(Kind.REFERRER, referral.programme_id, referral.pk)


def add(play: Play) -> None:
    """Somebody new; now and then somebody we know from the other case, or a member of the team under their own address."""
    case, role = play.case(), play.pick([*Role.values, Role.HARMED, Role.RESPONSIBLE])
    if here(case).count() >= len(NAMES):
        raise NothingThere
    stands_by = play.pick(play.people(case)) if role in (Role.GUARDIAN, Role.SUPPORTER) else None
    address = "fadi@school.example" if play.number() % 12 == 0 else f"{uuid.uuid4().hex[:8]}@home.example"
    cases.add_person(
        case, by=play.coordinator, name=play.pick(NAMES), role=role, stands_by=stands_by, birth_year=play.pick([None, 1980, 2004, 2012]),
        guardian_needed=play.number() % 4 == 0, has_authority=role == Role.GUARDIAN and bool(play.number() % 3),
        contacts={} if play.number() % 5 == 0 else {"email": address},
        known=play.pick(list(Person.objects.order_by("added_at", "id"))) if play.number() % 9 == 0 else None,
    )  # fmt: skip


def add_the_two(play: Play) -> None:
    """The two without whom there is no circle, where they are missing."""
    case = play.case()
    missing = [role for role in (Role.HARMED, Role.RESPONSIBLE) if not here(case).filter(role=role).exists()]
    cases.add_person(case, by=play.coordinator, name=play.pick(NAMES), role=play.pick(missing), birth_year=1990, contacts={"sms": "555-0170"})


def change_place(play: Play) -> None:
    person = play.somebody()
    role, by = play.pick(Role.values), play.pick([None, *play.people(person.case)])
    needed, may = play.number() % 2 == 0, play.number() % 2 == 0
    cases.correct_place(person, by=play.coordinator, role=role, stands_by=by, guardian_needed=needed, has_authority=may)


def let_go(play: Play) -> None:
    if play.number() % 3:
        raise NothingThere
    cases.let_go(play.somebody(), by=play.coordinator)


def keep_apart(play: Play) -> None:
    if play.number() % 3:
        raise NothingThere
    case = play.case()
    people = play.people(case)
    cases.bar_contact(case, by=play.coordinator, one=play.pick(people), other=play.pick(people), by_order=play.number() % 2 == 0)


def let_meet(play: Play) -> None:
    case = play.case()
    cases.allow_contact(case, by=play.coordinator, wall=play.pick(list(kept_apart(case))))


def assign(play: Play) -> None:
    key, part = play.pick([("fadi", "lead"), ("mina", "co"), ("ines", "student"), ("malik", "student"), ("tova", "student"), ("mina", "lead")])
    cases.assign(play.case(), by=play.coordinator, facilitator=play.village.facilitator(key), part=Assignment.Part(part))


def unassign(play: Play) -> None:
    if play.number() % 4:
        raise NothingThere
    cases.unassign(play.pick(list(team(play.case()))), by=play.coordinator)


def keep_out(play: Play) -> None:
    if play.number() % 3:
        raise NothingThere
    who = play.pick(["fadi", "mina", "ines", "sven", "cora"])
    cases.keep_out(play.case(), by=play.coordinator, user=play.village.users[who], why=play.pick(Exclusion.Why.values))


def let_back(play: Play) -> None:
    cases.let_back(play.pick(list(kept_out(play.case()))), by=play.coordinator)


def rest(play: Play) -> None:
    if play.number() % 3:
        raise NothingThere
    cases.hold(play.case(), by=play.coordinator, reason=play.pick(sorted(AT[Step.REST] - {Reason.OWN})))


def go_another_way(play: Play) -> None:
    if play.number() % 4:
        raise NothingThere
    cases.choose_route(play.case(), by=play.coordinator, how=play.pick(How.values), why=play.pick(Route.Why.values))


def go_on(play: Play) -> None:
    cases.lift(play.case(), by=play.coordinator)


def invite(play: Play) -> None:
    preparation.invite(play.somebody(), by=play.lead)


def meet(play: Play) -> None:
    explained = bool(play.number() % 6)
    preparation.meet(play.somebody(), by=play.lead, held_on=timezone.localdate(), explained=explained, support="found", minutes=30)


def acknowledge(play: Play) -> None:
    preparation.acknowledge(play.somebody(), by=play.lead, given=bool(play.number() % 6))


def check_safety(play: Play) -> None:
    preparation.check_safety(play.somebody(), by=play.lead, level=play.pick(["low", "low", "low", "medium", "high"]))


def hope(play: Play) -> None:
    person = play.somebody()
    voices.hope(person, by=play.pick([play.me(person), play.lead]), goals=play.pick([[], ["answers"], ["safety", "other"]]))


def answer(play: Play) -> None:
    """On one's own page; a guardian there too."""
    person, said = play.somebody(), play.pick(["yes", "yes", "yes", "yes", "yes", "no", "unsure"])
    givers = [person, *(p for p in play.people(person.case) if p.stands_by_id == person.pk and p.role == Role.GUARDIAN)]
    giver = play.pick(givers)
    scope = play.pick([Consent.Scope.TAKE_PART] * 4 + list(Consent.Scope.values))
    preparation.consent(person, by=play.me(giver), giver=giver, answer=said, scope=scope, method=Consent.Method.OWN)


def write_answer_down(play: Play) -> None:
    person, method = play.somebody(), play.pick([Consent.Method.SAID, Consent.Method.PAPER])
    preparation.consent(person, by=play.lead, answer=play.pick(["yes", "yes", "no", "unsure"]), method=method)


def stop(play: Play) -> None:
    if play.number() % 4:
        raise NothingThere
    person = play.somebody()
    preparation.withdraw(person, by=play.pick([play.me(person), play.lead]))


def ask_call(play: Play) -> None:
    person = play.somebody()
    preparation.ask_call(person, by=play.me(person))


def take_a_break(play: Play) -> None:
    if play.number() % 4:
        raise NothingThere
    person = play.somebody()
    giver = play.pick([person, *known.may_answer(person)])
    preparation.take_a_break(person, by=play.me(giver), giver=giver)


def end_the_break(play: Play) -> None:
    begun = play.pick(list(known.lasting().select_related("participation", "giver")))
    preparation.go_on(begun, by=play.pick([play.me(begun.giver), play.lead]))


def ready(play: Play) -> None:
    preparation.declare_ready(play.case(), by=play.lead)


def set_aside(play: Play) -> None:
    case = play.case()
    blocker = play.pick(known.blockers(case))
    who = play.pick([None, *play.people(case)]) if play.number() % 5 == 0 else blocker.participation
    preparation.set_aside(case, by=play.lead, blocker=blocker.code, reason="It can wait.", participation=who)


def sign_off(play: Play) -> None:
    preparation.sign_off(play.somebody(), by=play.supervisor, reason="We talked it through.")


def without_guardian(play: Play) -> None:
    preparation.go_without_guardian(play.somebody(), by=play.lead, reason=play.pick(NoGuardian.Reason.values))


def prepare_all(play: Play) -> None:
    """Everybody in the circle is met, asked, and says yes, in one go: else hardly a run would ever get to the day."""
    for person in play.people(play.case()):
        if person.left_at is None:
            _prepare(play, person)


def _prepare(play: Play, person: Participation) -> None:
    today, own = timezone.localdate(), Consent.Method.OWN
    preparation.meet(person, by=play.lead, held_on=today, explained=True, support="found", minutes=30)
    preparation.check_safety(person, by=play.lead, level="low")
    if person.role == Role.RESPONSIBLE:
        preparation.acknowledge(person, by=play.lead, given=True)
    givers = known.may_answer(person) if known.is_asked(person) else []
    for giver in givers:
        preparation.consent(person, by=play.me(giver), giver=giver, answer="yes", method=own)
    if person.role in SUPPORTS:
        preparation.consent(person, by=play.me(person), answer="yes", scope=Consent.Scope.SUPPORT, method=own)


def assign_all(play: Play) -> None:
    case = play.case()
    for key, part in (("fadi", "lead"), ("ines", "student"), ("malik", "student")):
        cases.assign(case, by=play.coordinator, facilitator=play.village.facilitator(key), part=Assignment.Part(part))
