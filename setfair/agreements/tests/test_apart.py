"""They do not meet and agree in turn: the same agreement, read first by one side, and by the other once it is passed on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Item
from setfair.agreements.paper import copy
from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.desk.next_step import next_step
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import Closure, News
from setfair.preparation import actions as preparation
from setfair.village.story import case_at
from setfair.village.time import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(village):
    """All have said yes to letters; the test runs inside the school."""
    with village.inside(), timezone.override(village.school.zone):
        story = case_at(village, CaseStage.READY)
        cases.choose_route(story.case, by=story.coordinator, how="shuttle", why="harmed")
        story.hear_every_yes()
        story.declare_ready()
        yield story


def drafted(story):
    agreement = actions.draft(story.case, by=story.lead)
    due = today(story.programme) + timedelta(days=7)
    actions.promise(agreement, by=story.lead, owner=story.rami, owed_to=story.hana, what="Pays for the wheel.", due_on=due, proof_wanted="A receipt")
    return agreement


def signed(story, agreement, *keys, method="own"):
    for key in keys:
        person = story.people[key]
        by = story.lead if method == "paper" else story.me(key)
        fair = {item.pk: queries.words_for(item, person)[0] for item in queries.items_of(agreement)}
        actions.mark(agreement, by=story.lead, participation=person, words=fair, method="tablet")
        actions.sign(agreement, by=by, participation=person, method=method, typed_name=person.person.name)


def reads(village, story, key, agreement):
    return village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[agreement.pk])).status_code


def asked_to_sign():
    return sorted(str(key).split(":")[-1] for key in Letter.objects.filter(key__startswith="to_sign:").values_list("key", flat=True))


def test_one_side_first_and_the_other_sees_no_word_of_it_before_it_is_passed_on(village, apart):
    story, agreement = apart, drafted(apart)
    assert (agreement.conference, next_step(story.case, None, None).button) == (None, "Go on writing")
    assert [reads(village, story, key, agreement) for key in ("hana", "rami", "gail", "sol")] == [404] * 4
    actions.present(agreement, by=story.lead, first="responsible")
    assert [reads(village, story, key, agreement) for key in ("hana", "rami", "gail", "sol")] == [404, 200, 200, 404]
    assert ["Your agreement" in village.enter(Client(), story.people[key]).get(reverse("home")).text for key in ("hana", "rami")] == [False, True]
    assert asked_to_sign() == sorted([str(story.rami.pk), str(story.gail.pk)])
    signed(story, agreement, "rami")
    with pytest.raises(actions.CannotWrite, match="passed on when all who read it first have signed"):
        actions.pass_on(agreement, by=story.lead)
    signed(story, agreement, "gail", method="paper")
    agreement.refresh_from_db()
    assert (agreement.stage, Case.objects.get().stage) == (Stage.SIGNING, CaseStage.READY)
    assert (reads(village, story, "hana", agreement), next_step(story.case, None, None).button) == (404, "Pass it on")
    actions.pass_on(agreement, by=story.lead)
    assert [reads(village, story, key, agreement) for key in ("hana", "sol")] == [200, 404]
    assert b"%PDF" in copy(agreement)[:8]
    with pytest.raises(actions.CannotWrite, match="with everyone already"):
        actions.pass_on(agreement, by=story.lead)
    signed(story, agreement, "hana")
    assert (Agreement.objects.get().stage, Case.objects.get().stage) == (Stage.IN_FORCE, CaseStage.FOLLOWING_UP)


def test_it_is_kept_and_closed_like_any_other(apart):
    story, agreement = apart, drafted(apart)
    actions.present(agreement, by=story.lead, first="harmed")
    signed(story, agreement, "hana")
    actions.pass_on(agreement, by=story.lead)
    signed(story, agreement, "rami", "gail")
    item = Item.objects.get()
    actions.send_proof(item, by=story.me("rami"), words="It is paid.")
    actions.verify(item, by=story.lead, words="Seen.")
    outcomes.tell(Case.objects.get(), by=story.lead, participation=story.hana, way=News.Way.VOICE, told_on=timezone.localdate())
    outcomes.close(Case.objects.get(), by=story.coordinator, reason="completed")
    assert (Closure.objects.get().reason, Case.objects.get().stage) == ("completed", CaseStage.CLOSED)


def test_it_waits_for_everyones_yes_and_ends_with_a_change_of_mind(village, apart):
    story = apart
    agreement = drafted(story)
    actions.present(agreement, by=story.lead, first="responsible")
    signed(story, agreement, "rami", "gail")
    preparation.consent(story.hana, by=story.me("hana"), answer="withdrawn", scope="take_part", method="own")
    agreement.refresh_from_db()
    assert (agreement.stage, Case.objects.get().stage) == (Stage.ENDED, CaseStage.PREPARING)
    assert [reads(village, story, key, agreement) for key in ("hana", "rami")] == [404, 200]
    with pytest.raises(actions.CannotWrite, match="has said yes to doing it without a meeting"):
        actions.draft(Case.objects.get(), by=story.lead)


def test_who_reads_first_is_chosen_and_only_both_sides_promise(apart):
    agreement = drafted(apart)
    for first in ("", "supporter"):
        with pytest.raises(actions.CannotWrite, match="who reads it first"):
            actions.present(agreement, by=apart.lead, first=first)
    actions.promise(agreement, by=apart.lead, owner=apart.sol, what="Comes along.", due_on=timezone.localdate())
    with pytest.raises(actions.CannotWrite, match="cannot sign|not there to sign"):
        actions.present(agreement, by=apart.lead, first="harmed")


def test_before_a_meeting_nothing_is_written(village):
    with village.inside():
        story = case_at(village, CaseStage.READY)
        assert queries.agree_apart(story.case) is False
        with pytest.raises(actions.CannotWrite):
            actions.draft(story.case, by=story.lead)


def test_the_database_holds_that_both_sides_have_signed(apart):
    agreement = drafted(apart)
    actions.present(agreement, by=apart.lead, first="responsible")
    signed(apart, agreement, "rami", "gail")
    with pytest.raises(IntegrityError, match="not everyone has signed"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(stage=Stage.IN_FORCE)


def test_on_the_teams_own_pages(village, apart, client):
    page = reverse("agreement", args=[apart.case.ref])
    cora = village.sign_in(client, "cora")
    assert "They do not meet." in cora.get(page).text
    cora.post(page)
    agreement = drafted(apart)
    assert "Who reads it first?" in cora.get(page).text
    to = reverse("agreement_present", args=[agreement.pk])
    assert (cora.post(to).status_code, cora.post(to, {"first": "responsible"}).status_code) == (422, 302)
    assert "you pass it on to the other side" in cora.get(page).text
    signed(apart, agreement, "rami", "gail")
    assert "The other side has seen nothing yet." in cora.get(page).text
    assert cora.post(reverse("agreement_pass_on", args=[agreement.pk])).status_code == 302
    assert "It is with both sides." in cora.get(page).text
    for neighbour in ("nour", "mina"):
        assert village.sign_in(Client(), neighbour).post(reverse("agreement_pass_on", args=[agreement.pk])).status_code == 404
