"""The questions before the day and the script on it, line by line on the screen. JavaScript off."""

import re

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.programmes.models import ScriptPage
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS, HIS = "How it was for you", "What happened"


@pytest.fixture
def told(world):
    with world.inside():
        return case_at(world, Stage.SCHEDULED)


@pytest.fixture
def comes(world, told, visit):
    def come(key):
        who = visit(phone=True).open("/code/")
        who.page.get_by_role("textbox").first.fill(world.code_for(told.people[key]))
        return who.press("Go in")

    return come


@pytest.fixture
def the_day(world, told):
    """The hour for which it is booked, and the address of the circle."""
    with world.inside():
        starts, address = told.booking.starts_at, reverse("conference", args=[told.conference.pk])
    with at(starts):
        yield address


def lines_of(who, title):
    """What stands under a heading of the page with the questions."""
    card = who.page.locator("#questions .card").filter(has=who.page.get_by_role("heading", name=title, exact=True))
    return [line.strip() for line in card.locator(".card-body").inner_text().splitlines() if line.strip()]


def turn_to(lead, title):
    while not lead.page.get_by_role("heading", level=1, name=title, exact=True).count():
        lead.press("Next")
    return lead


def all_come(lead):
    for number in range(4):
        lead.press_this(lead.page.get_by_role("button", name=re.compile("^Came")).nth(number))


@pytest.mark.mission("S2.6")
def test_what_each_reads_before_the_day_is_what_they_are_asked_on_it(comes, visit, the_day):
    read = {}
    for key, title, lines in (("hana", HERS, 5), ("rami", HIS, 4)):
        who = comes(key).press("The questions")
        assert "/g/questions/" in who.page.url
        assert who.sees("These are the questions we will ask. You read them here first, so there are no surprises.")
        read[title] = lines_of(who, title)
        assert len(read[title]) == lines
    assert "What was it like for you when it happened?" in read[HERS]
    assert "What was in your mind then?" in read[HIS]

    lead = visit().sign_in("fadi@school.example").open(the_day)
    all_come(lead)
    lead.press("Begin")
    for title in (HIS, HERS):
        turn_to(lead, title)
        assert [line.inner_text() for line in lead.page.locator(".say").all()] == read[title]
    assert lead.page.locator(".turn").inner_text().strip() == "Hana"
    assert lead.sees("What was it like for you when it happened?")


@pytest.mark.bad_case
@pytest.mark.mission("S2.6")
def test_nobody_reads_the_questions_without_a_code_or_those_of_another(comes, visit):
    stranger = visit(phone=True).open("/g/questions/")
    assert "/code/" in stranger.page.url
    assert "What was" not in stranger.page.locator("body").inner_text()
    rami = comes("rami").press("The questions")
    assert (lines_of(rami, HIS) != [], rami.page.get_by_role("heading", name=HERS, exact=True).count()) == (True, 0)
    assert "What was it like for you when it happened?" not in rami.text()
    assert rami.sees("You do not have to write anything. You may pass on any of them.")


@pytest.mark.mission("S0.3")
def test_the_facilitator_moves_the_group_through_the_script_line_by_line(world, told, visit, the_day):
    with world.inside():
        asked = ScriptPage.objects.filter(script=told.conference.script).exclude(asks__in=("affected", "community"))
        pages = [(page.title, page.words) for page in asked.order_by("order")]
    lead = visit().sign_in("fadi@school.example").open(the_day)
    all_come(lead)
    lead.press("Begin")
    assert lead.sees("Come in, and take your time.")
    shown = []
    while True:
        said = [line.inner_text() for line in lead.page.locator(".say").all()]
        shown.append((lead.page.get_by_role("heading", level=1).inner_text(), "\n".join(said)))
        if not lead.page.get_by_role("button", name="Next").count():
            break
        lead.press("Next")
    assert shown == pages
    for _page in range(3):
        lead.press("Back")
    assert lead.sees("Is there anything left to say before we finish?")
    # Whoever helps reads the same page, and what helps when it goes quiet.
    ines = visit().sign_in("ines@school.example").open(the_day)
    assert ines.sees("Is there anything left to say before we finish?")
    ines.page.locator("summary", has_text="If it goes quiet").click()
    assert ines.sees("Go around once more, slowly. Anyone may pass.")


@pytest.mark.bad_case
@pytest.mark.mission("S0.3")
def test_with_nobody_there_the_script_comes_to_no_end_and_others_read_none_of_it(visit, the_day):
    lead = visit().sign_in("fadi@school.example").open(the_day)
    for number in range(4):
        lead.press_this(lead.page.get_by_role("button", name=re.compile("^Not here")).nth(number))
    lead.press("Begin")
    turn_to(lead, "Before we go").press("Finish and write it down")
    assert lead.sees("Nobody is marked as having come. Please mark who came, then finish.")
    assert lead.sees("Thank you. You listened, and you spoke.")
    other = visit().sign_in("mina@school.example")
    assert other.page.goto(other.address + the_day + "script/").status == 404
    assert "Welcome, and thank you for coming" not in other.page.content()
