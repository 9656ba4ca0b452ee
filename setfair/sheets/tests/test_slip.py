"""What came back on paper is typed in for somebody: each answer with its day, its way and who saw it, and compared where that is wanted."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases.actions import choose_route
from setfair.cases.models import Case
from setfair.desk.prepared import lacking
from setfair.journal.models import Entry
from setfair.preparation.actions import acknowledge, withdraw
from setfair.preparation.models import Acknowledgement, Break, CallWish, Consent, Slip, SlipLook
from setfair.preparation.queries import blockers
from setfair.sheets.actions import type_in
from setfair.sheets.came_back import slips_of
from setfair.sheets.foot import foot_of
from setfair.village.time import today
from setfair.voices.actions import hope, keep_words
from setfair.voices.models import Hope

pytestmark = pytest.mark.django_db


def filled(village, whose, **said):
    """As it is typed in from the paper of this one."""
    with village.inside():
        on, foot = today(whose.programme).isoformat(), foot_of(whose, "en")
    return {"method": "paper", "foot": foot, "on": on, "seen_by": "Officer Hale", "language": "en"} | said


YES = {"me.take_part": "yes", "me.notes": "no", "me.outcome": "yes"}


@pytest.mark.mission("S2.11")
def test_each_answer_is_a_fact_with_its_day_its_way_and_who_saw_it(client, village, at_preparing, browser_clients):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.rami.pk])
    assert there in fadi.get(reverse("person", args=[story.rami.pk])).content.decode()
    said = filled(
        village,
        story.rami,
        **YES,
        part="yes",
        hopes=["answers", "safety"],
        support="found",
        **{"support.words": "My aunt", "words.words": "I am sorry."},
    )
    for _twice in range(2):
        assert fadi.post(there, said).url == reverse("person", args=[story.rami.pk])
    with village.inside():
        slip = Slip.objects.get()
        assert (slip.method, slip.on, slip.seen_by, slip.support, slip.support_name, slip.words, slip.by) == (
            "paper", today(story.programme), "Officer Hale", "found", "My aunt", "I am sorry.", village.users["fadi"].pk,
        )  # fmt: skip
        answers = {row.scope: (row.answer, row.method, row.slip_id, row.giver_id) for row in Consent.objects.filter(participation=story.rami)}
        assert answers == {
            scope: (answer, "paper", slip.pk, story.rami.pk) for scope, answer in (("take_part", "yes"), ("notes", "no"), ("outcome", "yes"))
        }
        assert Acknowledgement.objects.filter(given=True, method="paper", slip=slip).count() == 1
        assert Hope.objects.get(slip=slip).goals == ["answers", "safety"]
        assert Entry.objects.filter(verb="typed_in", subject_id=str(story.rami.pk)).count() == 1
    own = village.enter(browser_clients(), story.rami).get(reverse("home")).content.decode()
    assert ("Written down for you by Fadi" in own, "Seen by: Officer Hale." in own) == (True, True)
    who = {"cora": 200, "fadi": 200, "mina": 404, "nour": 404}
    assert {name: village.sign_in(Client(), name).get(there).status_code for name in who} == who
    assert "Officer Hale" in village.sign_in(Client(), "cora").get(there).content.decode()


def test_not_sure_a_call_a_break_and_a_stop_are_taken_from_paper_too(client, village, at_preparing):
    story = at_preparing
    fadi = village.sign_in(client, "fadi")
    fadi.post(reverse("slip_back", args=[story.hana.pk]), filled(village, story.hana, **{"me.take_part": "unsure"}, stop="call"))
    fadi.post(reverse("slip_back", args=[story.sol.pk]), filled(village, story.sol, stop="break", method="said"))
    fadi.post(reverse("slip_back", args=[story.rami.pk]), filled(village, story.rami, stop="stop", **{"me.take_part": "no"}))
    both = fadi.post(reverse("slip_back", args=[story.gail.pk]), filled(village, story.gail, stop="stop", **{"me.take_part": "yes"}))
    assert (both.status_code, "Both a yes and a stop are ticked." in both.content.decode()) == (422, True)
    with village.inside():
        assert [(row.participation_id, row.slip.seen_by) for row in CallWish.objects.all()] == [(story.hana.pk, "Officer Hale")]
        assert [(row.participation_id, row.slip.method) for row in Break.objects.all()] == [(story.sol.pk, "said")]
        last = {row.participation_id: row.answer for row in Consent.objects.filter(scope="take_part").order_by("at", "id")}
        assert last == {story.hana.pk: "unsure", story.rami.pk: "withdrawn"}
        assert Slip.objects.count() == 3


@pytest.mark.parametrize(("wrong", "says"), [
    ({"seen_by": " "}, "Who saw it?"),
    ({"on": "2199-01-01"}, "Please check the date."),
    ({"me.take_part": ""}, "Nothing is filled in yet."),
    ({"me.take_part": "maybe"}, "Select a valid choice."),
])  # fmt: skip
def test_what_cannot_be_stands_there_again_with_its_words(client, village, at_preparing, wrong, says):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.hana.pk])
    page = fadi.post(there, filled(village, story.hana, **{"me.take_part": "yes", "support.words": ""} | wrong))
    assert (page.status_code, says in page.content.decode()) == (422, True)
    with village.inside():
        assert Slip.objects.count() == 0


def test_a_parent_answers_for_the_young_person_on_their_own_slip(client, village, at_preparing):
    story = at_preparing
    village.sign_in(client, "fadi").post(reverse("slip_back", args=[story.gail.pk]), filled(village, story.gail, **{"child.take_part": "yes"}))
    with village.inside():
        row = Consent.objects.get(scope="take_part", giver=story.gail)
        assert (row.participation_id, row.answer, row.slip.participation_id) == (story.rami.pk, "yes", story.gail.pk)


def test_where_it_is_wanted_somebody_else_compares_it_before_anybody_is_ready(client, village, at_prepared, browser_clients):
    story = at_prepared
    with village.inside():
        story.programme.slips_twice = True
        story.programme.save()
    fadi, cora = village.sign_in(client, "fadi"), village.sign_in(browser_clients(), "cora")
    there = reverse("slip_back", args=[story.hana.pk])
    fadi.post(there, filled(village, story.hana, **YES))
    with village.inside():
        slip = Slip.objects.get()
        missing = [(b.code, b.participation, b.overridable) for b in blockers(Case.objects.get(pk=story.case.pk))]
        assert (missing, Case.objects.filter(lacking(timezone.localdate()), pk=story.case.pk).count()) == ([("slip", story.hana, False)], 1)
    waits = "Answers typed in from paper wait for a second pair of eyes"
    assert [waits in one.get(reverse("today")).content.decode() for one in (fadi, cora)] == [False, True]
    compared = reverse("slip_compared", args=[story.hana.pk, slip.pk])
    fadi.post(compared)
    with village.inside():
        assert SlipLook.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            SlipLook.objects.create(slip=slip, by=slip.by)
    cora.post(compared)
    with village.inside():
        assert (SlipLook.objects.get().by, blockers(Case.objects.get(pk=story.case.pk))) == (village.users["cora"].pk, [])
        for act in (lambda rows: rows.update(method="said"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(Slip.objects.filter(pk=slip.pk))
    assert client.post(reverse("slip_compared", args=[story.rami.pk, slip.pk])).status_code == 404


def test_of_paper_its_foot_says_whose_it_is_and_leads_there(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.hana.pk])
    wrong = fadi.post(there, filled(village, story.rami, stop="stop"))
    assert (wrong.status_code, "This is not the mark of their paper." in wrong.content.decode()) == (422, True)
    assert fadi.post(there, filled(village, story.hana, stop="stop", foot="")).status_code == 422
    assert fadi.post(there, filled(village, story.hana, stop="call", foot="", method="said")).status_code == 302
    foot = filled(village, story.rami)["foot"]
    assert fadi.get(reverse("cases"), {"q": foot.lower().replace("-", " ")})["Location"] == reverse("slip_back", args=[story.rami.pk])
    for who in ("mina", "nour"):
        assert "Location" not in village.sign_in(Client(), who).get(reverse("cases"), {"q": foot})
    with village.inside():
        assert [slip.method for slip in Slip.objects.all()] == ["said"]


def test_a_yes_under_other_words_is_none_and_a_no_counts_all_the_same(client, village, at_preparing):
    """A yes to a meeting is no yes to letters, also where it lay in a drawer meanwhile."""
    story, coordinator = at_preparing, village.actor("cora")
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.hana.pk])
    printed = filled(village, story.hana)
    with village.inside():
        choose_route(story.case, by=coordinator, how="letters", why="harmed")
    late = fadi.post(there, printed | {"me.take_part": "yes"})
    assert (late.status_code, "What we ask has changed since this was printed" in late.content.decode()) == (422, True)
    assert fadi.post(there, printed | {"me.take_part": "no"}).status_code == 302
    with village.inside():
        assert [row.answer for row in Consent.objects.filter(participation=story.hana, scope="take_part")] == ["no"]


def test_a_paper_that_was_on_its_way_takes_nothing_back_that_they_said_since(client, village, at_preparing):
    story = at_preparing
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[story.rami.pk])
    with village.inside():
        before = (today(story.programme) - timedelta(days=3)).isoformat()
        withdraw(story.rami, by=story.me("rami"))
        acknowledge(story.rami, by=story.me("rami"), given=False, method="own")
        hope(story.rami, by=story.me("rami"), goals=["answers"])
        keep_words(story.rami, by=story.me("rami"), reads="me", say="Not like that.")
    for late in ({"me.take_part": "yes"}, {"part": "yes"}, {"hopes": ["safety"]}, {"say.words": "Like that.", "reads": "all"}):
        page = fadi.post(there, filled(village, story.rami, on=before, **late))
        assert (page.status_code, "They said something else after the day on this paper" in page.content.decode()) == (422, True)
    assert fadi.post(there, filled(village, story.rami, **{"me.take_part": "yes"})).status_code == 302
    with village.inside():
        assert Consent.objects.filter(participation=story.rami, scope="take_part").order_by("at", "id").last().answer == "yes"


def test_the_language_in_which_they_read_it_is_that_of_their_paper(client, village, at_preparing):
    story = at_preparing
    with village.inside():
        foot = foot_of(story.hana, "es")
    there = reverse("slip_back", args=[story.hana.pk])
    village.sign_in(client, "fadi").post(there, filled(village, story.hana, **{"me.take_part": "yes"}) | {"foot": foot, "language": "en"})
    with village.inside():
        assert (Slip.objects.get().language, Consent.objects.get(slip__isnull=False).language) == ("es", "es")


@pytest.mark.parametrize("count", [1, 3])
def test_ten_slips_are_read_in_as_many_queries_as_one(village, at_preparing, django_assert_num_queries, count):
    with village.inside():
        story = at_preparing
        for n in range(count):
            said = {"words.words": f"Word {n}.", "stop": "call"}
            type_in(story.hana, by=story.lead, method="said", on=today(story.programme), seen_by="Fadi", language="en", said=said)
        with django_assert_num_queries(11):
            assert len(slips_of(story.hana, reader=None)) == count
