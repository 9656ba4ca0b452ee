import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.agreements import actions as agreements
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Hold, Participation
from setfair.desk.next_step import next_step
from setfair.journal.models import Entry
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.village.cast import OTHER
from setfair.village.story import case_at, opened, signing

from .counting import count

pytestmark = pytest.mark.django_db


def step(case):
    return next_step(Case.objects.get(pk=case.pk), None, None)


def page(village, client, case, who="cora"):
    return village.sign_in(client, who).get(reverse("case", args=[case.ref]))


@pytest.mark.parametrize(
    ("who", "status"), [("cora", 200), ("fadi", 200), ("sven", 200), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404), ("lena", 404)]
)
@pytest.mark.parametrize("name", ["case", "case_history"])
def test_only_those_who_may_open_a_case_open_it(village, client, who, status, name, at_scheduled):
    with village.inside():
        case = at_scheduled.case
    assert village.sign_in(client, who).get(reverse(name, args=[case.ref])).status_code == status


@pytest.mark.parametrize("name", ["case", "case_history"])
def test_people_of_the_circle_have_no_door_to_the_staff_page(village, client, browser_clients, name, at_preparing):
    with village.inside():
        story = at_preparing
        other = case_at(village, Stage.PREPARING, circle=OTHER, matter=1)
    for participation in (story.hana, other.people["otto"]):
        answer = village.enter(browser_clients(), participation).get(reverse(name, args=[story.case.ref]))
        assert answer.status_code == 302
        assert answer.url.startswith("/account/login/")


def test_opening_a_case_is_written_down_and_a_closed_door_writes_nothing(village, client, at_preparing):
    with village.inside():
        case = at_preparing.case
    page(village, client, case, "sven")
    page(village, client, case, "mina")
    with village.inside():
        (line,) = Entry.objects.filter(verb="read", case_id=case.pk)
    assert (line.actor_id, line.route) == (village.sven.pk, "case")


class TestNext:
    """One sentence and one button, all the way through a case."""

    @pytest.fixture(autouse=True)
    def inside(self, village):
        with village.inside():
            yield

    def test_a_new_case_asks_for_people(self, village):
        story = opened(village)
        assert (step(story.case).sentence, step(story.case).button) == (
            "Nobody who was harmed is in the circle. 4 more things are missing.",
            "Open the people",
        )

    def test_then_for_whoever_has_not_been_met_by_name(self, village, at_preparing):
        story = at_preparing
        said = step(story.case)
        assert said.sentence.startswith("Hana has not been met yet. ")
        assert (said.button, said.url) == ("Open Hana", reverse("person", args=[story.hana.pk]))

    def test_a_single_missing_yes_is_named(self, village, at_preparing):
        story = at_preparing
        story.meet_everyone()
        story.hear_every_yes()
        preparation.consent(story.sol, by=story.lead, answer="unsure")
        assert (step(story.case).sentence, step(story.case).url) == ("Sol is not sure yet.", reverse("person", args=[story.sol.pk]))

    def test_a_missing_team_leads_to_the_team(self, village):
        story = opened(village)
        story.add_everyone()
        story.meet_everyone()
        story.hear_every_yes()
        assert (step(story.case).button, step(story.case).url) == ("Choose who facilitates", reverse("assignments", args=[story.case.ref]))

    def test_everyone_prepared_leads_to_marking_it_ready(self, village, at_preparing):
        story = at_preparing
        story.meet_everyone()
        story.hear_every_yes()
        assert (step(story.case).sentence, step(story.case).button) == ("Everyone is prepared and has said yes.", "Mark it ready")

    def test_ready_leads_to_times(self, village, at_ready):
        story = at_ready
        assert (step(story.case).button, step(story.case).url) == ("See times", reverse("schedule", args=[story.case.ref]))

    def test_scheduled_says_when_on_the_programmes_own_clock(self, village, at_scheduled):
        story = at_scheduled
        starts = story.booking.starts_at.astimezone(timezone.zoneinfo.ZoneInfo(village.school.zone))
        assert f"{date_format(starts, 'TIME_FORMAT')}, Meeting room." in step(story.case).sentence
        assert step(story.case).button == "Open the day"

    def test_after_the_circle_the_agreement_is_written_then_signed_by_name(self, village, at_convened):
        story = at_convened
        assert step(story.case).button == "Write the agreement"
        agreements.draft(story.case, by=story.lead, conference=story.conference)
        assert step(story.case).button == "Go on writing"

    def test_signatures_that_are_missing_are_named(self, village, at_convened):
        story = at_convened
        signing(story)
        assert step(story.case).sentence == "Waiting for signatures: Hana, Rami, Sol, Gail."

    def test_promises_then_news_then_the_end(self, village, at_following_up):
        story = at_following_up
        first, second = story.items()
        assert step(story.case).sentence.startswith("A promise of Rami was due on ")
        agreements.send_proof(first, by=story.me("rami"), words="Done.")
        assert (step(story.case).sentence, step(story.case).url) == ("Rami says a promise is done.", reverse("item", args=[first.pk]))
        agreements.verify(first, by=story.lead)
        agreements.waive(second, by=story.lead, words="Hana no longer asks for it.")
        assert (step(story.case).sentence, step(story.case).button) == ("Hana has not been told how it went.", "Tell them")
        outcomes.tell(story.case, by=story.lead, participation=story.hana, way=News.Way.VOICE, told_on=timezone.localdate())
        assert (step(story.case).button, step(story.case).runs) == ("Close it", True)

    def test_closed_says_why_and_when_and_asks_for_nothing(self, village, at_closed):
        story = at_closed
        assert step(story.case).sentence.endswith(": the agreement was kept.")
        assert step(story.case).url == ""


