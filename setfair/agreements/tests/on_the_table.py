"""How the tests hold the tablet: the team's number between two people, a name chosen, a page filled in."""

from django.urls import reverse

from setfair.agreements.tests.reading import TICKED, seen

LIST, NUMBER, SIGN, THANKS, BACK = (reverse(name) for name in ("handed", "handed_number", "handed_sign", "handed_thanks", "handed_back"))
OURS = {"tablet_number": "4071"}
"""What whoever hands it over chose."""


def put_down(tablet):
    """Somebody of the team has it again, whoever had it before."""
    tablet.post(NUMBER, OURS)
    return tablet


def choose(tablet, person):
    return tablet.post(LIST, {"person": str(person.pk)})


def give_to(tablet, person):
    answer = choose(put_down(tablet), person)
    assert (answer.status_code, answer["Location"]) == (302, SIGN)
    return tablet.get(SIGN)


def words(page, person, name):
    return {"seen": seen(page), "whose": str(person.pk), "typed_name": name} | TICKED
