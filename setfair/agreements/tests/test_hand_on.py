"""Who of the team looks at a promise, passes it on or answers for it can be somebody else: what was signed keeps the name."""

import pytest
from django.urls import reverse

from setfair.agreements import actions
from setfair.agreements.actions import CannotFollow
from setfair.agreements.models import Item
from setfair.cases import actions as cases
from setfair.cases.models import Assignment
from setfair.desk.actions import end_role
from setfair.desk.needs import needs
from setfair.journal.models import Entry
from setfair.programmes.models import Membership

pytestmark = pytest.mark.django_db
SENTENCE = "Somebody who looked after a promise is not here any more"


@pytest.fixture
def looked_at(holding):
    """The second promise, which Fadi looks at."""
    item = holding.items()[1]
    assert item.checker_staff == holding.lead.id
    return item


def told(village, who):
    return [need.url for need in needs(village.actor(who), village.school).rows if need.sentence == SENTENCE]


def leave(village, key):
    for role in Membership.objects.filter(user=village.users[key], ended_at__isnull=True):
        end_role(role, by=village.actor("ada"))


def test_a_promise_is_handed_on_and_what_was_signed_keeps_the_name(village, holding, looked_at):
    signed = holding.agreement.words
    actions.hand_on(looked_at, by=holding.lead, what="checker_staff", to=village.cora)
    actions.hand_on(looked_at, by=holding.lead, what="checker_staff", to=village.cora)
    assert Item.objects.get(pk=looked_at.pk).checker_staff == village.cora.pk
    holding.agreement.refresh_from_db()
    assert holding.agreement.words == signed
    assert [line.detail["what"] for line in Entry.objects.filter(verb="handed_promise_on")] == ["checker_staff"]


@pytest.mark.parametrize("who", ["mina", "nour", "sven"])
def test_nobody_takes_it_on_who_does_not_work_on_this_case(village, holding, looked_at, who):
    with pytest.raises(CannotFollow, match="works on this case"):
        actions.hand_on(looked_at, by=holding.lead, what="checker_staff", to=village.users[who])


@pytest.mark.parametrize("what", ["through", "owner", "due_on"])
def test_only_what_somebody_of_the_team_does_is_handed_on(village, holding, looked_at, what):
    with pytest.raises(CannotFollow, match="Nobody of the team"):
        actions.hand_on(looked_at, by=holding.lead, what=what, to=village.cora)


@pytest.mark.parametrize("what", ["checker_staff", "through", "answers"])
def test_when_they_leave_whoever_coordinates_is_told_until_somebody_else_is_named(village, holding, looked_at, what, client):
    Item.objects.filter(pk=looked_at.pk).update(**{"checker_staff": None, what: village.fadi.pk})
    assert told(village, "cora") == []
    leave(village, "fadi")
    assert told(village, "cora") == [reverse("item", args=[looked_at.pk])]
    assert (told(village, "sven"), told(village, "mina")) == ([], [])
    page = village.sign_in(client, "cora")
    answer = page.post(reverse("item_hand_on", args=[looked_at.pk]), {"what": what, "to": str(village.cora.pk)})
    assert (answer.status_code, getattr(Item.objects.get(pk=looked_at.pk), what)) == (302, village.cora.pk)
    assert told(village, "cora") == []


def test_a_promise_that_is_settled_needs_nobody(village, holding, looked_at):
    holding.keep_all()
    leave(village, "fadi")
    assert told(village, "cora") == []


def test_a_form_without_a_choice_says_so_and_changes_nothing(village, holding, looked_at, client):
    answer = village.sign_in(client, "fadi").post(reverse("item_hand_on", args=[looked_at.pk]), {})
    assert (answer.status_code, Item.objects.get(pk=looked_at.pk).checker_staff) == (422, holding.lead.id)


def test_when_somebody_of_the_circle_who_was_to_look_at_it_leaves_somebody_of_the_team_does(village, holding, looked_at, client):
    Item.objects.filter(pk=looked_at.pk).update(checker_staff=None, checker=holding.sol)
    with pytest.raises(CannotFollow, match="Nobody of the team"):
        actions.hand_on(holding.items()[1], by=holding.lead, what="checker", to=village.cora)
    cases.let_go(holding.sol, by=holding.coordinator)
    assert (told(village, "cora"), told(village, "mina")) == ([reverse("item", args=[looked_at.pk])], [])
    page = village.sign_in(client, "cora")
    assert "Sol" in page.get(reverse("item", args=[looked_at.pk])).content.decode()
    page.post(reverse("item_hand_on", args=[looked_at.pk]), {"what": "checker", "to": str(village.cora.pk)})
    row = Item.objects.get(pk=looked_at.pk)
    assert (row.checker, row.checker_staff, told(village, "cora")) == (None, village.cora.pk, [])


def test_whoever_is_taken_off_the_case_is_asked_about_like_somebody_who_left(village, holding, looked_at):
    for assignment in Assignment.objects.filter(case=holding.case, facilitator__user=village.fadi, ended_at__isnull=True):
        cases.unassign(assignment, by=holding.coordinator)
    assert told(village, "cora") == [reverse("item", args=[looked_at.pk])]
