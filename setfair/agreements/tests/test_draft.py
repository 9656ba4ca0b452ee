"""Writing down what was agreed: whose promise, by when, and that nothing half-right is laid on the table."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from setfair.agreements import actions, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Item, Signature
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.conferences.models import Attendance
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.village.time import at

pytestmark = pytest.mark.django_db
SOON = timedelta(days=7)


def promised(story, agreement, **said):
    words = {"owner": story.rami, "what": "Write a letter.", "due_on": timezone.localdate() + SOON} | said
    return actions.promise(agreement, by=story.lead, **words)


@pytest.mark.parametrize("stage", [CaseStage.PREPARING, CaseStage.READY, CaseStage.SCHEDULED, CaseStage.FOLLOWING_UP, CaseStage.CLOSED])
def test_it_is_written_once_everyone_has_met_and_not_before_or_after(village, stage, at_stage):
    with village.inside():
        story = at_stage
        before = Agreement.objects.count()
        with pytest.raises(actions.CannotWrite):
            actions.draft(story.case, by=story.lead)
        assert Agreement.objects.count() == before


@pytest.mark.mission("S2.7")
def test_after_the_conference_the_steps_are_collected_in_an_agreement(met):
    agreement = actions.draft(met.case, by=met.lead)
    assert (agreement.stage, agreement.version, agreement.conference) == (Stage.DRAFTING, 1, met.conference)
    item = promised(met, agreement, owed_to=met.hana, proof_wanted="The facilitator hands it over.")
    kept = Item.objects.get()
    assert (kept.pk, kept.owner, kept.owed_to, kept.order, kept.case) == (item.pk, met.rami, met.hana, 1, met.case)
    assert (kept.what, kept.proof_wanted, kept.due_on) == ("Write a letter.", "The facilitator hands it over.", timezone.localdate() + SOON)
    assert list(Entry.objects.filter(verb__in=["drafted", "promised"]).order_by("id").values_list("verb", flat=True)) == [
        "drafted",
        "promised",
    ]


def test_it_can_be_begun_while_people_still_sit_together(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        with at(story.booking.starts_at):
            story.begin()
            story.case.refresh_from_db()
            assert actions.draft(story.case, by=story.lead).conference == story.conference


def test_asked_twice_there_is_one_draft(met):
    first = actions.draft(met.case, by=met.lead)
    assert actions.draft(met.case, by=met.coordinator) == first
    assert Agreement.objects.count() == 1


def test_a_conference_of_another_case_gives_no_agreement(met, next_case):
    with pytest.raises(actions.CannotWrite):
        actions.draft(met.case, by=met.lead, conference=next_case.conference)


def test_the_same_form_sent_twice_is_one_promise(met):
    agreement, key = actions.draft(met.case, by=met.lead), uuid.uuid4()
    assert promised(met, agreement, form_key=key) == promised(met, agreement, form_key=key)
    assert Item.objects.count() == 1


def test_a_promise_of_forty_thousand_signs_is_kept_whole(met):
    words = "Ich schreibe. سأكتب 👩🏽‍🦱 " * 1_601
    item = promised(met, actions.draft(met.case, by=met.lead), what=words)
    assert len(words) > 40_000
    assert Item.objects.get(pk=item.pk).what == words.strip()


@pytest.mark.parametrize("day", [timezone.localdate() - timedelta(days=1), date(1999, 12, 31), date(1, 1, 1)])
def test_a_day_that_has_passed_is_refused(met, day):
    with pytest.raises(actions.CannotWrite):
        promised(met, actions.draft(met.case, by=met.lead), due_on=day)
    assert Item.objects.count() == 0


def test_today_is_not_too_late(met):
    assert promised(met, actions.draft(met.case, by=met.lead), due_on=timezone.localdate()).due_on == timezone.localdate()


def test_only_people_of_this_circle_promise_or_are_promised(met, next_case):
    agreement = actions.draft(met.case, by=met.lead)
    sol = met.sol
    cases.let_go(sol, by=met.coordinator)
    sol.refresh_from_db()
    for wrong in ({"owner": next_case.otto}, {"owner": sol}, {"owed_to": next_case.otto}, {"owed_to": sol}, {"what": "  "}):
        with pytest.raises(actions.CannotWrite):
            promised(met, agreement, **wrong)
    assert Item.objects.filter(agreement=agreement).count() == 0


def test_everyone_can_owe_something_the_person_harmed_too(met):
    assert promised(met, actions.draft(met.case, by=met.lead), owner=met.hana).owner == met.hana


def test_a_draft_can_be_changed_put_in_order_and_taken_back(met):
    agreement = actions.draft(met.case, by=met.lead)
    first, second = promised(met, agreement, what="First."), promised(met, agreement, what="Second.")
    actions.bring_forward(second, by=met.lead)
    assert [i.what for i in Item.objects.filter(agreement=agreement)] == ["Second.", "First."]
    actions.bring_forward(second, by=met.lead)
    assert [i.what for i in Item.objects.filter(agreement=agreement)] == ["Second.", "First."]
    actions.reword(first, by=met.lead, owner=met.gail, what="Drive him there.", due_on=timezone.localdate() + SOON)
    first.refresh_from_db()
    assert (first.owner, first.what, first.proof_wanted) == (met.gail, "Drive him there.", "")
    actions.strike(second, by=met.lead)
    assert list(Item.objects.filter(agreement=agreement)) == [first]


def test_a_promise_that_changed_is_not_taken_off_unread_and_one_that_is_gone_is_said_to_be(met):
    agreement = actions.draft(met.case, by=met.lead)
    item = promised(met, agreement, what="First.")
    same = Item.objects.get(pk=item.pk)
    actions.reword(item, by=met.lead, owner=met.gail, what="Drive him there.", due_on=timezone.localdate() + SOON)
    with pytest.raises(actions.CannotWrite, match="while you were reading"):
        actions.strike(same, by=met.lead, edition=1)
    actions.strike(item, by=met.lead, edition=2)
    again = {"owner": met.rami, "what": "Other.", "due_on": same.due_on}
    for act in (lambda: actions.reword(same, by=met.lead, **again), lambda: actions.bring_forward(same, by=met.lead)):
        with pytest.raises(actions.CannotWrite, match="took this promise off"):
            act()


def test_what_is_there_to_be_signed_cannot_be_changed(signing):
    item = signing.items()[0]
    for change in (
        lambda: promised(signing, signing.agreement),
        lambda: actions.strike(item, by=signing.lead),
        lambda: actions.bring_forward(item, by=signing.lead),
        lambda: actions.reword(item, by=signing.lead, owner=signing.rami, what="Other.", due_on=item.due_on),
        lambda: actions.present(signing.agreement, by=signing.lead),
    ):
        with pytest.raises(actions.CannotWrite):
            change()
    assert [i.what for i in signing.items()] == [line["what"] for line in signing.agreement.words["items"]]


def test_an_empty_sheet_is_not_laid_on_the_table(met):
    agreement = actions.draft(met.case, by=met.lead)
    with pytest.raises(actions.CannotWrite):
        actions.present(agreement, by=met.lead)
    agreement.refresh_from_db()
    assert agreement.stage == Stage.DRAFTING


def test_nobody_is_bound_who_was_not_there_to_sign(met):
    Attendance.objects.create(conference=met.conference, participation=met.sol, came=False)
    agreement = actions.draft(met.case, by=met.lead)
    item = promised(met, agreement, owner=met.sol)
    with pytest.raises(actions.CannotWrite, match="Sol"):
        actions.present(agreement, by=met.lead)
    actions.reword(item, by=met.lead, owner=met.rami, what=item.what, due_on=item.due_on)
    assert actions.present(agreement, by=met.lead).stage == Stage.SIGNING


def test_presenting_fixes_the_words_and_tells_each_signer_once_that_there_is_something_to_read(signing):
    agreement = signing.agreement
    assert agreement.stage == Stage.SIGNING
    assert [(i["who"], i["for_whom"]) for i in agreement.words["items"]] == [("Rami", "Hana"), ("Rami", "Hana")]
    sent = Letter.objects.filter(key__startswith="to_sign:")
    assert sorted(sent.values_list("reader_id", flat=True)) == sorted(p.person_id for p in signing.people.values())
    assert {letter.subject for letter in sent} == {"You have a message"}
    for letter in sent:
        assert not any(word in letter.body for word in ("Rami", "Hana", "agree", "sign", "letter", "C-0"))


def test_it_can_be_taken_back_while_nobody_has_signed(signing):
    agreement = signing.agreement
    actions.reopen(agreement, by=signing.lead)
    assert agreement.stage == Stage.DRAFTING
    actions.reword(signing.items()[0], by=signing.lead, owner=signing.rami, what="Say it in person.", due_on=timezone.localdate() + SOON)
    before = text.digest(signing.agreement.words)
    actions.present(agreement, by=signing.lead)
    assert text.digest(signing.agreement.words) != before
    letters = Letter.objects.filter(key__startswith="to_sign:")
    assert [letters.filter(key__contains=f":{turn}:").values_list("stage").distinct().get() for turn in (1, 2)] == [("withdrawn",), ("due",)]
    assert letters.filter(stage="due").count() == 4


def test_words_that_somebody_signed_are_not_taken_back(signing):
    agreement = signing.agreement
    actions.sign(agreement, by=signing.me("hana"), participation=signing.hana, method=Signature.Method.OWN_DEVICE, typed_name="Hana")
    with pytest.raises(actions.CannotWrite):
        actions.reopen(agreement, by=signing.lead)
    agreement.refresh_from_db()
    assert agreement.stage == Stage.SIGNING


def test_a_new_version_begins_with_the_same_promises_and_no_signature(signing):
    old = signing.agreement
    actions.sign(old, by=signing.me("hana"), participation=signing.hana, method=Signature.Method.OWN_DEVICE, typed_name="Hana")
    fresh = actions.rewrite(old, by=signing.lead)
    assert (fresh.version, fresh.stage, fresh.conference) == (2, Stage.DRAFTING, old.conference)
    assert [(i.order, i.what, i.owner, i.owed_to, i.due_on) for i in signing.items()] == [
        (i.order, i.what, i.owner, i.owed_to, i.due_on) for i in old.items.all()
    ]
    old.refresh_from_db()
    assert (old.stage, old.signatures.count(), fresh.signatures.count()) == (Stage.ENDED, 1, 0)
    actions.present(fresh, by=signing.lead)
    signing.sign_all()
    signing.case.refresh_from_db()
    assert (signing.agreement.stage, signing.case.stage) == (Stage.IN_FORCE, CaseStage.FOLLOWING_UP)


def test_what_is_in_force_is_not_reopened_and_what_has_ended_is_not_rewritten(holding):
    agreement = holding.agreement
    with pytest.raises(WrongStep):
        actions.reopen(agreement, by=holding.lead)
    actions.end(agreement, by=holding.lead)
    with pytest.raises(actions.CannotWrite):
        actions.rewrite(agreement, by=holding.lead)


def test_a_form_that_was_written_in_another_case_writes_a_promise_of_its_own_here(met, next_case):
    key = uuid.uuid4()
    agreement = actions.draft(met.case, by=met.lead)
    first = promised(met, agreement, form_key=key)
    actions.reopen(next_case.agreement, by=next_case.lead)
    day = timezone.localdate()
    there = actions.promise(next_case.agreement, by=next_case.lead, owner=next_case.perle, what="Come on Monday.", due_on=day, form_key=key)
    assert (there.pk == first.pk, there.agreement, there.what) == (False, next_case.agreement, "Come on Monday.")
