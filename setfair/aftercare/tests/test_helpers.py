"""Who is beside somebody while promises are kept: of the team or of the circle, one of each kind, and missed when they leave."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.aftercare import actions, queries
from setfair.aftercare.actions import CannotName
from setfair.aftercare.models import Helper
from setfair.cases import actions as cases
from setfair.cases.models import Assignment
from setfair.desk.actions import end_role
from setfair.desk.needs import needs
from setfair.programmes.models import Membership
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db
SENTENCE = "Whoever was beside somebody has left"


def told(village, who):
    return [need.url for need in needs(village.actor(who), village.school).rows if need.sentence == SENTENCE]


def now(person):
    return sorted(
        (row.kind, row.user, row.other_id) for row in Helper.objects.filter(participation=person, ended_at__isnull=True)
    )  # fmt: skip


def test_one_of_each_kind_of_the_team_or_the_circle(village, holding):
    actions.name_helper(holding.rami, by=holding.lead, kind="mentor", other=holding.gail)
    actions.name_helper(holding.rami, by=holding.lead, kind="monitor", user=village.cora)
    assert now(holding.rami) == [("mentor", None, holding.gail.pk), ("monitor", village.cora.pk, None)]
    actions.name_helper(holding.rami, by=holding.lead, kind="monitor", user=village.fadi)
    actions.name_helper(holding.rami, by=holding.lead, kind="monitor", user=village.fadi)
    assert now(holding.rami) == [("mentor", None, holding.gail.pk), ("monitor", village.fadi.pk, None)]
    assert Helper.objects.filter(participation=holding.rami).count() == 3


def test_nobody_of_the_other_side_and_nobody_kept_apart(village, holding):
    with pytest.raises(CannotName, match="somebody else of the circle"):
        actions.name_helper(holding.rami, by=holding.lead, kind="mentor", other=holding.hana)
    cases.bar_contact(holding.case, by=holding.coordinator, one=holding.rami, other=holding.gail, by_order=False)
    assert holding.gail.pk not in [p.pk for p in queries.could_stand_by(holding.rami)]


@pytest.mark.parametrize("who", ["mina", "nour", "sven"])
def test_nobody_of_the_team_who_does_not_work_on_this_case(village, holding, who):
    with pytest.raises(CannotName, match="works on this case"):
        actions.name_helper(holding.rami, by=holding.lead, kind="mentor", user=village.users[who])


def test_nobody_of_another_case(village, holding):
    other = case_at(village, "following_up", circle=OTHER)
    somebody = next(iter(other.people.values()))
    with pytest.raises(CannotName, match="somebody else of the circle"):
        actions.name_helper(holding.rami, by=holding.lead, kind="mentor", other=somebody)


def test_when_somebody_of_the_circle_leaves_it_is_told_until_another_is_named(village, holding):
    actions.name_helper(holding.hana, by=holding.lead, kind="mentor", other=holding.sol)
    assert told(village, "cora") == []
    cases.let_go(holding.sol, by=holding.coordinator)
    assert (told(village, "cora"), told(village, "fadi")) == ([reverse("helper", args=[holding.hana.pk])],) * 2
    assert (told(village, "mina"), told(village, "sven")) == ([], [])
    actions.name_helper(holding.hana, by=holding.lead, kind="mentor", user=village.fadi)
    assert told(village, "cora") == []


@pytest.mark.parametrize("how", ["the programme", "the case"])
def test_when_somebody_of_the_team_leaves_it_is_told_until_nobody_is_needed(village, holding, how):
    actions.name_helper(holding.rami, by=holding.lead, kind="monitor", user=village.fadi)
    if how == "the programme":
        for role in Membership.objects.filter(user=village.fadi, ended_at__isnull=True):
            end_role(role, by=village.actor("ada"))
    else:
        for assignment in Assignment.objects.filter(case=holding.case, facilitator__user=village.fadi, ended_at__isnull=True):
            cases.unassign(assignment, by=holding.coordinator)
    assert told(village, "cora") == [reverse("helper", args=[holding.rami.pk])]
    actions.end_helper(holding.rami, by=holding.coordinator, kind="monitor")
    assert told(village, "cora") == []


def test_it_is_never_deleted(village, holding):
    actions.name_helper(holding.rami, by=holding.lead, kind="mentor", user=village.cora)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM aftercare_helper")


def test_the_page_names_them_and_the_follow_up_page_shows_them(village, holding, client):
    page, there = village.sign_in(client, "fadi"), reverse("helper", args=[holding.rami.pk])
    assert page.post(there, {}).status_code == 422
    assert page.post(there, {"kind": "mentor", "who": str(holding.gail.pk)}).status_code == 302
    assert "Gail" in page.get(there).content.decode()
    assert "stands by them" in page.get(reverse("follow_up", args=[holding.case.ref])).content.decode()
    assert page.post(there, {"kind": "mentor", "who": ""}).status_code == 302
    assert now(holding.rami) == []
    assert village.sign_in(client, "mina").get(there).status_code == 404
