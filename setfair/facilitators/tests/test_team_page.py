from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.facilitators.journey import Stage
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import ClosedPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(village, client):
    return village.sign_in(client, "ada")


def of(village, key):
    with village.inside():
        return village.facilitator(key)


def stage(village, key):
    return of(village, key).stage


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("cora", 200), ("nour", 200), ("sven", 404), ("fadi", 404), ("ines", 404), ("lena", 404)])
def test_coordinators_and_administrators_see_the_team(village, client, who, status):
    assert village.sign_in(client, who).get("/team/").status_code == status


def test_only_administrators_of_this_programme_change_it(village, client):
    fadi = of(village, "fadi")
    for who in ("cora", "nour", "fadi", "ines"):
        village.sign_in(client, who)
        assert client.post("/team/add/", {}).status_code == (422 if who == "nour" else 404)
        for name in ("team_member", "training", "certificates", "lapse", "languages", "load", "exams", "entrances"):
            assert client.post(reverse(name, args=[fadi.pk]), {}).status_code == 404
    assert "Add to the team" not in village.sign_in(client, "cora").get("/team/").content.decode()


def test_each_programme_sees_its_own(village, ada):
    page = ada.get("/team/").content.decode()
    assert "Fadi Brandt" in page
    assert "Lena Marsh" not in page


@pytest.mark.mission("S2.9")
@pytest.mark.mission("S0.8")
def test_from_nomination_over_training_to_the_certificate_its_end_and_its_renewal(village, ada):
    until = timezone.localdate() + timedelta(days=100)
    assert ada.post("/team/add/", {"user": village.cora.pk, "kind": "staff", "languages": "en", "trained": "new"}).status_code == 302
    cora = of(village, "cora")
    assert cora.stage == Stage.NOMINATED
    too_soon = ada.post(reverse("certificates", args=[cora.pk]), {"until": until})
    assert (too_soon.status_code, stage(village, "cora")) == (422, Stage.NOMINATED)
    ada.post(reverse("training", args=[cora.pk]))
    ada.post(reverse("certificates", args=[cora.pk]), {"until": until})
    assert (stage(village, "cora"), of(village, "cora").certified_until) == (Stage.CERTIFIED, until)
    ada.post(reverse("certificates", args=[cora.pk]), {"until": until + timedelta(days=9)})
    assert of(village, "cora").certified_until == until + timedelta(days=9)
    ada.post(reverse("lapse", args=[cora.pk]))
    assert stage(village, "cora") == Stage.LAPSED
    assert ada.post(reverse("lapse", args=[cora.pk])).status_code == 422
    ada.post(reverse("certificates", args=[cora.pk]), {"until": until})
    assert stage(village, "cora") == Stage.CERTIFIED


def test_somebody_certified_elsewhere_is_taken_in_at_once(village, ada):
    until = timezone.localdate() + timedelta(days=300)
    ada.post("/team/add/", {"user": village.cora.pk, "kind": "staff", "trained": "certified", "until": until})
    assert (stage(village, "cora"), of(village, "cora").certified_until) == (Stage.CERTIFIED, until)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"trained": "certified", "until": "2020-01-01"}, "over already"),
        ({"kind": "king"}, "valid choice"),
        ({"user": ""}, "Please choose one."),
    ],
)
def test_what_cannot_be_adds_nobody(village, ada, data, says):
    answer = ada.post("/team/add/", {"user": village.cora.pk, "kind": "staff", "trained": "new"} | data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with village.inside():
        assert not Facilitator.objects.filter(user=village.cora).exists()


@pytest.mark.parametrize("key", ["lena", "fadi"])
def test_neither_somebody_from_next_door_nor_somebody_on_the_team_already_can_be_chosen(village, ada, key):
    assert ada.post("/team/add/", {"user": village.users[key].pk, "kind": "staff", "trained": "new"}).status_code == 422


def test_languages_are_changed(village, ada):
    fadi = of(village, "fadi")
    ada.post(reverse("languages", args=[fadi.pk]), {"languages": "en ar"})
    assert of(village, "fadi").languages == "en ar"


def test_few_or_many_it_takes_the_same_number_of_queries(village, ada):
    def took():
        ada.get("/team/")
        with CaptureQueriesContext(connection) as caught:
            ada.get("/team/")
        return len(caught)

    before = took()
    with village.inside():
        for key in ("cora", "sven", "ada"):
            Facilitator.objects.create(user=village.users[key], kind="volunteer")
    assert took() == before


def test_how_often_and_what_a_parent_said(village, ada):
    ines = of(village, "ines")
    assert ada.post(reverse("load", args=[ines.pk]), {"a_week": 0, "a_term": 5}).status_code == 422
    assert ada.post(reverse("load", args=[ines.pk]), {"a_week": 1, "a_term": 5, "parent": "waiting"}).status_code == 302
    ines = of(village, "ines")
    assert (ines.a_week, ines.a_term, ines.parent) == (1, 5, "waiting")


def test_exams_and_closed_places_are_written_down_and_taken_out(village, ada):
    ines = of(village, "ines")
    exams, entrances, day = reverse("exams", args=[ines.pk]), reverse("entrances", args=[ines.pk]), timezone.localdate()
    with village.inside():
        jail = ClosedPlace.objects.create(name="Marsh County Jail")
    for _twice in range(2):
        assert ada.post(exams, {"on": day}).status_code == 302
        assert ada.post(entrances, {"place": jail.pk, "until": day}).status_code == 302
    assert [ada.post(exams, {}).status_code, ada.post(entrances, {}).status_code] == [422, 422]
    with village.inside():
        exam, entrance = ines.exam_days.get(), ines.entrances.get()
    assert "Marsh County Jail" in ada.get(reverse("team_member", args=[ines.pk])).content.decode()
    ada.post(exams, {"row": exam.pk})
    ada.post(entrances, {"row": entrance.pk})
    with village.inside():
        assert not ines.exam_days.exists()
        assert not ines.entrances.exists()


def test_the_table_says_how_often_each_helped_to_whoever_coordinates_and_to_nobody_else(village, client):
    """It counts cases. Whoever looks after the team alone sees none, and no number that grows with them."""
    heads = [f">{head}<" for head in ("Free this week", "Led", "Beside", "Last", "This term")]
    page = {who: village.sign_in(client, who).get("/team/").content.decode() for who in ("cora", "ada", "nour")}
    assert {who: [head in page[who] for head in heads] for who in page} == {"cora": [True] * 5, "ada": [False] * 5, "nour": [True] * 5}
    assert {who: "0 of 10" in page[who] for who in page} == {"cora": True, "ada": False, "nour": True}
