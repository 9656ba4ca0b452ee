"""A changed promise is signed anew by those whom it touches, and by nobody else (decision 148)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import ItemStage, Stage
from setfair.agreements.models import Carried, Signature
from setfair.agreements.terms import Terms
from setfair.agreements.tests.renewing import SOON, add, asked, gone_on, renewed, say_anew, sign
from setfair.cases.journey import Stage as CaseStage
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.outcomes.queries import told

pytestmark = pytest.mark.django_db


@pytest.mark.mission("S0.6")
def test_only_those_sign_again_whom_the_change_touches_and_the_old_one_holds_until_then(two):
    old = two.agreement
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"sol", "gail"}, {"hana", "rami"})
    two.find_fair()
    sign(two, "sol")
    old.refresh_from_db()
    assert (old.stage, two.agreement.stage) == (Stage.IN_FORCE, Stage.SIGNING)
    sign(two, "gail")
    old.refresh_from_db()
    two.case.refresh_from_db()
    assert (old.stage, two.agreement.stage, two.case.stage) == (Stage.SUPERSEDED, Stage.IN_FORCE, CaseStage.FOLLOWING_UP)
    assert Entry.objects.filter(verb="moved", detail__to="in_force").count() == 2
    assert old.signatures.count() == 4


def test_each_row_leads_to_what_they_signed_and_saw(two):
    old = two.agreement
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    row = Carried.objects.get(agreement=fresh, participation=two.hana)
    assert row.signature == Signature.objects.get(agreement=old, participation=two.hana)
    assert (queries.signature_of(fresh, two.hana).seen["version"], row.round) == (1, 1)


@pytest.mark.parametrize("change", ["owner", "owed_to", "checker", "beside", "struck"])
def test_whoever_makes_it_made_it_is_owed_it_or_checks_it_is_touched(two, change):
    fresh, item = renewed(two), two.items()[1]
    if change == "struck":
        actions.strike(item, by=two.lead)
    elif change in ("owner", "owed_to"):
        say_anew(two, item, **{change: two.rami})
    else:
        terms = Terms(beside=(two.rami,)) if change == "beside" else Terms(checker=two.rami)
        actions.reword(item, by=two.lead, owner=two.sol, owed_to=two.gail, what=item.what, due_on=item.due_on, terms=terms)
    actions.present(fresh, by=two.lead)
    assert asked(two) == ({"sol", "gail"} if change == "struck" else {"sol", "gail", "rami"})


def test_what_is_for_everyone_everyone_signs(two):
    fresh = renewed(two)
    add(two, two.sol, None, "Greet each other.")
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"hana", "rami", "sol", "gail"}, set())


def test_if_all_of_it_changes_everybody_signs(two):
    fresh = renewed(two)
    for item in two.items():
        say_anew(two, item, what="Something else.")
    actions.present(fresh, by=two.lead)
    assert asked(two) == {"hana", "rami", "sol", "gail"}


def test_whoever_decides_for_a_young_person_signs_again_with_them(two):
    two.gail.role, two.gail.stands_by, two.gail.has_authority = "guardian", two.rami, True
    two.gail.save()
    fresh = renewed(two)
    say_anew(two, two.items()[0], what="Say it aloud.")
    actions.present(fresh, by=two.lead)
    assert asked(two) == {"hana", "rami", "gail"}


def test_a_later_day_that_somebody_was_given_is_not_what_the_other_signed(two):
    item = two.items()[0]
    actions.give_more_time(item, by=two.lead, due_on=item.due_on + SOON, words="An exam.")
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    assert asked(two) == {"hana", "rami", "sol", "gail"}


def test_nothing_new_is_not_laid_out_and_it_can_be_left_as_it_was(two):
    old, fresh = two.agreement, renewed(two)
    with pytest.raises(actions.CannotWrite, match="Nothing in it is different from version 1"):
        actions.present(fresh, by=two.lead)
    actions.leave_as_it_was(fresh, by=two.lead)
    assert (queries.live(two.case), queries.latest(two.case), two.items()[0].agreement.stage) == ([old], old, Stage.ENDED)
    with pytest.raises(actions.CannotWrite):
        actions.leave_as_it_was(old, by=two.lead)


def test_asked_twice_it_is_one_new_version(two):
    old = two.agreement
    assert actions.rewrite(old, by=two.lead) == actions.rewrite(old, by=two.lead)
    assert queries.live(two.case)[0].version == 2


def test_taken_back_and_laid_out_again_it_is_looked_at_anew(two):
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    actions.reopen(fresh, by=two.lead)
    say_anew(two, two.items()[0], what="Say it aloud.")
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two), Carried.objects.count()) == ({"hana", "rami", "sol", "gail"}, set(), 2)


def test_a_name_goes_on_through_three_versions(two):
    first = two.agreement
    for turn in (2, 3):
        fresh = renewed(two)
        say_anew(two, two.items()[1], what=f"Bring {turn} balls back.")
        actions.present(fresh, by=two.lead)
        assert gone_on(two) == {"hana", "rami"}
        two.sign_all()
    assert (two.agreement.version, two.agreement.stage) == (3, Stage.IN_FORCE)
    assert queries.signature_of(two.agreement, two.hana).agreement == first


def test_what_was_signed_before_all_had_goes_on_too(met):
    agreement = actions.draft(met.case, by=met.lead)
    for owner, owed_to in ((met.rami, met.hana), (met.sol, met.gail)):
        add(met, owner, owed_to)
    actions.present(agreement, by=met.lead)
    met.find_fair()
    for key in ("hana", "sol"):
        sign(met, key)
    fresh = renewed(met)
    say_anew(met, met.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=met.lead)
    assert (asked(met), gone_on(met)) == ({"rami", "sol", "gail"}, {"hana"})
    met.sign_all()
    assert met.agreement.stage == Stage.IN_FORCE


def test_under_the_new_version_stands_what_was_done_under_the_old_one(two):
    first, second = two.items()
    actions.send_proof(first, by=two.me("rami"), words="It is done.")
    actions.verify(first, by=two.lead, words="Seen.")
    outcomes.tell(two.case, by=two.lead, participation=two.hana, way=News.Way.VOICE, told_on=timezone.localdate())
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    two.sign_all()
    assert [item.stage for item in two.items()] == [ItemStage.VERIFIED, ItemStage.PROMISED]
    assert [said.words for said in queries.said_about(two.items()[0])] == ["Seen.", "It is done."]
    assert [card.last for card in queries.board(two.agreement)] == ["Seen.", ""]
    assert [each.enough for each in told(two.case)] == [True], "that the new version took it over is no news"
    second.refresh_from_db()
    assert second.stage == ItemStage.PROMISED


def test_who_is_told_what(two):
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    letters = Letter.objects.filter(key__contains=f":{fresh.pk}:")
    to = {(letter.key.split(":")[0], letter.reader_id) for letter in letters}
    who = {"hana": "new_version", "rami": "new_version", "sol": "to_sign", "gail": "to_sign"}
    assert to == {(kind, two.people[key].person_id) for key, kind in who.items()}
    for letter in letters:
        assert not any(word in letter.body for word in ("Rami", "Hana", "agree", "sign", "version", "C-0"))


def test_a_reminder_of_what_holds_is_sent_though_a_new_version_is_taken_back(two):
    item = two.items()[0]
    letters = Letter.objects.filter(key=f"promise_past:{item.pk}:{two.rami.pk}")
    with_day = timezone.localdate() - timedelta(days=1)
    connection.check_constraints()
    type(item).objects.filter(pk=item.pk).update(due_on=with_day)
    actions.remind_past(item, by=two.lead)
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    actions.reopen(fresh, by=two.lead)
    assert [letter.stage for letter in letters] == ["due"]


def test_the_database_takes_no_name_for_somebody_whom_it_touches(two):
    old, fresh = two.agreement, renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)

    def carry(key, whose=None):
        signature = Signature.objects.get(agreement=old, participation=two.people[whose or key])
        return Carried(agreement=fresh, participation=two.people[key], signature=signature, case=two.case, round=1)

    for row in (carry("sol"), carry("gail"), carry("sol", "hana")):
        with pytest.raises(IntegrityError, match="nothing of theirs is different"), transaction.atomic():
            row.save()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Carried.objects.filter(agreement=fresh).delete()


def test_the_database_lets_nothing_hold_while_somebody_touched_has_not_signed(two):
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    with pytest.raises(IntegrityError, match="not everyone has signed"), transaction.atomic():
        type(fresh).objects.filter(case=two.case, stage=Stage.IN_FORCE).update(stage=Stage.SUPERSEDED)
        type(fresh).objects.filter(pk=fresh.pk).update(stage=Stage.IN_FORCE)


def test_with_a_case_that_goes_back_both_end(two):
    old, fresh = two.agreement, renewed(two)
    two.case.refresh_from_db()
    move(two.case, CaseStage.PREPARING, by=two.coordinator)
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.stage, fresh.stage) == (Stage.ENDED, Stage.ENDED)
