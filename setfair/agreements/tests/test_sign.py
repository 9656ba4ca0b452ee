"""Whose yes it takes, and what stands under it."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from setfair.agreements import actions, queries, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import Concern, Evidence, Signature
from setfair.agreements.seen import before
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Participation, Role
from setfair.conferences.models import Attendance
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.people.models import Person
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
OWN = Signature.Method.OWN_DEVICE


def sign(story, key, **said):
    return actions.sign(story.agreement, **{"by": story.me(key), "participation": story.people[key], "method": OWN, "typed_name": key.title()} | said)


@pytest.mark.mission("S0.6")
def test_with_the_last_of_all_who_were_there_it_comes_into_force(signing):
    stages = []
    for key in ("hana", "rami", "sol", "gail"):
        sign(signing, key)
        signing.case.refresh_from_db()
        stages.append((signing.agreement.stage, signing.case.stage))
    assert stages == [(Stage.SIGNING, CaseStage.CONVENED)] * 3 + [(Stage.IN_FORCE, CaseStage.FOLLOWING_UP)]
    told = Letter.objects.filter(key__startswith="all_signed:")
    assert sorted(told.values_list("reader_id", flat=True)) == sorted(p.person_id for p in signing.people.values())
    assert Entry.objects.filter(verb="signed").count() == 4


def test_the_exact_words_and_their_language_are_kept_with_the_name(signing):
    kept = Signature.objects.get(pk=sign(signing, "rami", typed_name="  رامي 👩🏽‍🦱  ").pk)
    assert (kept.typed_name, kept.language, kept.method, kept.witness) == ("رامي 👩🏽‍🦱", "en", OWN, None)
    assert kept.text_digest == text.digest(signing.agreement.words)
    assert len(kept.text_digest) == 64


def test_the_digest_is_of_every_word(signing):
    words = signing.agreement.words
    other = {**words, "items": [{**words["items"][0], "due_on": "2030-01-01"}, *words["items"][1:]]}
    assert text.digest(words) == text.digest(dict(reversed(words.items())))
    assert len({text.digest(w) for w in (words, other, {**words, "version": 2}, {**words, "items": words["items"][::-1]})}) == 4


def test_a_name_corrected_later_changes_nothing_that_was_signed(signing):
    before = sign(signing, "hana").text_digest
    signing.rami.person.called = "Ramy"
    signing.rami.person.save()
    assert sign(signing, "rami").text_digest == before
    assert [line.who for line in queries.lines(signing.agreement)] == ["Rami", "Rami"]


def test_nobody_signs_twice(signing):
    sign(signing, "hana")
    with pytest.raises(actions.CannotSign):
        sign(signing, "hana")
    assert Signature.objects.count() == 1


def test_who_signed_last_may_press_twice_and_nothing_moves_again(holding):
    with pytest.raises(actions.CannotSign):
        sign(holding, "gail")
    assert Entry.objects.filter(verb="moved", detail__to="in_force").count() == 1


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_signature_has_a_name(signing, name):
    with pytest.raises(actions.CannotSign):
        sign(signing, "hana", typed_name=name)


def test_words_that_changed_since_they_were_read_are_not_signed(signing):
    read = text.digest(before(signing.agreement, signing.rami))
    agreement = actions.reopen(signing.agreement, by=signing.lead)
    item = signing.items()[0]
    actions.reword(item, by=signing.lead, owner=signing.rami, what="Do twice as much.", due_on=item.due_on)
    with pytest.raises(actions.CannotSign):
        sign(signing, "rami", seen=read)
    actions.present(agreement, by=signing.lead)
    with pytest.raises(actions.CannotSign, match="changed"):
        sign(signing, "rami", seen=read)
    assert Signature.objects.count() == 0
    signing.find_fair()
    assert sign(signing, "rami", seen=text.digest(before(signing.agreement, signing.rami))).participation == signing.rami


def test_a_draft_and_an_ended_one_cannot_be_signed(signing):
    actions.reopen(signing.agreement, by=signing.lead)
    with pytest.raises(actions.CannotSign):
        sign(signing, "hana")
    actions.end(signing.agreement, by=signing.lead)
    with pytest.raises(actions.CannotSign):
        sign(signing, "hana")


def test_nobody_from_another_case_signs(signing, next_case):
    with pytest.raises(actions.CannotSign):
        actions.sign(signing.agreement, by=next_case.me("otto"), participation=next_case.otto, method=OWN, typed_name="Otto")


def test_who_did_not_come_an_interpreter_and_who_left_do_not_sign_and_hold_nothing_up(met):
    ivan = Participation.objects.create(case=met.case, person=Person.objects.create(name="Ivan Pell"), role=Role.INTERPRETER)
    Attendance.objects.create(conference=met.conference, participation=ivan, came=True)
    Attendance.objects.create(conference=met.conference, participation=met.sol, came=False)
    met.people["ivan"] = ivan
    met.write_agreement()
    assert list(queries.signers(met.agreement)) == [met.hana, met.rami, met.gail]
    for key in ("sol", "ivan"):
        with pytest.raises(actions.CannotSign):
            sign(met, key)
    for key in ("hana", "rami"):
        sign(met, key)
    met.gail.left_at = met.gail.added_at
    met.gail.save()
    assert list(queries.still_to_sign(met.agreement)) == []


def test_of_two_marks_about_who_came_the_later_counts(met):
    for came in (False, True):
        Attendance.objects.create(conference=met.conference, participation=met.sol, came=came)
    met.write_agreement()
    assert met.sol in queries.signers(met.agreement)


@pytest.mark.mission("S0.5")
def test_somebody_who_takes_back_their_yes_ends_what_was_being_signed_and_nobody_else_learns_who(signing):
    sign(signing, "hana")
    agreement = signing.agreement
    preparation.withdraw(signing.sol, by=signing.me("sol"))
    agreement.refresh_from_db()
    signing.case.refresh_from_db()
    assert (agreement.stage, signing.case.stage) == (Stage.ENDED, CaseStage.PREPARING)
    with pytest.raises(actions.CannotSign, match="Nothing is asked of you"):
        sign(signing, "rami")
    assert Letter.objects.filter(key__startswith="to_sign:").exclude(stage="withdrawn").count() == 0
    line = Entry.objects.get(subject_kind="agreements.agreement", detail__to="ended")
    assert line.detail == {"was": "signing", "to": "ended", "reason": "case_preparing"}


def test_a_no_is_written_down_for_the_team_alone(signing):
    agreement, letters = signing.agreement, Letter.objects.count()
    actions.hold_back(agreement, by=signing.me("rami"), participation=signing.rami)
    actions.hold_back(agreement, by=signing.me("rami"), participation=signing.rami)
    concern = Concern.objects.get()
    assert (concern.participation, concern.kind) == (signing.rami, Concern.Kind.UNWILLING)
    assert [c.pk for c in queries.unanswered(type(agreement).objects.all())] == [concern.pk]
    assert Entry.objects.get(verb="held_back").actor_id == signing.rami.pk
    assert (Letter.objects.count(), agreement.stage) == (letters, Stage.SIGNING)
    sign(signing, "rami")
    assert list(queries.unanswered(type(agreement).objects.all())) == []


def test_what_is_not_right_is_kept_whole_and_who_said_it_can_still_sign(signing):
    words = "The date is wrong. " * 2_200
    actions.say_wrong(signing.agreement, by=signing.me("hana"), participation=signing.hana, words=words)
    assert Concern.objects.get().words == words.strip()
    with pytest.raises(actions.CannotSign):
        actions.say_wrong(signing.agreement, by=signing.me("hana"), participation=signing.hana, words="  ")
    sign(signing, "hana")
    with pytest.raises(actions.CannotSign):
        actions.hold_back(signing.agreement, by=signing.me("hana"), participation=signing.hana)


def test_two_staff_cannot_sign_for_each_other_under_a_name_that_left(signing):
    cases.let_go(signing.sol, by=signing.coordinator)
    with pytest.raises(actions.CannotSign):
        sign(signing, "sol")


@pytest.mark.parametrize("model", [Signature, Evidence, Concern])
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_refuses_to_change_what_was_signed_or_said(holding, model, verb):
    actions.send_proof(holding.items()[0], by=holding.me("rami"), words="Done.")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(model._meta.db_table))
