"""Eight people sign the same version at the same instant, each on their own page; then it is counted what came of it.

`bench figure signing-race` does it two hundred times.
"""

import os
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Fit
from setfair.agreements.tests.reading import TICKED, seen
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Participation, Role
from setfair.conferences.models import Attendance
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.people.models import Person
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("SETFAIR_SIGNING_RACES") or 3)
MORE = ("Nia", "Odo", "Pim", "Quin")


@pytest.fixture
def eight(village):
    """A circle that has met: four of the story, and four of the community. Each is in on their own page."""
    with village.inside():
        story = case_at(village, CaseStage.CONVENED)
        for name in MORE:
            person = Participation.objects.create(case=story.case, person=Person.objects.create(name=f"{name} Vale"), role=Role.COMMUNITY)
            Attendance.objects.create(conference=story.conference, participation=person, came=True)
            story.people[name.casefold()] = person
        story.clients = {key: village.enter(Client(raise_request_exception=False), person) for key, person in story.people.items()}
    return story


def laid_out(story, turn):
    """The next version, in which what is for everyone is new, and of which everyone has said that it is fair."""
    day, said = timezone.localdate() + timedelta(days=9), {"owner": story.rami, "owed_to": None, "what": f"Greet each other {turn} times."}
    if turn:
        agreement = actions.rewrite(story.agreement, by=story.lead)
        actions.reword(agreement.items.get(), by=story.lead, due_on=day, **said)
    else:
        agreement = actions.draft(story.case, by=story.lead)
        actions.promise(agreement, by=story.lead, due_on=day, **said)
    actions.present(agreement, by=story.lead)
    for person in story.people.values():
        words = {item.pk: queries.words_for(item, person)[0] for item in queries.items_of(agreement)}
        actions.mark(agreement, by=story.lead, participation=person, words=words, method=Fit.Method.TABLET)
    return agreement


def all_sign_at_once(story, agreement):
    """What each of them was answered."""
    gate, answers = threading.Barrier(len(story.people)), {}

    def sign(key):
        try:
            page = story.clients[key].get(reverse("my_agreement", args=[agreement.pk]))
            words = {"seen": seen(page), "typed_name": key.title()} | TICKED
            gate.wait(timeout=60)
            answers[key] = story.clients[key].post(reverse("sign", args=[agreement.pk]), words).status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign, args=[key]) for key in story.people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def broken(story, agreement, answers):
    """All that is not as it should be; the same whether it never came into force, or twice."""
    agreement.refresh_from_db()
    moments = Entry.objects.filter(verb="moved", subject_id=str(agreement.pk), detail__to=Stage.IN_FORCE).count()
    told = Letter.objects.filter(key__startswith=f"all_signed:{agreement.pk}:").count()
    holding = list(Agreement.objects.filter(case=story.case, stage=Stage.IN_FORCE).values_list("pk", flat=True))
    found = {
        f"in force {moments} times": moments != 1,
        f"{agreement.signatures.count()} names of {len(story.people)}": agreement.signatures.count() != len(story.people),
        f"{told} told of {len(story.people)}": told != len(story.people),
        f"{len(holding)} versions hold": holding != [agreement.pk],
        "an answer was no thanks": answers != dict.fromkeys(story.people, 302),
    }
    return [what for what, so in found.items() if so]


@pytest.mark.mission("S0.6")
def test_of_eight_who_sign_at_once_the_last_one_brings_it_into_force_once(eight, village, record_property):
    races = []
    for turn in range(RACES):
        with village.inside():
            agreement = laid_out(eight, turn)
        answers = all_sign_at_once(eight, agreement)
        with village.inside():
            races.append(broken(eight, agreement, answers))
    record_property("races", len(races))
    record_property("signers", len(eight.people))
    record_property("broken", sum(bool(found) for found in races))
    record_property("places", "; ".join(f"race {turn}: {what}" for turn, found in enumerate(races, 1) for what in found))
    assert races == [[]] * RACES
