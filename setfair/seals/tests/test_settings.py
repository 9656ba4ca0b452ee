"""The page on which administrators see and replace the key, and the address at which anybody finds the certificate."""

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.seals import actions, certificate, queries
from setfair.seals.sealing import sealed
from setfair.seals.waking import WAKE
from tests.readers import says_valid

pytestmark = pytest.mark.django_db
PAGE = "/settings/seal/"


@pytest.fixture
def key(village):
    with village.inside():
        return actions.make_key(village.school, by=system(village.school.pk))


def public(village, number=None):
    return reverse("seal_certificate", args=[village.school.slug, number]) if number else reverse("seal_here", args=[village.school.slug])


def test_an_administrator_reads_its_fingerprints_and_its_public_address(village, key):
    page = village.sign_in(Client(), "ada").get(PAGE).content.decode()
    told = [certificate.fingerprint(key.certificate), certificate.fingerprint(key.root), public(village), village.school.short_name]
    assert [words for words in told if words not in page] == []


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("cora", 404), ("fadi", 404), ("ines", 404)])
def test_only_they_do(village, key, who, status):
    assert village.sign_in(Client(), who).get(PAGE).status_code == status
    assert village.sign_in(Client(), who).post(f"{PAGE}replace/").status_code == (302 if status == 200 else 404)


def test_another_key_takes_its_place_when_they_have_shown_that_it_is_them(village, key):
    ada = village.sign_in(Client(), "ada")
    assert ada.post(f"{PAGE}replace/", {"number": "1"})["Location"] == PAGE
    with village.inside():
        assert queries.live_key() is None
        (line,) = Entry.objects.filter(verb="ended_seal")
        assert (line.subject_id, line.actor_id) == (str(key.pk), village.ada.pk)
    assert ProcrastinateJob.objects.filter(task_name=WAKE).count() == 1
    assert "A key is being made." in ada.get(PAGE).content.decode()
    with village.inside():
        actions.make_key(village.school, by=system(village.school.pk))
    ada.post(f"{PAGE}replace/", {"number": "1"})
    with village.inside():
        assert queries.live_key().number == 2, "sent once more from a page that lay open: the new one stays"
    assert "Earlier keys" in ada.get(PAGE).content.decode()


def test_whoever_has_not_shown_it_lately_is_asked_first(village, key):
    ada = village.sign_in(Client(), "ada")
    stay = ada.session
    del stay["account_authentication_methods"]
    stay.save()
    assert ada.post(f"{PAGE}replace/", {"number": "1"})["Location"].startswith("/sure/")
    with village.inside():
        assert queries.live_key() == key


def test_with_what_the_public_address_gives_a_reader_of_pdfs_calls_a_copy_valid(village, key, a_page):
    with village.inside():
        before, _key = sealed(a_page)
        actions.end_key(key, by=system(village.school.pk))
        actions.make_key(village.school, by=system(village.school.pk))
        after, _key = sealed(a_page)
    page = Client().get(public(village)).content.decode()
    assert all(public(village, number) in page for number in (1, 2))
    first, second = (as_der(Client().get(public(village, number)).content) for number in (1, 2))
    assert says_valid(before, first) and says_valid(after, second) and not says_valid(before, second)


def as_der(text):
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    return x509.load_pem_x509_certificate(text).public_bytes(Encoding.DER)


def test_it_is_a_file_that_says_nothing_and_others_are_not_there(village, key):
    answer = Client().get(public(village, 1))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/x-pem-file", 'attachment; filename="seal-1.pem"')
    assert b"PRIVATE" not in answer.content
    assert [Client().get(public(village, number)).status_code for number in (2, 99999999999999999999)] == [404, 404]
    county = reverse("seal_here", args=[village.county.slug])
    assert "There is no seal here yet." in Client().get(county).content.decode()
    assert Client().get("/p/nowhere/seal/").status_code == Client().get("/p/nowhere/seal/1.pem").status_code == 404
