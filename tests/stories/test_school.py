"""A high school's peer conferencing, from the public door to the kept promise, with JavaScript off."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.village.cast import CIRCLE

from .asking import ask
from .by_hand import ByHand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.mission("S0.1", "S0.2", "S0.6", "S0.7", "S0.9", "S0.10", "S1.1", "S1.2", "S1.6", "S2.2", "S2.3", "S2.4", "S2.5", "S2.7", "S2.8")
def test_one_case_from_the_public_door_to_the_kept_promise(world, visit):
    asker = visit(phone=True)
    code = ask(asker, "northgate-high")

    tale = ByHand(world, world.school, visit, visit().sign_in("cora@school.example"), visit().sign_in("fadi@school.example"))
    tale.accept("R-1001")
    for someone in CIRCLE:
        tale.add(someone)
    tale.assign("Fadi Brandt", "lead")

    # What is missing is named, and the case does not go on.
    tale.at_case(tale.lead, "ready/").press("Mark ready")
    assert tale.lead.sees(re.compile("Hana.*(met|yes)", re.IGNORECASE))
    assert tale.case.stage == "preparing"

    for key in ("hana", "rami", "sol", "gail"):
        tale.meet(key)
        tale.invite(key)
        tale.come_in(key)
        if key != "gail":
            tale.say_yes(key)
    tale.at_case(tale.lead, "ready/").press("Mark ready")
    assert tale.case.stage == "preparing"
    tale.say_yes("gail")
    tale.say_yes("gail", for_child=True)
    # All have said yes, and still it needs two student facilitators.
    tale.assign("Ines Okafor", "student facilitator")
    tale.at_case(tale.lead, "ready/").press("Mark ready")
    assert tale.lead.sees(re.compile("student", re.IGNORECASE))
    assert tale.case.stage == "preparing"
    tale.assign("Malik Vane", "student facilitator")
    tale.at_case(tale.lead, "ready/").press("Mark ready")
    assert tale.case.stage == "ready"

    # Only in the programme's own windows, and for an hour at most.
    day = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    for clock, minutes in (("10:30", "60"), ("12:00", "75")):
        page = tale.at_case(tale.coordinator, "schedule/").page
        form = page.locator("form").filter(has=page.get_by_role("button", name="Book this time"))
        with tale.coordinator.within(form) as who:
            who.here.locator("input[name=day]").fill(day.isoformat())
            who.here.locator("input[name=clock]").fill(clock)
            who.here.locator("input[name=minutes]").fill(minutes)
            who.press("Book this time")
        assert tale.case.stage == "ready"

    booking = tale.book_first()
    assert tale.case.stage == "scheduled"
    with tale.on_the_day(booking):
        tale.hold(booking)
        assert tale.case.stage == "convened"

        tale.promise("Rami", "Write a letter that says what I did.", "Hana", 7)
        tale.promise("Sol", "Walk home with Hana for two weeks.", "Hana", 14)
        tale.at_case(tale.lead, "agreement/").press("Let everyone sign")
        tale.find_fair("hana", "rami", "sol", "gail")
        for key, name in (("hana", "Hana"), ("rami", "Rami"), ("sol", "Sol"), ("gail", "Gail")):
            tale.sign(key, name)
        assert tale.case.stage == "following_up"

        # Kept by one and checked; not kept by another, and talked about.
        tale.report_done("rami", "Write a letter")
        tale.settle("Write a letter", "Check it")
        tale.settle("Walk home", "Needs a talk")

        # It does not close before Hana has been told.
        tale.close("kept in part")
        assert tale.case.stage == "following_up"
        assert tale.coordinator.sees(re.compile("Hana"))
        tale.tell("Hana")
        tale.close("kept in part")
        assert tale.case.stage == "closed"

        # The history tells it in sentences; whoever asked reads only the public words.
        assert tale.at_case(tale.coordinator, "history/").sees("The agreement ended.")
        follow = visit(phone=True).open("/code/")
        follow.page.get_by_role("textbox").first.fill(code)
        follow.press("Go in")
        assert "Closed" in follow.text()
        assert "Rami" not in follow.text()

        # Her code opens nothing any more.
        late = visit(phone=True).open("/code/")
        late.page.get_by_role("textbox").first.fill(tale.codes["hana"])
        late.press("Go in")
        assert "/code/" in late.page.url
