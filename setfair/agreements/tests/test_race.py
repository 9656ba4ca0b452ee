"""Two at the same instant, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from setfair.agreements import actions
from setfair.agreements.journey import Stage
from setfair.agreements.models import Signature
from setfair.cases.journey import Stage as CaseStage
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(village, *acts):
    """Run each in a transaction of its own, all let go at the same moment; what was raised stands in place of an answer."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            with village.inside():
                gate.wait(timeout=20)
                return act()
        except (actions.CannotSign, WrongStep) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


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
    assert sorted(type(a).__name__ for a in answers) == ["CannotSign", "Signature"]
    with village.inside():
        assert Signature.objects.count() == 3


def test_a_signature_and_a_change_of_mind_at_once_leave_no_agreement_in_force_without_a_yes(village):
    story, agreement = nearly_signed(village)
    with village.inside():
        signing(story, agreement, "sol")()
    withdrawing = lambda: preparation.withdraw(story.hana, by=story.me("hana"))  # noqa: E731
    answers = at_once(village, signing(story, agreement, "gail"), withdrawing)
    assert not isinstance(answers[1], Exception)
    with village.inside():
        story.case.refresh_from_db()
        assert (story.agreement.stage, story.case.stage) == (Stage.ENDED, CaseStage.PREPARING)


def test_a_signature_and_a_new_version_at_once_never_mix(village):
    story, agreement = nearly_signed(village)
    rewriting = lambda: actions.rewrite(agreement, by=story.lead)  # noqa: E731
    answers = at_once(village, signing(story, agreement, "sol"), rewriting)
    assert not isinstance(answers[1], Exception)
    with village.inside():
        assert (story.agreement.version, story.agreement.stage, story.agreement.signatures.count()) == (2, Stage.DRAFTING, 0)