def test_a_case_that_rests_offers_to_go_on_and_pressing_does_it(village, client, at_preparing):
    with village.inside():
        story = at_preparing
        cases.hold(story.case, by=story.coordinator, reason="away")
    shown = page(village, client, story.case).content.decode()
    with village.inside():
        looked = date_format(Hold.objects.get(case=story.case).look_on, "DATE_FORMAT")
    assert ("On hold" in shown, f"It rests. We look again on {looked}." in shown) == (True, True)
    action = re.search(r'<form method="post" action="([^"]+/hold/over/)">', shown).group(1)
    assert client.post(action).status_code == 302
    assert "On hold" not in page(village, client, story.case).content.decode()
    with village.inside():
        cases.hold(story.case, by=story.coordinator, reason="away")
    assert "/hold/over/" not in page(village, client, story.case, "fadi").content.decode()


def test_whoever_only_reads_is_offered_no_button(village, client, at_ready):
    with village.inside():
        story = at_ready
    assert "See times" not in page(village, client, story.case, "sven").content.decode()
    assert "See times" in page(village, client, story.case, "fadi").content.decode()


def test_the_page_says_what_was_told_by_whom_and_that_nobody_checked_it(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    shown = page(village, client, story.case).content.decode()
    assert "As told by somebody who was hurt" in shown
    assert "Not checked." in shown
    assert "There was shoving in the lunch line" in shown
    assert reverse("request", args=[story.referral.ref]) in shown
    assert reverse("request", args=[story.referral.ref]) not in page(village, client, story.case, "fadi").content.decode()


@pytest.mark.django_db(transaction=True)
def test_words_whose_key_is_gone_are_said_to_be_gone(village, client, lose_key, at_preparing):
    with village.inside():
        story = at_preparing
    lose_key(story.referral.pk)
    assert "These words have been deleted." in page(village, client, story.case).content.decode()


@pytest.mark.parametrize(
    ("who", "tabs"),
    [
        ("cora", ["Overview", "People", "Schedule", "Agreement", "Notes", "Files", "History"]),
        ("fadi", ["Overview", "Schedule", "Agreement", "Notes", "Files", "History"]),
        ("sven", ["Overview", "Notes", "Files", "History"]),
    ],
)
def test_only_the_tabs_that_open_are_shown(village, client, who, tabs, at_preparing):
    with village.inside():
        story = at_preparing
    assert [tab["label"] for tab in page(village, client, story.case, who).context["tabs"] if tab["opens"]] == tabs


def test_the_title_names_nobody(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    assert re.search(r"<title>(.*?)</title>", page(village, client, story.case).content.decode()).group(1) == "Northgate Room 12"


def test_the_programmes_own_word_stands_for_a_role(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    village.sign_in(client, "ada").post("/settings/words/", {"harmed": "survivor", "seen-harmed": ""})
    assert "survivor" in page(village, client, story.case).content.decode()


def crowd(village, how_many):
    with village.inside():
        story = case_at(village, Stage.PREPARING)
        for number in range(how_many - 4):
            cases.add_person(story.case, by=story.coordinator, name=f"Guest {number}", role="supporter", stands_by=story.hana)
    return story


@pytest.mark.parametrize("who", ["cora", "fadi", "sven"])
def test_a_case_of_twelve_takes_no_more_queries_than_one_of_four(village, client, who):
    four, twelve = crowd(village, 4), crowd(village, 12)
    page(village, client, four.case, who)
    counts = [count(client, reverse("case", args=[s.case.ref])) for s in (four, twelve)]
    assert counts[0] == counts[1] <= 20
    with village.inside():
        assert Participation.objects.filter(case=twelve.case).count() == 12


@pytest.mark.parametrize("stage", list(Stage))
def test_at_no_stage_does_it_take_more_than_twenty(village, client, stage, at_stage):
    with village.inside():
        case = at_stage.case
        Case.objects.filter(pk=case.pk).update(deadline=timezone.localdate() + timedelta(days=3))
    page(village, client, case)
    assert count(client, reverse("case", args=[case.ref])) <= 20
