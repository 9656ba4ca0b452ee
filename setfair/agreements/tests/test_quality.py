"""The advice of practice.md, annex C3: it warns, and never blocks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.quality import Promise, of_all, of_one
from setfair.cases import actions as cases
from setfair.conferences.models import Attendance
from setfair.programmes.models import Closure

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
}
THANKSGIVING = [(date(2026, 11, 25), date(2026, 11, 27), "Thanksgiving")]


def codes(promise, kind="school"):
    return [a.code for a in of_one(promise, kind=kind, begins=TODAY, closed=THANKSGIVING)]


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


def test_a_county_has_ninety_days():
    due = replace(GOOD, due_on=TODAY + timedelta(days=90))
    assert codes(due, "community") == []
    assert codes(replace(due, due_on=TODAY + timedelta(days=91)), "community") == ["too_long"]


def test_the_whole_is_weighed_too():
    assert of_all([GOOD] * 7, harmed=True) == []
    assert [a.code for a in of_all([GOOD] * 8, harmed=True)] == ["too_many"]
    assert [a.code for a in of_all([replace(GOOD, owed_to_harmed=False)], harmed=True)] == ["nothing_for_harmed"]
    assert of_all([replace(GOOD, owed_to_harmed=False)], harmed=False) == []
    assert of_all([], harmed=True) == []


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
