"""A picture of a kept promise: chosen on a phone, shown back in words, sent to the team."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Evidence, Item
from setfair.agreements.tests.reading import told
from setfair.core import clock
from setfair.files import queries, tasks
from setfair.files.journey import Stage
from setfair.files.models import Content, File
from setfair.files.tests import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(holding):
    return holding.items()[0]


@pytest.fixture
def rami(holding, village, client):
    return village.enter(client, holding.rami)


def page(name, item):
    return reverse(name, args=[item.pk])


def choose(client, item, data=None):
    return client.post(page("proof_file", item), {"file": SimpleUploadedFile("IMG_0001.HEIC", data or sent.picture())})


def test_a_picture_is_chosen_shown_back_and_sent_to_the_team_alone(item, rami, holding, village, browser_clients):
    assert "Only the team sees it." in told(rami.get(page("proof_file", item)))
    assert choose(rami, item)["Location"] == page("proof_file", item)
    back = told(rami.get(page("proof_file", item)))
    assert ["Is this the right one?" in back, "Picture, 400 × 600" in back, "IMG_0001" in back] == [True, True, False]
    fadi = village.sign_in(browser_clients(), "fadi")
    assert fadi.get(reverse("file", args=[File.objects.get().pk])).status_code == 404
    assert rami.post(page("proof_file_send", item), {"words": "Here it is."}).status_code == 302
    file = File.objects.get()
    assert (file.stage, file.audience, Item.objects.get(pk=item.pk).stage) == (Stage.UNCHECKED, "team", ItemStage.KEPT)
    assert [(e.words, e.file_id) for e in Evidence.objects.all()] == [("Here it is.", file.pk)]
    assert "You sent: Picture, 400 × 600" in told(rami.get(page("proof", item)))
    assert reverse("file", args=[file.pk]) in fadi.get(page("item", item)).text
    assert sent.PLANTED not in fadi.get(reverse("file", args=[file.pk])).content
    hana = village.enter(browser_clients(), holding.hana)
    assert [hana.get(reverse("my_file", args=[file.pk])).status_code, hana.get(page("proof_file", item)).status_code] == [404, 404]


def test_another_one_is_chosen_and_the_first_is_gone(item, rami):
    choose(rami, item)
    choose(rami, item, b"In words, as a text.")
    assert [(f.kind, f.stage) for f in File.objects.order_by("at")] == [("jpeg", Stage.GONE), ("text", Stage.SHOWN)]
    rami.post(page("proof_file_again", item))
    assert (Content.objects.count(), queries.count(item.case), Evidence.objects.count()) == (0, 0, 0)
    assert rami.post(page("proof_file_send", item), {"words": ""})["Location"] == page("proof", item)


def test_what_is_not_taken_says_what_to_do_and_what_was_shown_is_left_as_it_was(item, rami):
    answer = choose(rami, item, sent.REFUSED["phone_picture"])
    assert (answer.status_code, "Please take a screenshot of it" in told(answer), File.objects.count()) == (422, True, 0)


def test_one_person_does_not_fill_the_case(item, rami):
    for _each in range(queries.MOST_OF_ONE):
        choose(rami, item, b"A text.")
        rami.post(page("proof_file_send", item), {"words": ""})
    assert choose(rami, item, b"One more.").status_code == 422
    assert queries.count(item.case) == queries.MOST_OF_ONE < queries.MOST_IN_A_CASE


def test_what_was_not_sent_goes_after_a_day(item, rami):
    choose(rami, item)
    tasks.look_again()
    assert File.objects.get().stage == Stage.SHOWN
    File.objects.update(at=clock.now() - queries.A_DAY)
    tasks.look_again()
    assert (File.objects.get().stage, Content.objects.count()) == (Stage.GONE, 0)
