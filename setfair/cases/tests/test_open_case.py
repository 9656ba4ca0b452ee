"""A request that is accepted has its case at once; numbers run on, one programme at a time."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from setfair.cases.actions import open_case
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core import tenant
from setfair.journal.models import Entry
from setfair.referrals import actions as referrals
from setfair.village.build import build
from setfair.village.story import CHECKS, asked


def test_an_accepted_request_has_its_case(village):
    with village.inside():
        referral, _code = asked(village)
        referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
        case = Case.objects.get(referral=referral)
        assert (case.ref, case.stage, case.coordinator, case.deadline) == ("C-0001", Stage.PREPARING, village.cora, referral.deadline)
        assert len(case.alias.split()) == 2
        line = Entry.objects.get(verb="opened", case_id=case.pk)
        assert (line.actor_id, line.detail) == (village.cora.pk, {})


def test_a_request_opens_one_case_however_often(village):
    with village.inside():
        referral, _code = asked(village)
        referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
        again = open_case(by=village.actor("cora"), coordinator=village.cora, referral=referral)
        assert [again] == list(Case.objects.all())


def test_a_declined_request_opens_none(village):
    with village.inside():
        referral, _code = asked(village)
        referrals.decline(referral, by=village.actor("cora"), reason="not_suitable")
        assert not Case.objects.exists()


def test_numbers_run_on_past_9999_and_each_programme_counts_for_itself(village):
    with village.inside():
        last = open_case(by=village.actor("cora"), coordinator=village.cora)
        Case.objects.filter(pk=last.pk).update(ref="C-9999")
        assert open_case(by=village.actor("cora"), coordinator=village.cora).ref == "C-10000"
        assert open_case(by=village.actor("cora"), coordinator=village.cora).ref == "C-10001"
    with village.inside(village.county):
        assert open_case(by=village.actor("nour"), coordinator=village.nour).ref == "C-0001"


def test_words_and_a_deadline_may_be_given(village):
    with village.inside():
        case = open_case(by=village.actor("cora"), coordinator=village.cora, matter="a jacket", summary="مرحبا 🌱", deadline=date(2027, 1, 8))
        case = Case.objects.get(pk=case.pk)
        assert (case.matter, case.summary, case.deadline) == ("a jacket", "مرحبا 🌱", date(2027, 1, 8))


@pytest.mark.django_db(transaction=True)
def test_cases_opened_at_the_same_instant_have_different_numbers(village_for_all):
    village, together, refs = village_for_all, Barrier(4), []

    def opens() -> None:
        try:
            with tenant.inside(village.school.pk):
                together.wait(10)
                refs.append(open_case(by=village.actor("cora"), coordinator=village.cora).ref)
        finally:
            connection.close()

    threads = [Thread(target=opens) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(refs) == ["C-0001", "C-0002", "C-0003", "C-0004"]


@pytest.fixture
def village_for_all(transactional_db):
    """A village whose rows are committed, for several connections at once."""
    return build(with_passwords=False)
