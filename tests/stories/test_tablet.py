"""The tablet on the table: signed one after another, and nothing of the team's in anybody's hands. JavaScript off."""

import re

import pytest
from django.urls import reverse

from setfair.agreements.models import Signature
from setfair.cases.journey import Stage
from setfair.village.story import case_at
from tests.house import matrix

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN_PAGES = {"handed", "handed_number", "handed_sign", "handed_thanks", "handed_back"}


@pytest.fixture
def signing(world):
    with world.inside():
        story = case_at(world, Stage.CONVENED)
        story.write_agreement()
    return story


def staff_addresses(signing):
    """Every page behind a door, with the keys of this very case where they fit; for the others any key will do."""
    keys = {"ref": signing.case.ref, "pk": str(signing.agreement.pk)}
    people = {"Participation": str(signing.hana.pk), "Item": str(signing.items()[0].pk)}
    for route in matrix.routes():
        if route.name not in OWN_PAGES:
            yield reverse(route.name, kwargs={key: people.get(route.model.__name__, keys[key]) if key == "pk" else keys[key] for key in route.keys})
    yield from map(reverse, ("front", "code", "account_login", "account_change_password", "usersessions_list", "mfa_index"))


def put_name(who, name):
    for tick in who.page.get_by_role("checkbox").all():
        tick.check()
    return who.fill("Type your name", name).press("Sign")


def handed_over(visitor, signing):
    visitor.sign_in("fadi@school.example").open(f"/cases/{signing.case.ref}/agreement/").press("Hand the tablet round")
    return visitor.fill("Choose four numbers", "4071").press("Sign me out and hand it over")


def test_whoever_holds_the_tablet_can_sign_and_go_nowhere_else(world, visit, signing):
    with world.inside():
        addresses = list(staff_addresses(signing))
        asked_by_a_device = reverse("told_along", args=[signing.agreement.pk])
    tablet = handed_over(visit(), signing)
    listed = tablet.page.url
    assert listed.endswith("/tablet/")

    shut = {path: tablet.page.context.request.get(tablet.address + path, max_redirects=0) for path in addresses}
    led = dict.fromkeys(addresses, (302, "/tablet/")) | {asked_by_a_device: (401, None)}
    assert {path: (answer.status, answer.headers.get("location")) for path, answer in shut.items()} == led
    assert len(addresses) > 80
    for path in (f"/cases/{signing.case.ref}/agreement/", "/today/", "/account/login/"):
        tablet.open(path)
        assert (tablet.page.url, signing.case.ref in tablet.page.content()) == (listed, False)

    for name in ("Hana", "Rami"):
        tablet.press(name)
        assert tablet.sees(f"For {name}")
        put_name(tablet, name)
        assert tablet.sees("Thank you. Please hand it back.")
        tablet.page.go_back()
        assert "Type your name" not in tablet.text()
        tablet.open("/tablet/")
        assert "Sol" not in tablet.text()
        tablet.fill("Type your four numbers", "9999").press("Choose the next name")
        assert tablet.sees("That did not work.")
        assert tablet.page.get_by_label("Type your four numbers").input_value() == ""
        tablet.fill("Type your four numbers", "4071").press("Choose the next name")
    tablet.press("Gail").press("Hand it back without signing")
    with world.inside():
        assert Signature.objects.filter(agreement=signing.agreement, method="tablet").count() == 2

    tablet.press("We are done with the tablet")
    assert tablet.sees("The tablet is closed.")
    tablet.open(f"/cases/{signing.case.ref}/agreement/")
    assert "/account/login/" in tablet.page.url
    tablet.sign_in("fadi@school.example").open(f"/cases/{signing.case.ref}/agreement/")
    assert tablet.sees(re.compile("on the tablet they were handed"))


def test_the_back_button_shows_nothing_of_the_team(world, visit, signing):
    tablet = handed_over(visit(js=True), signing)
    tablet.page.wait_for_url("**/tablet/")
    for _ in range(3):
        tablet.page.go_back()
        tablet.page.wait_for_load_state()
        assert tablet.page.url.endswith("/tablet/")
        assert signing.case.ref not in tablet.page.content()
        assert "Delacourt" not in tablet.page.content()
