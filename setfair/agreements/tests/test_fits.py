"""Each says of every promise whether it is fair, whether they can do it or want it changed, before anybody signs (S0.6)."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries, text
from setfair.agreements.models import Fit, Signature
from setfair.agreements.terms import Terms
from setfair.agreements.tests.on_the_table import LIST, OURS, SIGN, give_to
from setfair.agreements.tests.reading import draft_of, told
from setfair.conferences.models import Attendance
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid_out(met):
    """Two promises of Rami's to Hana; nobody has said anything of them yet."""
    actions.present(draft_of(met, 2), by=met.lead)
    return met


def says(story, key, *words, method="own", by=None):
    """One word to each promise, in their order; one word alone is said of all."""
    items = list(story.agreement.items.order_by("order"))
    said = dict(zip([i.pk for i in items], words if len(words) > 1 else words * len(items), strict=True))
    return actions.mark(story.agreement, by=by or story.me(key), participation=story.people[key], words=said, method=method)


def all_say(story, but=()):
    for key in story.people:
        if key not in but:
            says(story, key, "can" if key == "rami" else "fair")


def signs(story, key):
    person = story.people[key]
    return actions.sign(story.agreement, by=story.me(key), participation=person, method="own", typed_name=person.person.shown)


def page_of(village, story, key):
    return village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk]))


@pytest.mark.mission("S0.6")
def test_nobody_signs_before_everyone_who_is_there_has_said_what_they_think(laid_out):
    all_say(laid_out, but=["sol"])
    with pytest.raises(actions.CannotSign, match="Not everybody has said"):
        signs(laid_out, "hana")
    says(laid_out, "sol", "fair")
    assert signs(laid_out, "hana").method == "own"


@pytest.mark.mission("S0.6")
def test_a_wish_to_change_one_promise_holds_up_all_and_it_alone_is_asked_about_anew(laid_out):
    all_say(laid_out, but=["rami"])
    says(laid_out, "rami", "can", "change")
    with pytest.raises(actions.CannotSign, match="wants something in it changed"):
        signs(laid_out, "hana")
    actions.reopen(laid_out.agreement, by=laid_out.lead)
    second = laid_out.items()[1]
    actions.reword(second, by=laid_out.lead, owner=laid_out.rami, owed_to=laid_out.hana, what="A smaller thing.", due_on=second.due_on)
    actions.present(laid_out.agreement, by=laid_out.lead)
    known = queries.fits(laid_out.agreement)
    assert [known.has_said(laid_out.people[key].pk) for key in laid_out.people] == [False] * 4
    assert [len(known.of(laid_out.people[key].pk)) for key in laid_out.people] == [1] * 4
    laid_out.sign_all()
    assert laid_out.agreement.stage == "in_force"


@pytest.mark.parametrize("missing", ["nothing", "one", "other", "change"])
def test_the_database_takes_no_signature_before(laid_out, missing):
    if missing in ("one", "change"):
        all_say(laid_out, but=["rami"])
    if missing == "change":
        says(laid_out, "rami", "change", "can")
    if missing == "other":
        says(laid_out, "hana", "fair")
    with pytest.raises(IntegrityError, match="not everybody finds it fair"), transaction.atomic():
        Signature.objects.create(
            agreement=laid_out.agreement, participation=laid_out.hana, case=laid_out.case, method="own", typed_name="Hana", text_digest="0" * 64,
            language="en",
        )  # fmt: skip


def test_what_was_said_is_not_changed_but_said_anew(laid_out):
    says(laid_out, "hana", "change", "fair")
    with pytest.raises(IntegrityError, match="is not changed"), transaction.atomic():
        Fit.objects.update(word="fair")
    assert says(laid_out, "hana", "fair", "fair")[0].word == "fair"
    assert (Fit.objects.count(), queries.fits(laid_out.agreement).to_change()) == (3, [])
    assert says(laid_out, "hana", "fair") == []


def test_only_who_makes_it_can_do_it_and_the_others_find_it_fair(laid_out):
    for key, word in (("rami", "fair"), ("hana", "can"), ("sol", "great")):
        with pytest.raises(actions.CannotSign, match="one of the answers"):
            says(laid_out, key, word)


