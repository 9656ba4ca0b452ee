"""When a day is booked, whoever would call it off reads so before, and is asked once more: never less, and never more than that."""

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of
from setfair.scheduling.models import Booking


@pytest.fixture
def story(village, at_scheduled):
    with village.inside():
        return at_scheduled


def stands(village, story):
    with village.inside():
        return Case.objects.get(pk=story.case.pk).stage, Booking.objects.filter(case=story.case.pk, released_at__isnull=True).count()


@pytest.mark.parametrize("answer", ["no", "unsure"])
@pytest.mark.parametrize(("who", "page"), [("sol", "choice"), ("rami", "choice"), ("gail", "choice_child")])
def test_a_no_or_a_not_sure_is_asked_once_more(client, village, story, who, page, answer):
    someone = village.enter(client, story.people[who])
    asked = someone.post(reverse(page), {"answer": answer})
    text = asked.content.decode()
    assert (asked.status_code, "the day is called off for now" in text, f'name="answer" value="{answer}"' in text) == (200, True, True)
    assert ("and we call you" in text) == (answer == "unsure")
    assert stands(village, story) == (Stage.SCHEDULED, 1)
    with village.inside():
        assert Consent.objects.exclude(answer="yes").count() == 0
    assert someone.post(reverse(page), {"answer": answer, "sure": "yes"}).url == reverse("home")
    assert stands(village, story) == (Stage.PREPARING, 0)
    with village.inside():
        about = story.rami if page == "choice_child" else story.people[who]
        assert answer_of(about, giver=story.people[who]).answer == answer


def test_it_is_said_before_anybody_chooses_or_stops(client, village, story):
    sol = village.enter(client, story.sol)
    told = [sol.get(reverse(page)).content.decode() for page in ("choice", "stop")]
    assert "There is a day booked. If you say no or are not sure, the day is called off for now." in told[0]
    assert "There is a day booked. If you stop or take a break now, the day is called off for now." in told[1]


def test_to_stop_is_still_one_page_and_one_button(client, village, story):
    sol = village.enter(client, story.sol)
    assert sol.post(reverse("stop")).url == reverse("home")
    assert stands(village, story) == (Stage.PREPARING, 0)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY])
def test_with_no_day_booked_it_stays_one_tap(client, village, stage, at_stage):
    with village.inside():
        story = at_stage
    sol = village.enter(client, story.sol)
    assert "There is a day booked" not in sol.get(reverse("choice")).content.decode()
    assert sol.post(reverse("choice"), {"answer": "unsure"}).url == reverse("home")


def test_staff_read_so_too_before_they_write_it_down(client, village, story):
    page = village.sign_in(client, "fadi").get(reverse("person", args=[story.sol.pk])).content.decode()
    assert "A day is booked. Any answer but a yes to taking part calls it off." in page
