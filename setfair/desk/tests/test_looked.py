"""Who has looked is written down, and told: to whoever it is about without names, to whoever supervises one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases.models import Case, Emergency, Participation
from setfair.core import clock, tenant
from setfair.core.actor import Actor, Kind
from setfair.desk.looked import Day, log_of, looks_at
from setfair.desk.needs import needs
from setfair.journal.actions import note_reading, place, record
from setfair.journal.models import Check, Entry
from setfair.referrals.models import Referral

pytestmark = pytest.mark.django_db


def asked(me):
    with CaptureQueriesContext(connection) as queries:
        looks_at(me)
    return len(queries)


def opened(client, route, **where):
    answer = client.get(reverse(route, kwargs=where))
    assert answer.status_code == 200, route
    return answer


def said(me):
    days = looks_at(Participation.objects.get(pk=me.pk))
    return [who for day in days for who in day.who]


def test_people_read_what_those_are_who_looked_and_nothing_of_looks_at_others(village, at_preparing, browser_clients):
    story, cora, fadi = at_preparing, village.sign_in(browser_clients(), "cora"), village.sign_in(browser_clients(), "fadi")
    sven = village.sign_in(browser_clients(), "sven")
    opened(fadi, "person", pk=story.hana.pk)
    opened(fadi, "person", pk=story.hana.pk)
    with village.inside():
        assert said(story.hana) == ["A person who leads the meeting"]
        assert said(story.rami) == []
    opened(cora, "case", ref=story.case.ref)
    opened(sven, "case", ref=story.case.ref)
    with village.inside():
        assert said(story.hana) == [
            "The person who makes sure that the work is done well",
            "The person who runs the programme",
            "A person who leads the meeting",
        ]
        assert said(story.rami) == said(story.hana)[:2]
        stranger, now = village.nour, clock.now()
        emergency = Emergency.objects.create(case=story.case, user=stranger, reason="Somebody may be hurt.", at=now, until=now + timedelta(hours=1))
        record("read_in_emergency", emergency, by=Actor(Kind.STAFF, village.school.pk, stranger.pk))
        assert said(story.rami)[0] == "Somebody of the team, in an emergency"
    page = opened(village.enter(browser_clients(), story.hana), "looked").content.decode()
    assert "The person who runs the programme" in page
    assert [name for name in ("Cora", "Fadi", "Sven", "Rami", "Ellery") if name in page] == []
    assert reverse("looked") in opened(village.enter(browser_clients(), story.rami), "home").content.decode()


def test_a_student_who_looks_is_named_as_one_and_the_list_costs_the_same_for_one_and_many(village, at_scheduled, browser_clients):
    story = at_scheduled
    with village.inside():
        student = Actor(Kind.STAFF, village.school.pk, village.ines.pk)
        note_reading(story.conference, by=student)
        me = Participation.objects.get(pk=story.hana.pk)
        one = asked(me)
        for number in range(3):
            token = place.set((f"page{number}", ""))
            note_reading(me, by=village.actor("fadi"))
            place.reset(token)
        assert asked(me) == one
        days = looks_at(me)
        assert [type(day) for day in days] == [Day]
        assert days[0].who == ["A person who leads the meeting", "A student who helps to lead the meeting"]


def test_a_guardian_sees_it_for_their_child_while_they_speak_for_it_and_their_own_look_is_told(village, at_preparing, browser_clients):
    story = at_preparing
    gail = village.enter(browser_clients(), story.gail)
    opened(village.sign_in(browser_clients(), "fadi"), "person", pk=story.rami.pk)
    assert "A person who leads the meeting" in opened(gail, "looked_child").content.decode()
    with village.inside():
        assert said(story.rami) == ["A parent or guardian", "A person who leads the meeting"]
        assert said(story.gail) == []
        Participation.objects.filter(pk=story.rami.pk).update(left_at=clock.now())
    answer = gail.get(reverse("looked_child"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    answer = village.enter(browser_clients(), story.hana).get(reverse("looked_child"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


def test_whoever_supervises_reads_one_by_one_and_chooses_whose(village, at_preparing, browser_clients):
    story, sven = at_preparing, village.sign_in(browser_clients(), "sven")
    opened(village.sign_in(browser_clients(), "fadi"), "person", pk=story.hana.pk)
    opened(village.sign_in(browser_clients(), "cora"), "case", ref=story.case.ref)
    with village.inside():
        case = Case.objects.get(pk=story.case.pk)
        log = log_of(case, chosen="", before="")
        assert [(look.who, look.page, look.outside) for look in log.looks] == [
            ("Cora Ellery", "The case", False),
            ("Fadi Brandt", "A person's page", False),
        ]
        assert [look.who for look in log_of(case, chosen=str(village.fadi.pk), before="").looks] == ["Fadi Brandt"]
        assert len(log_of(case, chosen="nonsense", before="x").looks) == 2
    page = opened(sven, "case_looked", ref=case.ref).content.decode()
    assert "Cora Ellery" in page
    assert reverse("case_looked", kwargs={"ref": case.ref}) in opened(sven, "case_history", ref=case.ref).content.decode()
    for key in ("cora", "fadi", "nour"):
        assert village.sign_in(browser_clients(), key).get(reverse("case_looked", kwargs={"ref": case.ref})).status_code == 404


def looks_on_today(village, key="sven"):
    with village.inside():
        return [need.ref for need in needs(village.actor(key), village.school).rows if "not of this team" in need.sentence]


def test_a_look_by_somebody_who_is_not_of_the_team_stands_on_today_until_it_was_seen(village, at_preparing, browser_clients):
    story, sven = at_preparing, village.sign_in(browser_clients(), "sven")
    assert looks_on_today(village) == []
    with village.inside():
        note_reading(story.case, by=village.actor("cora"))
        note_reading(story.case, by=village.actor("fadi"))
    assert looks_on_today(village) == []
    with village.inside():
        note_reading(story.case, by=Actor(Kind.STAFF, village.school.pk, village.mina.pk))
    assert looks_on_today(village) == [story.case.ref]
    assert looks_on_today(village, "cora") == []
    page = opened(sven, "case_looked", ref=story.case.ref).content.decode()
    assert "Mina" in page
    assert "Not of this case" in page
    assert looks_on_today(village) == []


def test_a_journal_that_does_not_hold_stands_on_today_and_on_the_settings_page(village, browser_clients):
    ada, sven = village.sign_in(browser_clients(), "ada"), village.sign_in(browser_clients(), "sven")
    assert "has not been checked yet" in opened(ada, "settings").content.decode()
    with village.inside():
        Check.objects.create(lines=7)
        assert [need for need in needs(village.actor("ada"), village.school).rows if "journal" in need.sentence] == []
    assert "and holds." in opened(ada, "settings").content.decode()
    with village.inside():
        Check.objects.create(lines=7, found="changed", number=3, entry_id=9)
        for key in ("ada", "sven"):
            (need,) = [need for need in needs(village.actor(key), village.school).rows if "journal" in need.sentence]
            assert (need.url, need.tag) == (reverse("journal"), "safety")
        assert [need for need in needs(village.actor("cora"), village.school).rows if "journal" in need.sentence] == []
    assert "does not hold" in opened(ada, "settings").content.decode()
    assert "a line was changed" in opened(sven, "journal").content.decode()
    with tenant.inside(village.county.pk):
        assert [need for need in needs(village.actor("nour"), village.county).rows if "journal" in need.sentence] == []
    for key in ("cora", "fadi"):
        assert village.sign_in(browser_clients(), key).get(reverse("journal")).status_code == 404


def test_a_request_that_is_opened_and_a_search_leave_a_line_without_words(village, at_preparing, browser_clients):
    cora = village.sign_in(browser_clients(), "cora")
    opened(cora, "request", ref=at_preparing.referral.ref)
    opened(cora, "request", ref=at_preparing.referral.ref)
    assert cora.get(reverse("cases"), {"q": "Hana"}).status_code == 200
    with village.inside():
        lines = Entry.objects.filter(actor_id=village.cora.pk).order_by("id")
        assert lines.filter(verb="read", subject_kind=Referral._meta.label_lower, subject_id=str(at_preparing.referral.pk)).count() == 2
        search = lines.get(verb="searched")
        assert "hana" not in str([search.detail, search.subject_id, search.route]).lower()
