"""A word about those who run the meeting reaches somebody else, and nobody who runs it."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases import actions as cases
from setfair.core.actor import Actor, Kind
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.keeping.queries import postponed_by
from setfair.letters.models import Letter
from setfair.preparation import actions, queries
from setfair.preparation.models import Complaint, TakenUp
from setfair.programmes.models import Membership, Wording

pytestmark = pytest.mark.django_db
WORDS = "She always takes his side."


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


def said_by(story, key="hana", words=WORDS):
    return actions.complain(story.people[key], by=story.me(key), words=words)


def may_read(village, who):
    actor = village.actor(who)
    with village.inside(village.place_of(who)):
        return list(open_to(actor, Permission.READ_COMPLAINT, Complaint).values_list("words", flat=True).order_by("at")) != []


def end(village, *keys, role=None):
    rows = Membership.objects.filter(user__in=[village.users[key] for key in keys])
    (rows.filter(role=role) if role else rows).update(ended_at=timezone.now())


def give(village, key, *roles):
    for role in roles:
        Membership.objects.create(user=village.users[key], role=role)


@pytest.mark.parametrize("who", ["hana", "gail"])
def test_somebody_of_the_circle_writes_it_and_the_supervisor_reads_it(client, village, story, who):
    village.enter(client, story.people[who])
    page = client.get(reverse("complain")).content.decode()
    assert "This goes to Sven Aldous." in page
    assert reverse("complain") in client.get(reverse("home")).content.decode()
    assert client.post(reverse("complain"), {"words": " "}).status_code == 422
    assert client.post(reverse("complain"), {"words": WORDS})["Location"] == reverse("home")
    complaint = Complaint.objects.get()
    read = village.sign_in(client, "sven").get(reverse("complaint", args=[complaint.pk])).content.decode()
    assert (WORDS in read, story.people[who].person.shown in read, story.case.ref in read) == (True, True, True)


def test_whoever_asked_writes_it_too(client, village, story):
    client.post(reverse("code"), {"code": story.referral_code})
    assert reverse("status_complain") in client.get(reverse("status")).content.decode()
    assert client.post(reverse("status_complain"), {"words": WORDS})["Location"] == reverse("status")
    complaint = Complaint.objects.get()
    assert (complaint.referral, complaint.participation, complaint.case) == (story.referral, None, story.case)
    assert WORDS in village.sign_in(client, "sven").get(reverse("complaint", args=[complaint.pk])).content.decode()


@pytest.mark.parametrize("who", ["cora", "fadi", "mina", "ines", "ada", "nour", "edda"])
def test_nobody_else_of_the_staff_reads_it(client, village, story, who):
    complaint = said_by(story)
    assert not may_read(village, who)
    assert village.sign_in(client, who).get(reverse("complaint", args=[complaint.pk])).status_code == 404
    assert client.post(reverse("complaint_taken", args=[complaint.pk])).status_code == 404
    assert TakenUp.objects.count() == 0


@pytest.mark.parametrize("who", ["rami", "hana"])
def test_on_no_page_of_the_circle_does_it_stand_again(client, village, story, who):
    complaint = said_by(story)
    village.enter(client, story.people[who])
    for page in ("home", "choice", "complain"):
        assert WORDS not in client.get(reverse(page)).content.decode()
    assert client.get(reverse("complaint", args=[complaint.pk])).status_code in (302, 404)


def test_the_history_and_the_letters_of_the_case_do_not_tell_of_it(client, village, story):
    before = Entry.objects.filter(case_id=story.case.pk).count()
    complaint = said_by(story)
    actions.take_up(complaint, by=village.actor("sven"))
    assert Entry.objects.filter(case_id=story.case.pk).count() == before
    assert sorted(Entry.objects.filter(subject_id=str(complaint.pk)).values_list("verb", "case_id")) == [("complained", None), ("took_up", None)]
    letter = Letter.objects.get(key__startswith=f"look:{complaint.pk}")
    assert (letter.case_id, letter.reader_id) == (None, village.sven.pk)
    page = village.sign_in(client, "cora").get(reverse("case_history", args=[story.case.ref])).content.decode()
    assert "past those who run the meeting" not in page


def test_today_names_it_to_the_supervisor_until_somebody_sees_to_it(client, village, story):
    complaint = said_by(story)
    assert [rules(village, who).count("complaint") for who in ("sven", "cora", "fadi", "ada", "nour", "edda")] == [1, 0, 0, 0, 0, 0]
    village.sign_in(client, "sven")
    today = client.get(reverse("today")).content.decode()
    assert (reverse("complaint", args=[complaint.pk]) in today, "Hana" in today) == (True, False)
    for _pressed_twice in range(2):
        assert client.post(reverse("complaint_taken", args=[complaint.pk])).status_code == 302
    assert TakenUp.objects.get().by == village.sven.pk
    assert rules(village, "sven").count("complaint") == 0
    assert reverse("complaint", args=[complaint.pk]) in client.get(reverse("complaints")).content.decode()
    assert reverse("complaint", args=[complaint.pk]) not in village.sign_in(client, "ada").get(reverse("complaints")).content.decode()


def test_without_a_supervisor_the_administrator_reads_it(village, story):
    end(village, "sven")
    assert queries.readers(story.hana).names == "Ada Pryce"
    said_by(story)
    assert [may_read(village, who) for who in ("ada", "cora", "fadi")] == [True, False, False]


def test_a_supervisor_who_has_a_part_in_the_case_reads_nothing_about_themselves(village, story):
    give(village, "fadi", "supervisor")
    said_by(story)
    assert [may_read(village, who) for who in ("sven", "fadi")] == [True, False]


def test_a_supervisor_who_coordinates_as_well_does_not_read_it(village, story):
    give(village, "sven", "coordinator")
    assert queries.readers(story.hana).names == "Ada Pryce"
    said_by(story)
    assert [may_read(village, who) for who in ("sven", "ada", "cora")] == [False, True, False]


def test_a_coordinator_given_the_other_role_later_reads_nothing_that_was_kept_from_her(village, story):
    said_by(story)
    end(village, "sven")
    give(village, "cora", "supervisor", "administrator")
    assert not may_read(village, "cora")


def test_where_everything_lies_in_the_same_hands_the_page_says_so_and_names_somebody_outside(client, village, story):
    end(village, "sven", "ada")
    give(village, "cora", "administrator")
    Wording.objects.create(key="outside", language="en", words="District office, 555-0188")
    village.enter(client, story.hana)
    page = client.get(reverse("complain")).content.decode()
    assert "There is nobody else in this programme. So this goes to Cora Ellery." in page
    assert "do not see it" not in page
    assert "You can also talk to somebody outside: District office, 555-0188" in page
    client.post(reverse("complain"), {"words": WORDS})
    assert [may_read(village, who) for who in ("cora", "fadi")] == [True, False]


def test_with_nobody_to_read_it_nothing_is_taken(client, village, story):
    end(village, "sven", "ada")
    village.enter(client, story.hana)
    page = client.get(reverse("complain")).content.decode()
    assert ("Nobody else is here who could read it." in page, "<textarea" in page, "You can also talk" in page) == (True, False, False)
    assert client.post(reverse("complain"), {"words": WORDS}).status_code == 422
    assert Complaint.objects.count() == 0


def test_somebody_kept_out_of_the_case_reads_it_in_no_role(village, story):
    cases.keep_out(story.case, by=story.coordinator, user=village.sven, why="close")
    assert queries.readers(story.hana).names == "Ada Pryce"
    said_by(story)
    assert [may_read(village, who) for who in ("sven", "ada")] == [False, True]


def test_sent_twice_it_is_one_and_another_word_is_another(story):
    assert said_by(story) == said_by(story)
    assert said_by(story, words="And again today.") != said_by(story, "sol")
    assert Complaint.objects.count() == 3


def test_the_words_lie_sealed_and_next_door_does_not_see_the_row(village, story):
    complaint = said_by(story)
    sealed = Complaint.objects.filter(pk=complaint.pk).values_list("words", flat=True).get()
    assert WORDS.encode() not in bytes(sealed)
    with village.inside(village.county):
        assert Complaint.objects.count() == 0


def test_it_is_a_fact(story):
    complaint = said_by(story)
    for act in (Complaint.objects.filter(pk=complaint.pk).update, lambda **_: Complaint.objects.filter(pk=complaint.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(reads="anyone")


def test_it_can_only_be_written_for_oneself(client, village, story):
    """The page names nobody: whose it is, their pass says."""
    village.enter(client, story.hana)
    client.post(reverse("complain"), {"words": WORDS, "participation": str(story.rami.pk)})
    assert Complaint.objects.get().participation == story.hana
    assert Entry.objects.get(verb="complained").actor_id == Actor(Kind.PARTICIPANT, village.school.pk, story.hana.pk).id


def reading(village):
    """Who of the school and next door reads anything that was written so."""
    return {who for who in ("sven", "ada", "cora", "fadi", "mina", "nour", "edda") if may_read(village, who)}


def test_of_a_sealed_case_an_administrator_outside_it_reads_the_words_and_learns_no_more(client, village, story):
    cases.seal(story.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    village.enter(client, story.hana)
    page = client.get(reverse("complain")).content.decode()
    assert "This goes to Ada Pryce, who is not one of them." in page
    assert ("They see your name and these words, and nothing else about you." in page, "Nobody else is here" in page) == (True, False)
    assert client.post(reverse("complain"), {"words": WORDS})["Location"] == reverse("home")
    client.post(reverse("code"), {"code": story.referral_code})
    assert client.post(reverse("status_complain"), {"words": "And I asked."})["Location"] == reverse("status")
    assert (reading(village), Complaint.objects.count()) == ({"ada"}, 2)
    assert sorted(rules(village, "ada")) == ["complaint"] * 2
    village.sign_in(client, "ada")
    for complaint in Complaint.objects.all():
        read = client.get(reverse("complaint", args=[complaint.pk])).content.decode()
        assert (complaint.words in read, story.case.ref in read, story.referral.ref in read) == (True, False, False)
        assert "Only a few people may know of this meeting" in read
    assert client.get(reverse("case", args=[story.case.ref])).status_code == 404
    cases.unseal(story.case, by=village.actor("cora"))
    assert story.case.ref in client.get(reverse("complaint", args=[Complaint.objects.first().pk])).content.decode()


def test_what_nobody_has_read_goes_to_the_next_who_may_and_what_was_taken_up_stays(client, village, story):
    """Down the whole ladder, and whoever is told on the page is who then reads it."""
    cases.seal(story.case, by=village.actor("cora"), why="staff", team=[village.cora, village.sven, village.fadi])
    first, second = said_by(story), said_by(story, words="Another thing.")
    seen = []
    for leaving in ("sven", "ada", None):
        names = {member.user for member in queries.readers(story.hana).people}
        seen.append(reading(village))
        assert seen[-1] == {who for who in seen[-1] if village.users[who] in names}, leaving
        if leaving:
            end(village, leaving)
    assert seen == [{"sven"}, {"ada"}, set()]
    give(village, "mina", "supervisor")
    assert reading(village) == {"mina"}
    actions.take_up(first, by=village.actor("mina"))
    give(village, "tova", "supervisor")
    assert set(queries.complaints(village.actor("mina"))) == {first, second}
    assert set(queries.complaints(village.actor("tova"))) == {second}
    assert [rules(village, who).count("complaint") for who in ("mina", "tova")] == [1, 1]
    end(village, "mina", "tova", role="supervisor")
    give(village, "cora", "administrator")
    assert reading(village) == set(), "never whoever it was kept from"
    give(village, "tova", "administrator")
    assert set(queries.complaints(village.actor("tova"))) == {first, second}, "who took the first is gone"


def test_whoever_leads_or_helps_the_case_never_reads_it_and_an_administrator_learns_that_somebody_wrote(client, village, story):
    said_by(story)
    client.post(reverse("code"), {"code": story.referral_code})
    client.post(reverse("status_complain"), {"words": "And I asked."})
    end(village, "sven", "ada")
    for who in ("cora", "fadi"):
        give(village, who, "supervisor", "administrator")
        assert (reading(village), rules(village, who).count("complaint")) == (set(), 0)
        assert rules(village, who).count("unreadable") == 1
    today = village.sign_in(client, "cora").get(reverse("today")).content.decode()
    line = "Somebody wrote past the team and nobody may read it: give somebody the role of supervisor"
    assert (line in today, WORDS in today, "Hana" in today) == (True, False, False)
    give(village, "tova", "coordinator", "supervisor")
    assert [rules(village, who).count("complaint") for who in ("tova", "cora", "fadi")] == [2, 0, 0]
    assert rules(village, "cora").count("unreadable") == 0


def test_what_somebody_took_up_who_is_gone_is_seen_to_by_another(client, village, story):
    complaint = said_by(story)
    give(village, "mina", "supervisor")
    actions.take_up(complaint, by=village.actor("mina"))
    assert (rules(village, "sven").count("complaint"), postponed_by(story.case)) == (0, [])
    end(village, "mina", role="supervisor")
    assert (rules(village, "sven").count("complaint"), len(postponed_by(story.case))) == (1, 1)
    village.sign_in(client, "sven")
    assert "Not read yet" in client.get(reverse("complaints")).content.decode()
    assert client.post(reverse("complaint_taken", args=[complaint.pk])).status_code == 302
    assert (rules(village, "sven").count("complaint"), postponed_by(story.case)) == (0, [])
    assert TakenUp.objects.filter(complaint=complaint).count() == 2
    end(village, "sven")
    assert reading(village) == {"ada"}


def test_whoever_took_it_up_goes_on_reading_it_when_somebody_comes_whose_turn_it_would_have_been(village, story):
    cases.seal(story.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    end(village, "ada")
    complaint = said_by(story)
    assert reading(village) == {"sven"}
    actions.take_up(complaint, by=village.actor("sven"))
    give(village, "tova", "administrator")
    assert (reading(village), set(queries.complaints(village.actor("tova")))) == ({"sven"}, set())
    end(village, "sven")
    assert set(queries.complaints(village.actor("tova"))) == {complaint}
