"""A sealed case in an emergency: by its reference, with a reason, for an hour, to read; told to others at once, and looked at by somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions, emergencies
from setfair.cases.actions import CannotChange
from setfair.cases.models import Emergency, EmergencyReview, Exclusion
from setfair.core import tenant
from setfair.desk.tests.todays import rules
from setfair.desk.views import emergency as views
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.notes import actions as notes
from setfair.people import actions as people
from setfair.programmes.models import Membership, Role
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WHY = "A child may be on the way home to somebody who threatened them."


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        named = [village.users[key] for key in ("cora", "fadi")]
        actions.seal(at_preparing.case, by=at_preparing.coordinator, why="staff", team=named)
        yield at_preparing


def opened(village, story, who="sven"):
    return actions.open_in_emergency(story.case, by=village.actor(who), reason=WHY)


def test_it_is_asked_once_more_who_it_is(village, story, client):
    client.force_login(village.sven)
    assert client.get(reverse("break_seal"))["Location"].startswith(reverse("sure_code"))
    sven = village.sign_in(client, "sven")
    assert sven.get(reverse("break_seal")).status_code == 200


def test_one_page_to_read_for_an_hour_and_nothing_else(village, story, client):
    notes.write(story.case, by=story.lead, words="They share a bus", audience="safety")
    notes.write(story.case, by=story.lead, words="My own aid", audience="working")
    sven = village.sign_in(client, "sven")
    answer = sven.post(reverse("break_seal"), {"reference": story.case.ref.lower(), "reason": WHY})
    emergency = Emergency.objects.get()
    page = reverse("emergency", args=[emergency.pk])
    assert (answer.url, emergency.reason, emergency.until - emergency.at) == (page, WHY, timedelta(hours=1))
    text = sven.get(page).content.decode()
    assert [word for word in ("Hana", "hana@home.example", "They share a bus", "in an emergency", "555-0160") if word not in text] == []
    assert ("My own aid" in text, '<form method="post" action="/cases' in text) == (False, False)
    assert (sven.post(page).status_code, sven.get(reverse("case", args=[story.case.ref])).status_code) == (405, 404)
    assert sven.get(reverse("cases") + "?tab=open").context["rows"] == []
    sven.get(page)
    read = Entry.objects.filter(verb="read_in_emergency", case_id=story.case.pk, actor_id=village.sven.pk)
    assert read.count() == 2
    with at(timezone.now() + timedelta(minutes=61)):
        assert village.sign_in(Client(), "sven").get(page).status_code == 404
    assert village.sign_in(Client(), "ada").get(page).status_code == 404


def test_a_number_for_text_messages_only_is_not_rung(village, story, client):
    for way, value in (("sms", "555-0171"), ("call", "555-0172")):
        people.reach(story.hana.person, by=story.lead, way=way, value=value)
    text = village.sign_in(client, "sven").get(reverse("emergency", args=[opened(village, story).pk])).content.decode()
    assert ("555-0171" in text, "tel:555-0171" in text, 'href="tel:555-0172"' in text) == (True, False, True)


def test_others_are_told_and_one_of_them_looks_at_it(village, story, client):
    emergency = opened(village, story)
    told = set(Letter.objects.filter(key__startswith=f"emergency:{emergency.pk}").values_list("reader_id", flat=True))
    assert told == {village.cora.pk}
    assert (rules(village, "cora").count("emergency"), rules(village, "sven").count("emergency")) == (1, 0)
    page = reverse("emergency_review", args=[emergency.pk])
    cora = village.sign_in(client, "cora")
    assert (WHY in cora.get(page).content.decode(), cora.post(page, {"found": "right"}).status_code) == (True, 422)
    with pytest.raises(CannotChange, match="Somebody else"):
        actions.review(emergency, by=village.actor("sven"), found="right", words="I was right")
    assert cora.post(page, {"found": "right", "words": "There was no other way"}).status_code == 302
    assert "emergency" not in rules(village, "cora")
    for who in ("sven", "fadi", "ada", "nour"):
        assert village.sign_in(Client(), who).get(page).status_code == 404
    for statement in (Emergency.objects.all().delete, lambda: Emergency.objects.update(until=timezone.now())):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()


def test_who_has_not_been_looked_at_for_a_week_opens_no_other(village, story):
    with at(timezone.now() - timedelta(days=8)):
        emergency = opened(village, story)
    with pytest.raises(CannotChange, match="look at the last time first"):
        opened(village, story)
    actions.review(emergency, by=village.actor("cora"), found="wrong", words="It could have waited")
    assert opened(village, story) == opened(village, story)
    with pytest.raises(CannotChange, match="at least 20 letters"):
        actions.open_in_emergency(story.case, by=village.actor("sven"), reason="Because")


def test_one_case_is_opened_twice_until_somebody_has_looked_at_it(village, story):
    first, sven = opened(village, story), village.actor("sven")
    for hours in (2, 4):
        with at(timezone.now() + timedelta(hours=hours)):
            if hours == 2:
                assert opened(village, story) != first
                continue
            with pytest.raises(CannotChange, match="Please ask Cora"):
                opened(village, story)
            now = timezone.now()
            row = {"case": story.case, "user": village.sven, "reason": WHY, "at": now, "until": now + timedelta(hours=1)}
            with pytest.raises(DatabaseError, match="before the case is opened once more"), transaction.atomic():
                Emergency.objects.create(**row)
            actions.review(first, by=village.actor("cora"), found="right", words="It was not over")
            assert opened(village, story).user_id == sven.id


def test_the_database_holds_that_whoever_looks_at_it_may(village, story):
    emergency = opened(village, story)
    review = {"case": story.case, "emergency": emergency, "found": "right", "words": "It was right"}

    def refused(who, said, **more):
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            EmergencyReview.objects.create(by=getattr(who, "pk", who), **review, **more)

    for who in (village.users["fadi"], village.users["ada"], village.users["nour"], uuid4()):
        refused(who, "by somebody who may")
    refused(village.cora, "after it was opened", at=emergency.at - timedelta(seconds=1))
    Membership.objects.create(user=village.users["ada"], role=Role.COORDINATOR)
    refused(village.users["ada"], "by somebody who may")
    other = Membership.objects.create(user=village.users["nour"], role=Role.SUPERVISOR)
    Exclusion.objects.create(case=story.case, user=village.users["nour"], why="close")
    refused(village.users["nour"], "by somebody who may")
    Exclusion.objects.update(ended_at=timezone.now())
    Membership.objects.filter(pk=other.pk).update(ended_at=timezone.now())
    refused(village.users["nour"], "by somebody who may")
    Membership.objects.filter(pk=other.pk).update(ended_at=None)
    assert EmergencyReview.objects.create(by=village.users["nour"].pk, **review).found == "right"


def test_the_reason_names_nobody_and_each_try_with_a_name_is_counted_as_a_guess(village, story, client):
    sven = village.sign_in(client, "sven")
    for _try in range(5):
        answer = sven.post(reverse("break_seal"), {"reference": story.case.ref, "reason": "I think that Hana may not be safe at home."})
        text = answer.content.decode()
        assert (answer.status_code, "without names: somebody who" in text) == (422, True)
    assert (Entry.objects.filter(verb="guessed_sealed").count(), Emergency.objects.count()) == (5, 0)
    assert "Too many tries" in sven.post(reverse("break_seal"), {"reference": story.case.ref, "reason": WHY}).content.decode()
    assert opened(village, story).reason == WHY


def test_a_guess_learns_nothing_is_written_down_and_is_limited(village, story, client):
    sven = village.sign_in(client, "sven")
    actions.keep_out(story.case, by=story.coordinator, user=village.sven, why="close")
    said = [
        sven.post(reverse("break_seal"), {"reference": ref, "reason": WHY}) for ref in ("C-0999", story.case.ref, "nonsense", "C-1", "C-2", "C-3")
    ]
    assert [answer.status_code for answer in said] == [422] * 6
    assert ["that you could open" in answer.content.decode() for answer in said] == [True] * 5 + [False]
    assert (Entry.objects.filter(verb="guessed_sealed").count(), Emergency.objects.count()) == (5, 0)
    assert emergencies.sealed_case(story.case.ref, village.actor("cora")) is None
    cora = village.sign_in(Client(), "cora")
    assert cora.post(reverse("break_seal"), {"reference": story.case.ref, "reason": WHY}).url == reverse("case", args=[story.case.ref])
    for who in ("fadi", "ada", "ines"):
        assert village.sign_in(Client(), who).get(reverse("break_seal")).status_code == 404


def test_the_database_holds_who_looks_at_it_how_long_it_is_read_and_that_it_is_only_read(village, story, client, monkeypatch):
    emergency = opened(village, story)
    review = {"case": story.case, "emergency": emergency, "found": "right", "words": "I was right"}
    with pytest.raises(DatabaseError, match="looked at by somebody else"), transaction.atomic():
        EmergencyReview.objects.create(by=village.sven.pk, **review)
    for who, later in (("cora", 0), ("sven", 61)):
        with at(timezone.now() + timedelta(minutes=later)), pytest.raises(DatabaseError, match="for an hour"), transaction.atomic():
            actions.look_in_emergency(emergency, by=village.actor(who))
    assert EmergencyReview.objects.create(by=village.cora.pk, **review).found == "right"
    page, written = reverse("emergency", args=[emergency.pk]), views.page_of

    def writing(of):
        actions.note_guess(story.case.programme, by=village.actor("sven"))
        return written(of)

    sven = village.sign_in(client, "sven")
    assert sven.get(page).status_code == 200
    monkeypatch.setattr(views, "page_of", writing)
    with pytest.raises(DatabaseError, match="read-only transaction"):
        sven.get(page)
    monkeypatch.undo()
    with tenant.only_reading():
        assert Emergency.objects.count() == 1
    assert sven.get(page).status_code == 200
    assert (Entry.objects.filter(verb="guessed_sealed").count(), Entry.objects.filter(verb="read_in_emergency").count()) == (0, 2)
