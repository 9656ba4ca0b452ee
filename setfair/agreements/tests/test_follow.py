"""Keeping what was promised: the owner's word, the team's check, and a talk where it is needed."""

import uuid

import pytest

from setfair.agreements import actions, queries
from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Evidence, Item
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry

pytestmark = pytest.mark.django_db


def stage_of(item):
    return Item.objects.get(pk=item.pk).stage


@pytest.mark.mission("S2.8")
def test_the_owner_says_it_is_done_and_the_team_checks_it(holding):
    item = holding.items()[0]
    actions.send_proof(item, by=holding.me("rami"), words="I gave it to Ms Castell.")
    assert stage_of(item) == ItemStage.KEPT
    actions.verify(item, by=holding.lead, words="She showed it to me.")
    assert stage_of(item) == ItemStage.VERIFIED
    assert [(s.words, s.by_owner, s.teller) for s in queries.said_about(item)] == [
        ("She showed it to me.", False, "Fadi Brandt"),
        ("I gave it to Ms Castell.", True, "Rami"),
    ]
    assert [e.words for e in queries.own_words(item, item.owner_id)] == ["I gave it to Ms Castell."]


def test_forty_thousand_signs_of_how_it_went_are_kept_whole(holding):
    words = "It took long. 👩🏽‍🦱 " * 2_400
    actions.send_proof(holding.items()[0], by=holding.me("rami"), words=words)
    assert Evidence.objects.get().words == words.strip()


def test_the_same_form_sent_twice_says_it_once(holding):
    item, key = holding.items()[0], uuid.uuid4()
    for _twice in range(2):
        actions.send_proof(item, by=holding.me("rami"), words="Done.", form_key=key)
        actions.say_how(holding.items()[1], by=holding.me("rami"), words="Not yet.", form_key=uuid.UUID(int=key.int ^ 1))
    assert Evidence.objects.count() == 2
    assert [i.stage for i in holding.items()] == [ItemStage.KEPT, ItemStage.PROMISED]


def test_an_obstacle_is_heard_and_changes_nothing(holding):
    item = holding.items()[0]
    actions.say_how(item, by=holding.me("rami"), words="The office was closed.")
    assert (stage_of(item), Evidence.objects.get().words) == (ItemStage.PROMISED, "The office was closed.")
    assert Entry.objects.filter(verb="said_how").count() == 1
    with pytest.raises(actions.CannotFollow):
        actions.say_how(item, by=holding.me("rami"), words=" ")


def test_what_was_called_done_too_early_is_open_again(holding):
    item = holding.items()[0]
    actions.send_proof(item, by=holding.me("rami"), words="")
    actions.say_how(item, by=holding.me("rami"), words="I mixed it up.")
    assert stage_of(item) == ItemStage.PROMISED


def test_more_can_be_said_until_it_is_checked(holding):
    item = holding.items()[0]
    for words in ("Done.", "Here is more."):
        actions.send_proof(item, by=holding.me("rami"), words=words)
    actions.verify(item, by=holding.lead)
    for act in (actions.send_proof, actions.say_how):
        with pytest.raises(actions.CannotFollow):
            act(item, by=holding.me("rami"), words="Once more.")
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        (["keep", "verify"], ItemStage.VERIFIED),
        (["miss"], ItemStage.MISSED),
        (["miss", "keep", "verify"], ItemStage.VERIFIED),
        (["partly"], ItemStage.PARTLY),
        (["partly", "verify"], ItemStage.VERIFIED),
        (["waive"], ItemStage.WAIVED),
        (["keep", "miss", "waive"], ItemStage.WAIVED),
    ],
)
def test_the_team_takes_each_step_of_the_journey(holding, steps, ends):
    item = holding.items()[0]
    for step in steps:
        getattr(actions, step)(item, by=holding.lead, words="A note.")
    assert stage_of(item) == ends
    assert Evidence.objects.count() == len(steps)


@pytest.mark.parametrize("steps", [["verify"], ["waive", "keep"], ["keep", "keep"], ["keep", "verify", "miss"]])
def test_a_step_that_is_not_there_leaves_no_note(holding, steps):
    item = holding.items()[0]
    for step in steps[:-1]:
        getattr(actions, step)(item, by=holding.lead)
    before = stage_of(item)
    with pytest.raises(WrongStep):
        getattr(actions, steps[-1])(item, by=holding.lead, words="A note.")
    assert (stage_of(item), Evidence.objects.count()) == (before, 0)


@pytest.mark.parametrize("step", ["keep", "verify", "miss", "partly", "waive"])
def test_nothing_is_asked_under_words_that_are_not_in_force(signing, step):
    with pytest.raises(actions.CannotFollow):
        getattr(actions, step)(signing.items()[0], by=signing.lead)
    with pytest.raises(actions.CannotFollow):
        actions.send_proof(signing.items()[0], by=signing.me("rami"), words="Done.")


def test_a_form_about_another_promise_swallows_no_words(holding):
    first, second = holding.items()
    key = uuid.uuid4()
    actions.say_how(first, by=holding.me("rami"), words="The first.", form_key=key)
    actions.say_how(second, by=holding.me("rami"), words="The second.", form_key=key)
    assert [e.words for e in queries.own_words(second, second.owner_id)] == ["The second."]


def test_a_talk_is_written_down_and_leaves_it_where_it_is(holding):
    item = holding.items()[0]
    with pytest.raises(actions.CannotFollow):
        actions.talk(item, by=holding.lead, words=" ")
    actions.talk(item, by=holding.lead, words="He waits for the part.")
    assert (stage_of(item), Evidence.objects.get().words) == (ItemStage.PROMISED, "He waits for the part.")
    actions.keep(item, by=holding.lead)
    with pytest.raises(actions.CannotFollow):
        actions.talk(item, by=holding.lead, words="Once more.")


def test_the_board_goes_by_date_and_speaks_kindly(holding):
    first, second = holding.items()
    actions.miss(second, by=holding.lead, words="He is ill.")
    assert [(c.item.pk, c.tag, c.last) for c in queries.board(holding.agreement)] == [
        (first.pk, "plain", ""),
        (second.pk, "wait", "He is ill."),
    ]
    assert second.get_stage_display() == "needs a talk"
