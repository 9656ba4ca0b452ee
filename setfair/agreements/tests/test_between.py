"""Between two meetings: nothing that was promised is forgotten, and nobody but the team reads it."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Item, Signature
from setfair.cases.journey import Stage as CaseStage
from setfair.conferences import actions as conferences
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import Kind, told
from setfair.conferences.models import Conference
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.outcomes.queries import still_open
from setfair.preparation import actions as preparation
from setfair.programmes.models import ScriptPage
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing(village, at_scheduled):
    """In the circle: all have come, and one promise is written down."""
    with village.inside(), at(at_scheduled.booking.starts_at):
        story = at_scheduled
        conference = story.begin()
        for person in story.people.values():
            conferences.mark_attendance(conference, person, by=story.lead, came=True)
        story.case.refresh_from_db()
        draft = actions.draft(story.case, by=story.lead)
        due = timezone.localdate() + timedelta(days=9)
        actions.promise(draft, by=story.lead, owner=story.rami, owed_to=story.hana, what="Mend the gate.", due_on=due, proof_wanted="We look.")
        yield story


def stop(story):
    conferences.adjourn(story.conference, by=story.lead, reason="out_of_time")
    story.case.refresh_from_db()


def meet_again(story):
    story.book()
    return story.booking.starts_at


def page_of(story, client, village, who="fadi"):
    return village.sign_in(client, who).get(reverse("agreement", args=[story.case.ref])).content.decode()


@pytest.mark.mission("S2.7")
def test_an_adjourned_circle_lets_its_draft_rest_and_the_next_one_takes_it_up(writing):
    stop(writing)
    agreement, first = writing.agreement, writing.conference
    assert (agreement.stage, agreement.conference, [item.what for item in writing.items()]) == (Stage.RESTS, first, ["Mend the gate."])
    with at(meet_again(writing)):
        assert writing.agreement.stage == Stage.RESTS
        second = writing.begin()
        assert (writing.agreement.pk, writing.agreement.stage, writing.agreement.conference) == (agreement.pk, Stage.DRAFTING, second)
        assert [item.what for item in writing.items()] == ["Mend the gate."]
        assert actions.draft(writing.case, by=writing.lead) == agreement


def test_in_the_second_circle_it_is_signed_by_those_who_came_to_that_one(writing):
    stop(writing)
    with at(meet_again(writing)):
        conference = writing.begin()
        for person in writing.people.values():
            conferences.mark_attendance(conference, person, by=writing.lead, came=True)
        conferences.conclude(conference, by=writing.lead)
        actions.present(writing.agreement, by=writing.lead)
        writing.sign_all()
        writing.case.refresh_from_db()
    assert (writing.agreement.stage, writing.case.stage, writing.agreement.version) == (Stage.IN_FORCE, CaseStage.FOLLOWING_UP, 1)


def test_while_it_rests_only_the_team_reads_it_and_nobody_writes(client, village, writing):
    stop(writing)
    page = page_of(writing, client, village)
    assert [words for words in ("This rests until they meet again", "Mend the gate.", "Only the team reads it now") if words not in page] == []
    assert [words for words in ("Add this promise", "Let everyone sign", "Go on writing", "Take off") if words in page] == []
    with pytest.raises(actions.CannotWrite):
        actions.promise(writing.agreement, by=writing.lead, owner=writing.rami, what="Sing.", due_on=timezone.localdate() + timedelta(days=2))
    with pytest.raises(actions.CannotWrite):
        actions.strike(writing.items()[0], by=writing.lead)
    for person in (writing.hana, writing.rami):
        village.enter(client, person)
        assert client.get(reverse("my_agreement", args=[writing.agreement.pk])).status_code == 404
        assert "Mend the gate." not in client.get(reverse("home")).content.decode()
    village.sign_in(client, "ines")
    assert client.get(reverse("agreement", args=[writing.case.ref])).status_code == 404


def test_at_the_second_table_it_lies_from_the_page_on_which_it_is_spoken_of(writing):
    stop(writing)
    with at(meet_again(writing)):
        conference = writing.begin()

        def draft():
            return [line["what"] for line in json.loads(told(gathered(conference.pk), Kind.TABLE, "en"))["draft"]]

        assert draft() == []
        page = ScriptPage.objects.filter(script=conference.script, phase="draft").first()
        conferences.turn_page(conference, by=writing.lead, page=page.order)
        assert draft() == ["Mend the gate."]


def test_what_lay_there_to_be_signed_rests_too_and_asks_nobody(writing):
    actions.present(writing.agreement, by=writing.lead)
    stop(writing)
    assert (writing.agreement.stage, writing.agreement.version) == (Stage.RESTS, 1)
    assert not Letter.objects.filter(key__startswith="to_sign", stage__in=("held", "due")).exists()
    assert queries.being_signed_by(writing.hana) is None


def test_what_somebody_had_signed_stays_as_they_signed_it_and_the_next_version_rests(writing):
    agreement = actions.present(writing.agreement, by=writing.lead)
    writing.find_fair()
    actions.sign(agreement, by=writing.me("hana"), participation=writing.hana, method=Signature.Method.OWN_DEVICE, typed_name="Hana")
    stop(writing)
    stages = list(Agreement.objects.order_by("version").values_list("version", "stage"))
    assert stages == [(1, Stage.ENDED), (2, Stage.RESTS)]
    assert (Agreement.objects.get(version=1).signatures.count(), [item.what for item in writing.items()]) == (1, ["Mend the gate."])


@pytest.mark.mission("S0.9")
def test_when_somebody_takes_their_yes_back_the_draft_rests_and_what_was_being_signed_ends(writing):
    preparation.withdraw(writing.rami, by=writing.me("rami"))
    assert (writing.agreement.stage, writing.conference.stage) == (Stage.RESTS, "adjourned")


def test_a_step_back_between_two_meetings_takes_nothing_away(writing):
    stop(writing)
    preparation.withdraw(writing.sol, by=writing.me("sol"))
    writing.case.refresh_from_db()
    assert (writing.case.stage, writing.agreement.stage) == (CaseStage.PREPARING, Stage.RESTS)


def test_a_case_that_closes_ends_it_and_says_so_before(writing):
    stop(writing)
    assert "An agreement is begun. It ends." in still_open(writing.case)
    harmed = writing.hana
    outcomes.tell(writing.case, by=writing.lead, participation=harmed, way=News.Way.VOICE, told_on=timezone.localdate())
    outcomes.close(writing.case, by=writing.coordinator, reason="not_suitable")
    assert writing.agreement.stage == Stage.ENDED


def test_there_is_one_that_rests_or_lives(writing):
    stop(writing)
    with pytest.raises(IntegrityError, match="agreement_one_in_hand"), transaction.atomic():
        Agreement.objects.create(case=writing.case, conference=writing.conference, version=9)


def test_a_draft_without_a_promise_rests_as_well(client, village, writing):
    actions.strike(writing.items()[0], by=writing.lead)
    stop(writing)
    assert "It was begun, and the circle stopped." in page_of(writing, client, village)
    assert Item.objects.count() == 0


def test_stopped_twice_it_is_taken_up_by_the_third(writing):
    stop(writing)
    with at(meet_again(writing)):
        writing.begin()
        stop(writing)
    with at(meet_again(writing)):
        third = writing.begin()
        assert (writing.agreement.stage, writing.agreement.conference, Conference.objects.count()) == (Stage.DRAFTING, third, 3)
