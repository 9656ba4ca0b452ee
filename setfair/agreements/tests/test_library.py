"""Promises in good words: ours hold what the draft hints at, one is taken into the form, and the list is the programme's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from setfair.agreements import actions, quality
from setfair.agreements.models import ItemKind
from setfair.core.actor import system
from setfair.programmes import actions as programmes
from setfair.programmes import library
from setfair.programmes.models import GoodPromise
from setfair.programmes.models.library import KINDS

pytestmark = pytest.mark.django_db
PAGE = "/settings/promises/"
ALL = [(language, one) for language in library.LANGUAGES for one in library.shipped(language)]


def test_the_kinds_are_those_of_a_promise():
    assert [(code, str(label)) for code, label in KINDS] == [(kind.value, str(kind.label)) for kind in ItemKind]


@pytest.mark.parametrize(("language", "one"), ALL, ids=lambda value: value["what"][:30] if isinstance(value, dict) else value)
def test_ours_need_none_of_the_hints_of_the_draft(language, one):
    today = timezone.localdate()
    facts = {"owner": "Rami", "owner_is_harmed": False, "owner_signs": True, "owner_left": False, "owed_to_harmed": False}
    for words in (one["what"], one["done"]):
        promise = quality.Promise(what=words, proof_wanted=one["done"], due_on=today + timedelta(days=7), **facts)
        hints = [hint.code for hint in quality.of_one(promise, kind="school", begins=today, language=language)]
        assert hints in ([], ["money"] if one["kind"] == "payment" else []), "how much is for the people in the room"


def test_both_languages_have_the_same_kinds_in_the_same_order():
    english, spanish = ([one["kind"] for one in library.shipped(language)] for language in library.LANGUAGES)
    assert english == spanish and len(english) == 20


@pytest.fixture
def draft(met, village):
    """An agreement that is being written, and Fadi before it."""
    actions.draft(met.case, by=met.lead)
    return village.sign_in(Client(), "fadi"), reverse("agreement", args=[met.case.ref])


def test_one_is_taken_and_fills_the_form(draft):
    fadi, page = draft
    one = GoodPromise.objects.get(what__startswith="Clean or paint")
    assert f"?take={one.pk}#id_what" in fadi.get(page).text
    form = fadi.get(page, {"take": one.pk}).context["form"]
    assert [form[name].value() for name in ("what", "proof_wanted", "kind", "owner", "due_on")] == [one.what, one.done, "repair", None, None]
    assert form["form_key"].value() is not None


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000001"])
def test_what_is_not_in_the_list_fills_nothing(draft, key):
    fadi, page = draft
    answer = fadi.get(page, {"take": key})
    assert (answer.status_code, answer.context["form"]["what"].value()) == (200, None)


def test_they_are_read_in_the_language_of_whoever_writes_or_else_the_programmes(met):
    for language, expected in (("en", "en"), ("es", "es"), ("ar", met.programme.language)):
        with translation.override(language):
            assert {one.language for _kind, ones in library.to_start_from(language, met.programme.language) for one in ones} == {expected}
    GoodPromise.objects.update(closed_at=timezone.now())
    assert library.to_start_from("en", "es") == []


def test_what_is_out_of_use_is_not_offered_and_stays_where_it_was_written(draft):
    fadi, page = draft
    one = GoodPromise.objects.filter(language="en").first()
    programmes.close_good_promise(one, by=somebody(one))
    assert str(one.pk) not in fadi.get(page).text
    assert fadi.get(page, {"take": one.pk}).context["form"]["what"].value() is None


def somebody(one):
    return system(one.programme_id)


def test_an_administrator_adds_their_own_once_and_takes_it_out_of_use(village):
    ada = village.sign_in(Client(), "ada")
    said = {"what": " Feed the  fish. ", "done": "The fish were fed.", "kind": "other", "language": "en"}
    for _again in range(2):
        assert ada.post(PAGE, said)["Location"] == PAGE
    with village.inside():
        one = GoodPromise.objects.get(what="Feed the fish.")
    ada.post(reverse("settings_library_close", args=[one.pk]))
    with village.inside():
        assert GoodPromise.objects.get(pk=one.pk).closed_at is not None
    ada.post(PAGE, said)
    with village.inside():
        assert GoodPromise.objects.get(pk=one.pk).closed_at is None
    assert ada.post(PAGE, said | {"done": ""}).status_code == 422


def test_ours_are_brought_in_where_they_are_missing_and_nothing_twice(village):
    ada = village.sign_in(Client(), "ada")
    assert reverse("settings_library_ours") not in ada.get(PAGE).text
    with village.inside():
        gone = GoodPromise.objects.filter(language="es")
        kept, number = GoodPromise.objects.filter(language="en").first(), GoodPromise.objects.count()
        programmes.close_good_promise(kept, by=somebody(kept))
        gone.delete()
    assert reverse("settings_library_ours") in ada.get(PAGE).text
    for _again in range(2):
        ada.post(reverse("settings_library_ours"))
    with village.inside():
        assert GoodPromise.objects.count() == number
        assert GoodPromise.objects.get(pk=kept.pk).closed_at is not None


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("cora", 404), ("fadi", 404), ("lena", 404)])
def test_who_keeps_the_list(village, who, status):
    assert village.sign_in(Client(), who).get(PAGE).status_code == status


def test_the_programme_next_door_has_its_own(village, draft):
    fadi, page = draft
    with village.inside(village.county):
        theirs = GoodPromise.objects.filter(language="en").first()
    assert fadi.get(page, {"take": theirs.pk}).context["form"]["what"].value() is None


def test_words_in_the_list_never_change(village):
    with village.inside(), pytest.raises(IntegrityError, match="good_promise_stays|never change"), transaction.atomic():
        GoodPromise.objects.update(what="Something else")


def test_the_same_words_once(village):
    with village.inside(), pytest.raises(IntegrityError, match="good_promise_once"), transaction.atomic():
        one = GoodPromise.objects.first()
        GoodPromise.objects.create(kind="other", language=one.language, what=one.what, done="x")


def test_the_draft_costs_the_same_with_one_and_with_twenty(draft):
    fadi, page = draft
    fadi.get(page)
    with CaptureQueriesContext(connection) as many:
        fadi.get(page)
    GoodPromise.objects.exclude(pk=GoodPromise.objects.filter(language="en").first().pk).delete()
    with CaptureQueriesContext(connection) as one:
        fadi.get(page)
    assert len(one) == len(many)
