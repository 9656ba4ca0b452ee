"""The advice of practice.md, annex C3: it warns, and never blocks."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.quality import Promise, of_all, of_one
from setfair.cases import actions as cases
from setfair.conferences.models import Attendance
from setfair.core import clock
from setfair.core.ease import is_hard
from setfair.programmes.days import Off
from setfair.programmes.models import Closure
from setfair.village.time import today

TODAY = date(2026, 11, 2)
GOOD = Promise(
    what="Mend the garden shed with Mr Kaya.",
    due_on=TODAY + timedelta(days=14),
    proof_wanted="Mr Kaya says so.",
    owner="Rami",
    owner_is_harmed=False,
    owner_signs=True,
    owner_left=False,
    owed_to_harmed=True,
)
FAULTS = {
    "no_owner": {"owner_left": True},
    "owner_absent": {"owner_signs": False},
    "owner_harmed": {"owner_is_harmed": True},
    "shaming": {"what": "Say sorry in front of the class."},
    "vague": {"what": "Be nice."},
    "no_proof": {"proof_wanted": " "},
    "money": {"what": "Pay for the phone."},
    "too_long": {"due_on": TODAY + timedelta(weeks=6, days=1)},
    "closed_day": {"due_on": date(2026, 11, 26)},
    "wordy": {"what": "word " * 26},
    "ordered": {"ordered": True},
    "pays_directly": {"kind": "payment", "amount": Decimal(5)},
    "many_hours": {"hours": 41},
    "day_off": {"due_on": date(2026, 11, 20)},
    "hard_words": {"what": "Participate in the neighbourhood rehabilitation organisation continuously and responsibly."},
}
BETWEEN = Off(terms=((date(2026, 9, 1), date(2026, 11, 18)), (date(2026, 11, 30), date(2027, 6, 30))))
THANKSGIVING = [(date(2026, 11, 25), date(2026, 11, 27), "Thanksgiving")]


def codes(promise, kind="school"):
    return [a.code for a in of_one(promise, kind=kind, begins=TODAY, closed=THANKSGIVING, off=BETWEEN)]


def test_a_good_promise_is_left_in_peace():
    assert codes(GOOD) == []


@pytest.mark.parametrize(("code", "fault"), FAULTS.items())
def test_each_fault_is_named_once(code, fault):
    assert codes(replace(GOOD, **fault)) == [code]


@pytest.mark.parametrize("what", ["Ser bueno.", "Nunca más.", "Be respectful to her.", "I will behave.", "احترام الجميع"])
def test_vague_words_are_known_in_every_language_we_speak(what):
    assert codes(replace(GOOD, what=what)) == ["vague"]


@pytest.mark.parametrize(
    ("what", "said"), [("Pay 40 dollars to the office.", []), ("Pay $40.", []), ("Pay 40.", ["money"]), ("Pagar el teléfono.", ["money"])]
)
def test_money_needs_an_amount_and_a_currency(what, said):
    assert codes(replace(GOOD, what=what)) == said


def test_the_young_promise_fewer_hours_and_an_office_or_the_team_may_take_the_money():
    assert (codes(replace(GOOD, hours=21)), codes(replace(GOOD, hours=21, by_the_young=True))) == ([], ["many_hours"])
    paid = replace(GOOD, kind="payment", amount=Decimal(5))
    assert (codes(replace(paid, carried=True)), codes(replace(paid, owed_to_harmed=False)), codes(replace(paid, amount=None, carried=True))) == (
        [],
        [],
        ["money"],
    )


@pytest.mark.parametrize(
    ("words", "language", "hard"),
    [
        ("I write a letter that says what I did and hand it in.", "en", False),
        ("Escribo una carta que dice lo que hice y la entrego.", "es", False),
        ("Participar responsablemente en la reconstrucción institucional comunitaria correspondiente al vecindario.", "es", True),
        ("Participar responsablemente en la reconstrucción institucional comunitaria correspondiente al vecindario.", "ar", False),
        ("Rehabilitation.", "en", False),
    ],
)
def test_hard_words_are_known_in_the_languages_we_can_measure(words, language, hard):
    assert is_hard(words, language) == hard


def test_a_county_has_ninety_days():
    due = replace(GOOD, due_on=TODAY + timedelta(days=90))
    assert codes(due, "community") == []
    assert codes(replace(due, due_on=TODAY + timedelta(days=91)), "community") == ["too_long"]


def test_the_whole_is_weighed_too():
    seven = [replace(GOOD, what=f"{GOOD.what} {n}") for n in range(7)]
    assert of_all(seven, harmed=True) == []
    assert [a.code for a in of_all([*seven, GOOD], harmed=True)] == ["too_many"]
    assert [a.code for a in of_all([replace(GOOD, owed_to_harmed=False)], harmed=True)] == ["nothing_for_harmed"]
    assert of_all([replace(GOOD, owed_to_harmed=False)], harmed=False) == []
    assert of_all([], harmed=True) == []
    assert [a.code for a in of_all([GOOD, replace(GOOD, what=GOOD.what.upper())], harmed=True)] == ["twice"]


@pytest.mark.django_db
def test_advice_stands_beside_the_promise_and_does_not_stop_it(met, village, client):
    day = timezone.localdate() + timedelta(days=3)
    Closure.objects.create(name="Teachers' day", starts_on=day, ends_on=day)
    agreement = actions.draft(met.case, by=met.lead)
    actions.promise(agreement, by=met.lead, owner=met.hana, what="Be nice.", due_on=day)
    each, whole = queries.weighed(agreement)
    assert [a.code for a in each[0].advice] == ["owner_harmed", "vague", "no_proof", "closed_day"]
    assert [a.code for a in whole] == ["nothing_for_harmed"]
    page = village.sign_in(client, "fadi").get(reverse("agreement", args=[met.case.ref])).content.decode()
    for advice in [*each[0].advice, *whole]:
        assert advice.sentence.replace("'", "&#x27;") in page
    assert actions.present(agreement, by=met.lead).stage == "signing"


@pytest.mark.django_db
def test_who_is_kept_apart_absent_or_gone_is_named(met):
    agreement = actions.draft(met.case, by=met.lead)
    item = actions.promise(
        agreement, by=met.lead, owner=met.sol, owed_to=met.hana, what="Mend it.", due_on=timezone.localdate(), proof_wanted="Seen."
    )
    cases.bar_contact(met.case, by=met.coordinator, one=met.sol, other=met.hana, by_order=True)
    Attendance.objects.create(conference=met.conference, participation=met.sol, came=False)
    weighed = queries.weighed(agreement)[0][0]
    assert ([b.code for b in weighed.bars], [a.code for a in weighed.advice]) == (["nothing_passes"], ["owner_absent"])
    met.sol.left_at = timezone.now()
    met.sol.save()
    each, _whole = queries.weighed(agreement)
    assert (each[0].item, [a.code for a in each[0].advice]) == (item, ["no_owner"])


@pytest.mark.django_db
def test_an_exam_closes_nothing_and_a_court_day_does(met):
    day = timezone.localdate() + timedelta(days=3)
    agreement = actions.draft(met.case, by=met.lead)
    actions.promise(agreement, by=met.lead, owner=met.rami, owed_to=met.hana, what="Mend it.", due_on=day, proof_wanted="Seen.")
    exam = Closure.objects.create(name="Maths", kind=Closure.Kind.EXAM, starts_on=day, ends_on=day)
    assert queries.weighed(agreement)[0][0].advice == []
    Closure.objects.filter(pk=exam.pk).update(kind=Closure.Kind.COURT)
    assert [a.code for a in queries.weighed(agreement)[0][0].advice] == ["closed_day"]


@pytest.mark.django_db
def test_a_day_is_counted_in_school_days(met, village, client):
    agreement = actions.draft(met.case, by=met.lead)
    with village.inside():
        first = today(met.programme) + timedelta(days=1)
        Closure.objects.create(name="Snow", starts_on=first, ends_on=first + timedelta(days=6))
    words = {"owner": str(met.rami.pk), "owed_to": "", "what": "Mend it.", "due_on": "", "in_days": "3"}
    village.sign_in(client, "fadi")
    there = reverse("promise_add", args=[agreement.pk])
    assert client.post(there, words | {"in_days": ""}).status_code == 422
    assert client.post(there, words).status_code == 302
    day = agreement.items.get().due_on
    assert (day.weekday() < 5, day > first + timedelta(days=6)) == (True, True)
    assert clock.open_days_between(first + timedelta(days=6), day) == 3