def test_nobody_of_the_team_says_it_is_fair_for_somebody_who_wants_it_changed(laid_out):
    says(laid_out, "hana", "change", "fair")
    with pytest.raises(actions.CannotSign, match="Only they can say otherwise"):
        says(laid_out, "hana", "fair", method="said", by=laid_out.lead)
    says(laid_out, "sol", "fair", method="said", by=laid_out.lead)
    assert {fit.by for fit in Fit.objects.filter(participation=laid_out.sol)} == {laid_out.lead.id}


def test_the_journal_keeps_no_answer(laid_out):
    says(laid_out, "hana", "change", "fair")
    line = Entry.objects.get(verb="marked")
    assert (line.subject_kind, line.detail) == ("agreements.agreement", {"method": "own"})


def test_whoever_is_not_there_says_it_as_they_sign_and_holds_up_nobody(met):
    agreement = draft_of(met, 1)
    actions.present(agreement, by=met.lead)
    Attendance.objects.create(conference=met.conference, participation=met.gail, came=False)
    for key in ("hana", "rami", "sol"):
        says(met, key, "can" if key == "rami" else "fair")
    assert signs(met, "hana").participation == met.hana
    with pytest.raises(actions.CannotSign, match="First say what you think"):
        signs(met, "gail")
    says(met, "gail", "fair")
    assert signs(met, "gail").participation == met.gail


def test_on_ones_own_page_each_promise_is_asked_about_and_the_others_read_nothing_of_it(laid_out, village):
    page = page_of(village, laid_out, "hana")
    assert (told(page).count("What do you think of this?"), "Type your name" in told(page)) == (2, False)
    client, fit = village.enter(Client(), laid_out.hana), page.context["fit"]
    first, second = [str(pk) for pk in fit.asked]
    there, said = reverse("my_marks", args=[laid_out.agreement.pk]), {"seen": fit["seen"].value()}
    assert "at least one promise" in told(client.post(there, said))
    assert client.post(there, said | {first: "can"}).status_code == 422
    assert client.post(there, {"seen": "0" * 64, first: "change"}).status_code == 422
    assert client.post(there, said | {first: "change", "all_fair": "on"}).status_code == 302
    assert [fit.word for fit in Fit.objects.order_by("item__order")] == ["change", "fair"]
    again = told(page_of(village, laid_out, "hana"))
    assert ("Somebody wants something in it changed." in again, "checked" in again) == (True, False)
    for key in ("rami", "sol"):
        assert "changed" not in told(page_of(village, laid_out, key)).replace("I want it changed", "").replace("want something changed", "")
    team = told(village.sign_in(Client(), "fadi").get(reverse("agreement", args=[laid_out.case.ref])))
    assert ("Somebody wants this changed." in team, team.count("has not said yet what they think")) == (True, 3)
    assert ("to_change" in rules(village, "fadi"), "to_change" in rules(village, "mina")) == (True, False)


def test_when_the_last_one_has_said_it_those_who_are_not_in_the_room_hear_that_they_can_sign(laid_out):
    before = Letter.objects.count()
    all_say(laid_out, but=["sol"])
    assert Letter.objects.count() == before
    says(laid_out, "sol", "fair", method="tablet", by=laid_out.lead)
    told_of = Letter.objects.filter(key__contains=":open").values_list("reader_id", flat=True)
    assert sorted(told_of) == sorted(p.person_id for key, p in laid_out.people.items() if key != "sol")


def test_on_the_tablet_it_is_asked_before_the_name(laid_out, village, client):
    village.sign_in(client, "fadi")
    assert client.post(reverse("tablet", args=[laid_out.agreement.pk]), OURS)["Location"] == LIST
    page = give_to(client, laid_out.rami)
    fit = page.context["fit"]
    assert (told(page).count("I can do this"), "Type your name" in told(page)) == (2, False)
    there, said = reverse("handed_marks"), {"seen": fit["seen"].value(), "all_fair": "on"}
    assert client.post(there, said | {"whose": str(laid_out.hana.pk)})["Location"] == LIST
    assert client.post(there, said | {"whose": str(laid_out.rami.pk)})["Location"] == SIGN
    assert {(fit.word, fit.method, fit.participation_id) for fit in Fit.objects.all()} == {("can", "tablet", laid_out.rami.pk)}
    assert "Not everybody has said" in told(client.get(SIGN))
    for key in ("hana", "sol", "gail"):
        says(laid_out, key, "fair")
    assert "Type your name" in told(client.get(SIGN))


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("cora", 302), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_what_somebody_said_aloud_is_written_down_by_who_holds_the_tablet_and_nobody_else(laid_out, village, who, status):
    seen = {"seen": text.digest(laid_out.agreement.words)}
    answer = village.sign_in(Client(), who).post(reverse("marks_said", args=[laid_out.sol.pk]), seen)
    assert (answer.status_code, Fit.objects.count()) == (status, 2 if status == 302 else 0)


