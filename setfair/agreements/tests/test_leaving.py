"""Who signs is fixed when it is laid out. Somebody who leaves neither blocks it nor leaves behind a promise that nobody of theirs signed."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Signature, Signer
from setfair.agreements.tests.test_race import at_once, nearly_signed
from setfair.agreements.tests.test_race import signing as signs
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case, Participation
from setfair.conferences import actions as conferences
from setfair.desk.needs import needs
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db


def sign(story, *keys):
    for key in keys:
        actions.sign(story.agreement, by=story.me(key), participation=story.people[key], method=Signature.Method.OWN_DEVICE, typed_name=key)


def leave(story, key):
    cases.let_go(story.people[key], by=story.coordinator)


def stands(story):
    return story.agreement.version, story.agreement.stage, Case.objects.get(pk=story.case.pk).stage


def test_a_later_mark_changes_nobody_who_signs(signing):
    conferences.mark_attendance(signing.conference, signing.sol, by=signing.lead, came=False)
    assert list(queries.signers(signing.agreement)) == [signing.hana, signing.rami, signing.sol, signing.gail]
    actions.reopen(signing.agreement, by=signing.lead)
    assert list(queries.signers(signing.agreement)) == [signing.hana, signing.rami, signing.gail]
    actions.present(signing.agreement, by=signing.lead)
    assert list(queries.signers(signing.agreement)) == [signing.hana, signing.rami, signing.gail]
    assert [signer.round for signer in Signer.objects.order_by("round")] == [1, 1, 1, 1, 2, 2, 2]


def test_when_the_last_one_missing_leaves_and_owned_nothing_it_holds(signing):
    sign(signing, "hana", "rami", "gail")
    leave(signing, "sol")
    assert stands(signing) == (1, Stage.IN_FORCE, CaseStage.FOLLOWING_UP)
    assert {letter.reader_id for letter in Letter.objects.filter(key__startswith="all_signed:")} == {
        signing.people[key].person_id for key in ("hana", "rami", "gail")
    }


def test_when_one_of_several_missing_leaves_it_waits_for_the_others(signing):
    sign(signing, "hana", "rami")
    leave(signing, "sol")
    assert stands(signing) == (1, Stage.SIGNING, CaseStage.CONVENED)
    sign(signing, "gail")
    assert stands(signing) == (1, Stage.IN_FORCE, CaseStage.FOLLOWING_UP)


def test_who_signed_and_left_still_stands_under_it(signing):
    sign(signing, "hana", "sol", "gail")
    leave(signing, "sol")
    assert stands(signing) == (1, Stage.SIGNING, CaseStage.CONVENED)
    sign(signing, "rami")
    hands = {hand.participation.pk: hand.signature is not None for hand in queries.hands(signing.agreement)}
    assert hands == {p.pk: True for p in signing.people.values()}


@pytest.mark.parametrize("first", [(), ("hana", "sol"), ("hana", "sol", "gail")])
def test_with_an_owner_gone_it_goes_back_to_be_written_and_today_says_so(signing, first):
    sign(signing, *first)
    leave(signing, "rami")
    assert stands(signing) == (2 if first else 1, Stage.DRAFTING, CaseStage.CONVENED)
    assert [item.owner for item in signing.items()] == [signing.rami, signing.rami]
    sentence = "Somebody who had promised something has left: it is written anew"
    told = {who: [n.sentence for n in needs(signing.village.actor(who), signing.programme).rows] for who in ("cora", "fadi", "mina")}
    assert told == {"cora": [sentence], "fadi": [sentence], "mina": []}
    with pytest.raises(actions.CannotWrite, match="was not there to sign"):
        actions.present(signing.agreement, by=signing.lead)


def test_signatures_given_to_words_with_a_promise_of_theirs_do_not_count_for_the_next(signing):
    sign(signing, "hana", "rami", "sol")
    leave(signing, "rami")
    for item in signing.items():
        actions.reword(item, by=signing.lead, owner=signing.gail, what=item.what, due_on=item.due_on.replace(year=item.due_on.year + 1))
    actions.present(signing.agreement, by=signing.lead)
    assert list(queries.still_to_sign(signing.agreement)) == [signing.hana, signing.sol, signing.gail]


def test_when_everybody_who_could_sign_has_left_nothing_holds(signing):
    for item in signing.items()[1:]:
        item.delete()
    signing.items()[0].__class__.objects.update(owner=signing.gail)
    for key in ("hana", "rami", "sol", "gail"):
        leave(signing, key)
    assert stands(signing)[1] == Stage.DRAFTING


def test_who_decided_for_a_young_person_leaves_and_it_does_not_hold_on_the_young_person_s_yes_alone(signing):
    sign(signing, "hana", "rami", "sol")
    leave(signing, "gail")
    assert stands(signing) == (2, Stage.DRAFTING, CaseStage.CONVENED)
    with pytest.raises(actions.CannotWrite, match="Rami needs a parent or guardian"):
        actions.present(signing.agreement, by=signing.lead)


def test_who_decided_and_had_signed_leaves_and_their_yes_stands(signing):
    sign(signing, "hana", "gail", "sol")
    leave(signing, "gail")
    assert stands(signing) == (1, Stage.SIGNING, CaseStage.CONVENED)
    sign(signing, "rami")
    assert stands(signing) == (1, Stage.IN_FORCE, CaseStage.FOLLOWING_UP)


def test_whoever_decides_no_longer_is_missed_by_the_database_too(signing):
    sign(signing, "hana", "rami", "sol")
    Participation.objects.filter(pk=signing.gail.pk).update(left_at=timezone.now())
    assert queries.undecided(signing.agreement) == [signing.rami]
    with pytest.raises(IntegrityError, match="not everyone has signed this"), transaction.atomic():
        Agreement.objects.filter(pk=signing.agreement.pk).update(stage=Stage.IN_FORCE)


def test_the_rows_are_never_changed(signing):
    for change in ("UPDATE agreements_signer SET round = 9", "DELETE FROM agreements_signer"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signs_first", [True, False])
def test_a_last_signature_and_a_last_leaving_at_once_bring_it_into_force_once(village, signs_first):
    story, agreement = nearly_signed(village)
    acts = [signs(story, agreement, "gail"), lambda: cases.let_go(story.sol, by=story.coordinator)]
    answers = at_once(village, *(acts if signs_first else acts[::-1]))
    assert [isinstance(a, Exception) for a in answers] == [False, False]
    with village.inside():
        assert stands(story) == (1, Stage.IN_FORCE, CaseStage.FOLLOWING_UP)
        assert Letter.objects.filter(key__startswith="all_signed:").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_leave_nothing_waiting(village):
    story, _agreement = nearly_signed(village)
    at_once(village, *(lambda key=key: cases.let_go(story.people[key], by=story.coordinator) for key in ("gail", "sol")))
    with village.inside():
        assert stands(story) == (2, Stage.DRAFTING, CaseStage.CONVENED)
