import threading

import pytest
from django.db import IntegrityError, connection, transaction

from setfair.cases.models import Case
from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.reasons import AT, Reason, Step
from setfair.referrals import actions, queries
from setfair.referrals.journey import Stage
from setfair.referrals.models import Addition, Referral, Screening
from setfair.village.story import CHECKS

from .asks import ask

NOES = sorted(AT[Step.NO] - {Reason.OWN})


def sender(referral):
    return Actor(Kind.REFERRER, referral.programme_id, referral.pk)


def test_accepting_keeps_the_checks_and_opens_one_case(village):
    with village.inside():
        referral, _code = ask(village.school)
        actions.accept(referral, by=village.actor("cora"), checks={"no_order": "yes", "harm_named": "no"}, note="Seen on Tuesday.")
        kept = Screening.objects.get(referral=referral)
        assert (kept.accepted, kept.reason, kept.checks, kept.note) == (True, "fits", {"no_order": "yes", "harm_named": "no"}, "Seen on Tuesday.")
        assert kept.by == village.cora.pk
        assert Referral.objects.get(pk=referral.pk).stage == Stage.ACCEPTED
        assert queries.case_of(referral) == Case.objects.get(referral=referral)


def test_a_tick_that_is_not_on_the_list_is_refused_and_nothing_moves(village):
    with village.inside():
        referral, _code = ask(village.school)
        with pytest.raises(actions.CannotScreen):
            actions.accept(referral, by=village.actor("cora"), checks=CHECKS | {"looks_nice": "yes"})
        assert (Referral.objects.get(pk=referral.pk).stage, Screening.objects.count()) == (Stage.RECEIVED, 0)


@pytest.mark.parametrize("reason", NOES)
def test_declining_keeps_a_code_and_opens_no_case(village, reason):
    with village.inside():
        referral, _code = ask(village.school)
        actions.decline(referral, by=village.actor("cora"), reason=reason)
        assert Screening.objects.get(referral=referral).reason == reason
        assert (Referral.objects.get(pk=referral.pk).stage, Case.objects.count()) == (Stage.DECLINED, 0)


@pytest.mark.parametrize("reason", ["", "because"])
def test_declining_without_a_coded_reason_is_refused(village, reason):
    with village.inside():
        referral, _code = ask(village.school)
        with pytest.raises(actions.CannotScreen):
            actions.decline(referral, by=village.actor("cora"), reason=reason)
        assert Referral.objects.get(pk=referral.pk).stage == Stage.RECEIVED


@pytest.mark.parametrize(("accepted", "reason"), [(False, ""), (True, "not_safe"), (False, "fits"), (True, ""), (False, "own")])
def test_the_database_itself_wants_one_reason_that_fits_the_answer(village, accepted, reason):
    with village.inside():
        referral, _code = ask(village.school)
        with pytest.raises(IntegrityError), transaction.atomic():
            Screening.objects.create(referral=referral, accepted=accepted, reason=reason, by=village.cora.pk)


def test_a_screening_cannot_be_changed(village):
    with village.inside():
        referral, _code = ask(village.school)
        actions.decline(referral, by=village.actor("cora"), reason=Reason.NOT_SAFE)
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Screening.objects.filter(referral=referral).update(reason=Reason.DUPLICATE)


def test_whoever_is_declined_gets_the_same_neutral_letter_whatever_the_reason(village):
    with village.inside():
        bodies = set()
        for reason in NOES:
            referral, _code = ask(village.school, reach={"email": "hana@home.example"})
            actions.decline(referral, by=village.actor("cora"), reason=reason, note="They are not safe with each other.")
            letter = Letter.objects.get(key=f"request-declined:{referral.pk}")
            bodies.add((letter.subject, letter.body))
        assert len(bodies) == 1
        subject, body = bodies.pop()
        assert subject == "A message for you"
        assert [word for word in ("safe", "order", "suitable", "reason") if word in body] == []


