"""What was said of a promise once is not said again because a newer version took it over; what is done, and who signs no more, holds up nobody."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import ItemStage, Stage
from setfair.agreements.models import Fit, Item
from setfair.agreements.tasks import remind_of_promises
from setfair.agreements.tests.renewing import SOON, add, asked, renewed, say_anew, sign
from setfair.cases import actions as cases
from setfair.conferences import actions as conferences
from setfair.letters.models import Letter
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


def run(day):
    with at(datetime(day.year, day.month, day.day, 12, 0, tzinfo=ZONE)):
        remind_of_promises()


def told(key):
    return Letter.objects.filter(key__startswith=f"promise_{key}:").exclude(stage="withdrawn").count()


def next_holds(story, **said):
    """Sol's promise is put in other words, and those whom it touches sign."""
    renewed(story)
    say_anew(story, story.items()[1], **(said or {"what": "Bring two balls back."}))
    actions.present(story.agreement, by=story.lead)
    story.sign_all()
    assert story.agreement.stage == Stage.IN_FORCE


def test_what_was_said_of_a_promise_is_not_said_again_of_the_next_version(two):
    first, second = two.items()
    run(first.due_on)
    assert (told("soon"), queries.wanting_a_word(10)) == (2, [])
    next_holds(two)
    fresh = two.items()
    assert queries.root_of(fresh[0]) == first.pk
    assert queries.root_of(fresh[1]) == fresh[1].pk
    run(first.due_on)
    assert told("soon") == 2, "Sol's first one is withdrawn, his new words are a new promise, and Rami's was said"
    assert set(queries.days_of(fresh[0])) == {str(first.pk)}
    assert queries.wanting_a_word(10) == []
    next_holds(two, what="Bring three balls back.")
    assert queries.root_of(two.items()[0]) == first.pk
    run(first.due_on + timedelta(days=1))
    run(first.due_on + timedelta(days=2))
    assert (told("past"), second.due_on) == (2, first.due_on)


def test_news_of_more_time_goes_out_though_a_newer_version_holds_meanwhile(two):
    for item in two.items():
        actions.give_more_time(item, by=two.lead, due_on=item.due_on + timedelta(days=20), words="They asked.")
    assert told("more_time") == 2
    next_holds(two)
    assert told("more_time") == 1
    kept = Letter.objects.exclude(stage="withdrawn").get(key__startswith="promise_more_time:")
    assert kept.reader_id == two.rami.person_id


def test_two_who_press_at_once_both_get_the_one_in_hand(signing):
    sign(signing, "hana")
    pressed = signing.agreement
    one = actions.rewrite(pressed, by=signing.lead)
    two = actions.rewrite(pressed, by=signing.coordinator)
    assert (one, one.version, two.stage) == (two, 2, Stage.DRAFTING)
    actions.present(one, by=signing.lead)
    assert actions.rewrite(pressed, by=signing.lead) == one
    actions.end(one, by=signing.lead)
    with pytest.raises(actions.CannotWrite):
        actions.rewrite(pressed, by=signing.lead)


@pytest.mark.parametrize("step", ["keep", "verify", "waive", "partly"])
def test_what_somebody_did_who_has_left_stays_in_the_next_version(two, step):
    done = two.items()[1]
    if step == "verify":
        actions.keep(done, by=two.lead)
    getattr(actions, step)(done, by=two.lead)
    cases.let_go(two.sol, by=two.coordinator)
    fresh = renewed(two)
    assert queries.done_before(fresh) == {two.items()[1].pk}
    add(two, two.rami, two.hana, "One thing more.")
    actions.present(fresh, by=two.lead)
    assert asked(two) == {"rami", "hana", "gail"}, "Gail decides for Rami"
    two.sign_all()
    stands = {ItemStage(item.stage) for item in two.items() if item.owner == two.sol}
    assert (two.agreement.version, stands) == (2, {ItemStage(Item.objects.get(pk=done.pk).stage)})


def test_what_they_did_not_do_keeps_it_shut_and_so_does_what_is_put_in_other_words(two):
    cases.let_go(two.sol, by=two.coordinator)
    fresh = renewed(two)
    add(two, two.rami, two.hana, "One thing more.")
    with pytest.raises(actions.CannotWrite, match="Sol was not there to sign"):
        actions.present(fresh, by=two.lead)
    actions.leave_as_it_was(fresh, by=two.lead)
    actions.keep(queries.items_of(queries.in_force(two.case)[0])[1], by=two.lead)
    fresh = actions.rewrite(queries.in_force(two.case)[0], by=two.lead)
    done = next(item for item in two.items() if item.owner == two.sol)
    assert queries.done_before(fresh) == {done.pk}
    Item.objects.filter(pk=done.pk).update(edition=2)
    assert queries.done_before(fresh) == set()


def test_whoever_leaves_while_the_next_one_is_signed_holds_up_nothing_with_what_they_did(two):
    actions.keep(two.items()[1], by=two.lead)
    fresh = renewed(two)
    add(two, two.rami, two.hana, "One thing more.")
    actions.present(fresh, by=two.lead)
    cases.let_go(two.sol, by=two.coordinator)
    fresh.refresh_from_db()
    assert fresh.stage == Stage.SIGNING


def test_a_wish_of_somebody_who_is_not_asked_to_sign_holds_up_nobody(met):
    agreement = actions.draft(met.case, by=met.lead)
    day = timezone.localdate() + SOON
    item = actions.promise(agreement, by=met.lead, owner=met.rami, owed_to=met.hana, what="Say it.", due_on=day)
    actions.present(agreement, by=met.lead)
    actions.mark(agreement, by=met.me("sol"), participation=met.sol, words={item.pk: Fit.Word.CHANGE}, method="own")
    actions.reopen(agreement, by=met.lead)
    conferences.mark_attendance(met.conference, met.sol, by=met.lead, came=False)
    actions.present(agreement, by=met.lead)
    assert (queries.fits(agreement).to_change(), asked(met)) == ([], {"hana", "rami", "gail"})
    met.sign_all()
    agreement.refresh_from_db()
    assert agreement.stage == Stage.IN_FORCE


def test_a_wish_of_somebody_who_signs_holds_up_everyone(met):
    agreement = actions.draft(met.case, by=met.lead)
    day = timezone.localdate() + SOON
    item = actions.promise(agreement, by=met.lead, owner=met.rami, owed_to=met.hana, what="Say it.", due_on=day)
    actions.present(agreement, by=met.lead)
    actions.mark(agreement, by=met.me("sol"), participation=met.sol, words={item.pk: Fit.Word.CHANGE}, method="own")
    for key in ("hana", "rami", "gail"):
        word = Fit.Word.CAN if key == "rami" else Fit.Word.FAIR
        actions.mark(agreement, by=met.me(key), participation=met.people[key], words={item.pk: word}, method="own")
    with pytest.raises(actions.CannotSign, match="Somebody wants something in it changed"):
        sign(met, "hana")
