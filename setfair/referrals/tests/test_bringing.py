"""Every entrance for who asks through somebody else: a member of the team writes it down, or it comes on paper."""

import io
import uuid

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Role
from setfair.referrals import slip
from setfair.referrals.forms.bringing import Brought
from setfair.referrals.forms.screening import Entry as Typed
from setfair.referrals.models import Referral

from .walk import SLUG, send

NEW, SENT = "/requests/new/", "/requests/sent/"
SAID = {"for_whom": "Hana", "story": "There was shoving.", "people": "a boy from her class\n", "call": "555-0142", "language": "es"}
TYPED = {"source": "administrator", "asker": "Ada", **SAID}


def brought(client, said):
    return client.post(NEW, {"form_key": uuid.uuid4(), **said})


ENTRANCES = [("cora", "cora"), ("ada", "ada"), ("ines", "ines"), ("fadi", "fadi"), ("wren", "wren"), ("", "nobody")]


@pytest.mark.mission("S0.1")
@pytest.mark.parametrize("key", [key for key, _name in ENTRANCES], ids=[name for _key, name in ENTRANCES])
def test_each_entrance_brings_a_request_to_the_coordinator(client, village, key):
    """The coordinator, an administrator, a student of the peer team, any of the team, and oneself."""
    by = village.users[key].pk if key else None
    if key:
        village.sign_in(client, key)
        answer = brought(client, SAID if key == "ines" else TYPED)
        assert answer.status_code == 302
    else:
        send(client)
    with village.inside():
        kept = Referral.objects.get()
        assert kept.entered_by == by
        assert kept.source == {"": "self_harmed", "ines": "team"}.get(key, "administrator")
        assert [r.pk for r in open_to(village.actor("cora"), Permission.READ_REFERRAL, Referral)] == [kept.pk]
        assert Entry.objects.get(verb="asked").actor_id == by
    if key and key != "cora":
        page = client.get(answer["Location"])
        assert (answer["Location"], kept.ref in page.content.decode()) == (SENT, True)
        assert client.get(SENT)["Location"] == NEW
        assert client.get(reverse("request", args=[kept.ref])).status_code == 404
        assert Client().post(reverse("code"), {"code": page.context["code"]})["Location"] == reverse("status")
    with village.inside(village.county):
        assert Referral.objects.count() == 0


def test_a_student_writes_their_words_and_is_asked_nothing_that_the_coordinator_finds_out(client, village):
    village.sign_in(client, "ines")
    form = client.get(NEW).context["form"]
    assert isinstance(form, Brought)
    assert {"source", "asker", "others_know", "deadline"} & set(form.fields) == set()
    assert brought(client, SAID | {"source": "judge", "asker": "Somebody", "deadline": "2030-01-01"}).status_code == 302
    with village.inside():
        kept = Referral.objects.get()
        assert (kept.source, kept.asker, kept.for_whom, kept.deadline) == ("team", "Ines", "Hana", None)
    assert brought(client, SAID | {"for_whom": ""}).status_code == 422


OFFERED = [("school", {"team", "administrator"}, {"judge"}), ("county", {"judge", "clerk"}, {"team"})]


@pytest.mark.parametrize(("place", "there", "not_there"), OFFERED)
def test_who_can_be_asking_follows_the_programme(client, village, place, there, not_there):
    village.sign_in(client, "cora" if place == "school" else "nour")
    form = client.get(NEW).context["form"]
    offered = {code for code, _words in form.fields["source"].choices}
    assert isinstance(form, Typed)
    assert (there <= offered, not_there & offered) == (True, set())


def test_where_nobody_coordinates_no_words_are_taken(client, village):
    with village.inside():
        Membership.objects.filter(role=Role.COORDINATOR).delete()
    village.sign_in(client, "fadi")
    assert "cannot take messages here" in brought(client, TYPED).content.decode()
    with village.inside():
        assert Referral.objects.count() == 0


def test_a_member_who_does_not_coordinate_sends_no_more_letters_to_one_address_than_anybody(client, village):
    village.sign_in(client, "ines")
    for _n in range(4):
        brought(client, SAID | {"call": "", "email": "hana@home.example"})
    with village.inside():
        assert (Referral.objects.count(), Letter.objects.count()) == (4, 3)


def test_so_many_an_hour(client, village, monkeypatch):
    monkeypatch.setattr("setfair.referrals.views.bringing.MOST", 1)
    village.sign_in(client, "ines")
    assert [brought(client, SAID).status_code for _n in range(2)] == [302, 422]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_slip_asks_what_the_pages_ask_on_a_tagged_paper(village, language):
    client = Client(headers={"accept-language": language})
    answer = client.get(reverse("slip", args=[SLUG]))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/pdf", 'inline; filename="paper.pdf"')
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert (paper.Root.MarkInfo.Marked, str(paper.Root.Lang), str(paper.docinfo.Title)) == (True, language, "Northgate Room 12")
        assert len(paper.pages) <= 4


def test_the_slip_has_each_question_and_says_no_name(village):
    with village.inside():
        said = slip._data(village.school)
    assert [q["title"] for q in said["questions"]] == [
        "What would you like?", "Who are you?", "What can we call you?", "What happened?", "When did it happen?", "Who was part of it?",
        "Do the others know that you are asking?", "Is there anything we should know to keep people safe?", "How can we reach you safely?",
        "What would make it easier for you?",
    ]  # fmt: skip
    assert [len(q["parts"]) for q in said["questions"]] == [1, 1, 2, 1, 2, 1, 1, 2, 8, 3]
    assert "911" in said["danger"]
