"""Two at the same instant, each on a connection of their own."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from setfair.agreements import actions
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Signature
from setfair.cases.journey import Stage as CaseStage
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db(transaction=True)


STAYS = 0.6
"""Seconds for which the first has acted and not committed; without a lock the second needs a tenth of that."""


def at_once(village, first, second):
    """Both in transactions of their own that lie over each other: the second begins when the first has acted and has not committed.

    What was raised stands in place of an answer.
    """
    acted = Event()

    def run(act, ahead):
        try:
            with village.inside():
                if not ahead:
                    acted.wait(timeout=20)
                answer = act()
                if ahead:
                    acted.set()
                    time.sleep(STAYS)
                return answer
        except (actions.CannotSign, actions.CannotWrite, WrongStep) as refusal:
            return refusal
        finally:
            acted.set()
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(run, (first, second), (True, False)))


def nearly_signed(village):
    with village.inside():
        story = case_at(village, CaseStage.CONVENED)
        story.write_agreement()
        for key in ("hana", "rami"):
            signing(story, story.agreement, key)()
        return story, story.agreement


def signing(story, agreement, key):
    return lambda: actions.sign(agreement, by=story.me(key), participation=story.people[key], method=Signature.Method.OWN_DEVICE, typed_name=key)


@pytest.mark.mission("S0.6")
def test_of_two_last_signers_exactly_one_brings_it_into_force(village):
    story, agreement = nearly_signed(village)
    answers = at_once(village, signing(story, agreement, "sol"), signing(story, agreement, "gail"))
    assert [type(a) for a in answers] == [Signature, Signature]
    with village.inside():
        story.case.refresh_from_db()
        assert (story.agreement.stage, story.case.stage) == (Stage.IN_FORCE, CaseStage.FOLLOWING_UP)
        assert Entry.objects.filter(verb="moved", detail__to="in_force").count() == 1
        assert Entry.objects.filter(verb="moved", detail__to="following_up").count() == 1
        assert Letter.objects.filter(key__startswith="all_signed:").count() == 4


def test_the_same_name_sent_twice_at_once_is_one_signature(village):
    story, agreement = nearly_signed(village)
    answers = at_once(village, signing(story, agreement, "sol"), signing(story, agreement, "sol"))
    assert sorted(type(a).__name__ for a in answers) == ["Signature", "SignedAlready"]
    with village.inside():
        assert Signature.objects.count() == 3


@pytest.mark.parametrize("signs_first", [True, False])
def test_a_last_signature_and_a_change_of_mind_go_one_after_the_other(village, signs_first):
    story, agreement = nearly_signed(village)
    with village.inside():
        signing(story, agreement, "sol")()
    acts = [signing(story, agreement, "gail"), lambda: preparation.withdraw(story.hana, by=story.me("hana"))]
    answers = at_once(village, *(acts if signs_first else acts[::-1]))
    assert [isinstance(a, Exception) for a in answers] == ([False, False] if signs_first else [False, True])
    with village.inside():
        story.case.refresh_from_db()
        where = (Stage.IN_FORCE, CaseStage.FOLLOWING_UP) if signs_first else (Stage.ENDED, CaseStage.PREPARING)
        assert (story.agreement.stage, story.case.stage) == where


@pytest.mark.parametrize("signs_first", [True, False])
def test_a_signature_never_slips_into_a_new_version(village, signs_first):
    story, agreement = nearly_signed(village)
    acts = [signing(story, agreement, "sol"), lambda: actions.rewrite(agreement, by=story.lead)]
    answers = at_once(village, *(acts if signs_first else acts[::-1]))
    assert [isinstance(a, Exception) for a in answers] == ([False, False] if signs_first else [False, True])
    with village.inside():
        assert (story.agreement.version, story.agreement.stage, story.agreement.signatures.count()) == (2, Stage.DRAFTING, 0)
        agreement.refresh_from_db()
        assert (agreement.stage, agreement.signatures.count()) == (Stage.ENDED, 3 if signs_first else 2)


def test_two_who_begin_something_more_at_once_begin_the_same(village):
    with village.inside():
        story = case_at(village, CaseStage.FOLLOWING_UP)
        agreement = story.agreement
    answers = at_once(village, *[lambda: actions.agree_more(agreement, by=story.lead)] * 2)
    assert (answers[0], answers[0].number) == (answers[1], 2)
    with village.inside():
        assert Agreement.objects.count() == 2


@pytest.mark.parametrize("signs_first", [True, False])
def test_words_are_taken_back_or_signed_and_never_both(village, signs_first):
    with village.inside():
        story = case_at(village, CaseStage.CONVENED)
        story.write_agreement()
        agreement = story.agreement
    acts = [signing(story, agreement, "sol"), lambda: actions.reopen(agreement, by=story.lead)]
    answers = at_once(village, *(acts if signs_first else acts[::-1]))
    assert [isinstance(a, Exception) for a in answers] == [False, True]
    with village.inside():
        agreement.refresh_from_db()
        assert (agreement.stage, agreement.signatures.count()) == ((Stage.SIGNING, 1) if signs_first else (Stage.DRAFTING, 0))