def test_what_somebody_wants_changed_aloud_is_written_down_too(laid_out, village):
    fadi, item = village.sign_in(Client(), "fadi"), laid_out.items()[1]
    there, seen = reverse("marks_said", args=[laid_out.sol.pk]), {"seen": text.digest(laid_out.agreement.words)}
    tries = ({"change": item.pk}, seen | {"change": uuid4()}, seen | {"change": item.pk})
    assert [fadi.post(there, tried).status_code for tried in tries] == [422, 422, 302]
    assert [(fit.item, fit.word, fit.method) for fit in Fit.objects.all()] == [(item, "change", "said")]


def test_the_press_for_all_takes_back_nothing_that_somebody_wants_changed(laid_out, village):
    first, second = laid_out.items()
    client, there = village.enter(Client(), laid_out.hana), reverse("my_marks", args=[laid_out.agreement.pk])
    seen = {"seen": text.digest(laid_out.agreement.words)}
    assert client.post(there, seen | {str(first.pk): "change", "all_fair": "on"}).status_code == 302
    assert "All the rest is fair" not in told(client.get(reverse("my_agreement", args=[laid_out.agreement.pk])))
    assert client.post(there, seen | {"all_fair": "on"}).status_code == 422
    assert client.post(there, seen | {str(second.pk): "change", "all_fair": "on"}).status_code == 302
    said = queries.fits(laid_out.agreement).of(laid_out.hana.pk)
    assert (said[first.pk].word, said[second.pk].word) == ("change", "change")


def test_somebody_of_another_case_says_nothing_here(laid_out, next_case, village):
    client = village.enter(Client(), next_case.otto)
    assert client.post(reverse("my_marks", args=[laid_out.agreement.pk]), {"all_fair": "on"}).status_code == 404
    with pytest.raises(actions.CannotSign):
        actions.mark(laid_out.agreement, by=next_case.me("otto"), participation=next_case.otto, words={}, method="own")


def test_a_new_version_asks_only_about_what_is_new(laid_out):
    all_say(laid_out)
    signs(laid_out, "hana")
    fresh = actions.rewrite(laid_out.agreement, by=laid_out.lead)
    actions.promise(fresh, by=laid_out.lead, owner=laid_out.rami, what="One thing more.", due_on=timezone.localdate(), terms=Terms(hours=1))
    actions.present(fresh, by=laid_out.lead)
    assert [len(queries.fits(fresh).of(p.pk)) for p in laid_out.people.values()] == [2] * 4


def test_a_promise_that_was_talked_about_can_be_struck(laid_out):
    all_say(laid_out)
    actions.reopen(laid_out.agreement, by=laid_out.lead)
    actions.strike(laid_out.items()[0], by=laid_out.lead)
    assert (laid_out.agreement.items.count(), Fit.objects.count()) == (1, 4)


def test_sixty_promises_are_asked_about_on_one_page_with_one_press_for_all(met, village, django_assert_max_num_queries):
    actions.present(draft_of(met, 60), by=met.lead)
    page = page_of(village, met, "hana")
    assert told(page).count("What do you think of this?") == 60
    client = village.enter(Client(), met.hana)
    said = {"seen": page.context["fit"]["seen"].value(), "all_fair": "on"}
    with django_assert_max_num_queries(90):
        assert client.post(reverse("my_marks", args=[met.agreement.pk]), said).status_code == 302
    assert Fit.objects.count() == 60


def test_only_what_is_left_open_is_asked_again_and_nothing_shows_what_was_said(laid_out, village):
    first = laid_out.items()[0]
    actions.mark(laid_out.agreement, by=laid_out.me("hana"), participation=laid_out.hana, words={first.pk: "change"}, method="own")
    page = page_of(village, laid_out, "hana")
    assert (list(page.context["fit"].asked), told(page).count("What do you think of this?")) == ([laid_out.items()[1].pk], 1)
    assert "checked" not in told(page)
