"""A county's conferencing programme: a court refers, and reads the public words to the end. JavaScript off."""

import re

import pytest

from setfair.letters.models import Letter
from setfair.scheduling.queries import when_words
from setfair.village.cast import CIRCLE

from .asking import refer
from .by_hand import ByHand

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def letters_to_hana(tale):
    hana = tale.participation("hana")
    with tale.village.inside(tale.programme):
        return {letter.pk: letter.body for letter in Letter.objects.filter(reader_id=hana.person_id)}


def stop(tale, key):
    """Book, let somebody stop, and give back what Hana then reads: her page, and each letter that came of it, without the hour it names."""
    booking = tale.book_first()
    before = letters_to_hana(tale)
    tale.people[key].open("/g/").press("Change my mind").press("Stop for now")
    assert tale.case.stage == "preparing"
    with tale.village.inside(tale.programme):
        booking.refresh_from_db()
        hour = when_words(booking, booking.programme)
    assert booking.released_at is not None
    new = [body.replace(hour, "") for pk, body in letters_to_hana(tale).items() if pk not in before]
    return tale.people["hana"].open("/g/").text(), new


@pytest.mark.mission("S1.1", "S1.2", "S2.1", "S2.2", "S2.3", "S2.4", "S2.5", "S2.7", "S2.8", "S2.9")
def test_a_court_refers_and_the_case_is_kept_to_its_end(world, visit):
    code = refer(visit())

    tale = ByHand(world, world.county, visit, visit().sign_in("nour@county.example"), visit().sign_in("lena@county.example"))
    tale.accept("R-1001")
    assert tale.coordinator.sees(re.compile("Deadline"))
    for someone in CIRCLE:
        tale.add(someone)
    # Somebody still in training is not offered a case.
    assert "Orla Penn" not in tale.at_case(tale.coordinator, "team/").text()
    tale.assign("Lena Marsh", "lead")
    tale.assign("Cole Whitby", "co-facilitator")
    for key in ("hana", "rami", "sol", "gail"):
        tale.meet(key)
        tale.invite(key)
        tale.come_in(key)
        tale.say_yes(key)
    tale.say_yes("gail", for_child=True)
    tale.at_case(tale.lead, "ready/").press("Mark ready")

    # Anyone can stop: the time goes back in the same moment, and nobody learns who or why. What Hana reads is the same, whoever it was.
    told = []
    for key in ("rami", "gail"):
        told.append(stop(tale, key))
        tale.say_yes(key)
        tale.at_case(tale.lead, "ready/").press("Mark ready")
    assert [len(letters) for _page, letters in told] == [1, 1]
    assert told[0] == told[1]

    booking = tale.book_first()
    with tale.on_the_day(booking):
        tale.hold(booking)
        tale.promise("Rami", "Mend the wheel with Mr Okoye.", "Hana", 10)
        tale.at_case(tale.lead, "agreement/").press("Let everyone sign")
        tale.find_fair("hana", "rami", "sol")
        tale.said_fair("Gail")
        for key, name in (("hana", "Hana"), ("rami", "Rami"), ("sol", "Sol")):
            tale.sign(key, name)
        assert tale.case.stage == "convened"
        tale.lead.page.goto(tale.lead.address + f"/cases/{tale.ref}/agreement/")
        tale.lead.press("Hand the tablet round").fill("Choose four numbers", "4071").press("Sign me out and hand it over").press("Gail")
        tale.put_name(tale.lead, "Gail")
        assert tale.case.stage == "following_up"

        tale.lead.sign_in(tale.lead_email)
        tale.report_done("rami", "Mend the wheel")
        tale.settle("Mend the wheel", "Check it")
        tale.tell("Hana")
        tale.close("the agreement was kept")
        assert tale.case.stage == "closed"

        clerk = visit().open("/code/")
        clerk.page.get_by_role("textbox").first.fill(code)
        clerk.press("Go in")
        assert "Closed" in clerk.text()
        assert "Rami" not in clerk.text()
        assert "Hana" not in clerk.text()