@pytest.mark.parametrize("reach", [{"call": "555-0160"}, {"none": True}, {}])
def test_no_letter_goes_where_it_was_not_said_to_be_safe(village, reach):
    with village.inside():
        referral, _code = ask(village.school, reach=reach)
        actions.decline(referral, by=village.actor("cora"), reason=Reason.OTHER_PATH)
        assert Letter.objects.filter(key=f"request-declined:{referral.pk}").count() == 0


def test_a_request_taken_back_stops_what_was_to_be_sent(village):
    with village.inside():
        referral, _code = ask(village.school, reach={"email": "hana@home.example"})
        actions.withdraw(referral, by=sender(referral))
        assert Letter.objects.get(reader_id=referral.pk).stage == "withdrawn"
        assert Referral.objects.get(pk=referral.pk).stage == Stage.WITHDRAWN


@pytest.mark.parametrize("declined", [True, False])
def test_what_is_over_does_not_move_again(village, declined):
    with village.inside():
        referral, _code = ask(village.school)
        there = Referral.objects.get(pk=referral.pk)
        actions.decline(there, by=village.actor("cora"), reason=Reason.DUTY) if declined else actions.withdraw(there, by=sender(there))
        for verb in (
            lambda: actions.accept(referral, by=village.actor("cora"), checks=CHECKS),
            lambda: actions.decline(referral, by=village.actor("cora"), reason=Reason.DUPLICATE),
            lambda: actions.withdraw(referral, by=sender(referral)),
        ):
            with pytest.raises(WrongStep):
                verb()
        assert Screening.objects.count() == declined


def test_reading_is_in_the_journal_and_what_was_added_counts_as_read_when_a_coordinator_did(village):
    with village.inside():
        referral, _code = ask(village.school)
        actions.add(referral, by=sender(referral), words="It was on Monday.")
        read = []
        for who in ("sven", "cora"):
            actions.read(referral, by=village.actor(who))
            read.append(Addition.objects.get().read_at is not None)
        lines = Entry.objects.filter(verb="read", subject_id=str(referral.pk)).order_by("id")
        assert ([line.actor_id for line in lines], read) == ([village.sven.pk, village.cora.pk], [False, True])


def test_the_same_words_added_twice_are_added_once(village):
    with village.inside():
        referral, _code = ask(village.school)
        for words in ("It was on Monday.", "It was on Monday.", "And on Friday."):
            actions.add(referral, by=sender(referral), words=words)
        assert [a.words for a in Addition.objects.order_by("at")] == ["It was on Monday.", "And on Friday."]


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_accept_at_once_one_is_heard(village):
    with village.inside():
        referral, _code = ask(village.school)
    said, together = [], threading.Barrier(2)

    def one():
        try:
            with tenant.inside(village.school.pk):
                mine = Referral.objects.get(pk=referral.pk)
                together.wait(10)
                actions.accept(mine, by=village.actor("cora"), checks=CHECKS)
            said.append("accepted")
        except WrongStep as sentence:
            said.append(str(sentence))
        except Exception as trouble:
            said.append(repr(trouble))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["This has moved on in the meantime. Please look at the page again.", "accepted"]
    with village.inside():
        assert (Case.objects.count(), Screening.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_different_requests_can_be_accepted_at_once(village):
    with village.inside():
        waiting = [ask(village.school)[0].pk for _n in range(4)]
    said, together = [], threading.Barrier(len(waiting))

    def one(pk):
        try:
            with tenant.inside(village.school.pk):
                mine = Referral.objects.get(pk=pk)
                together.wait(10)
                actions.accept(mine, by=village.actor("cora"), checks=CHECKS)
            said.append("accepted")
        except Exception as trouble:
            said.append(repr(trouble))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[pk]) for pk in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["accepted"] * 4
    with village.inside():
        assert len(set(Case.objects.values_list("ref", flat=True))) == 4
