"""The paper that lasts: each person's own copy, drawn once, sealed, and the same bytes each time it is fetched."""

import hashlib
from importlib import import_module
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.models import LastingCopy
from setfair.agreements.tasks import seal_copies
from setfair.agreements.tests.in_spanish import put, speaks
from setfair.agreements.tests.slipping import put_right, say_more
from setfair.core.actor import system
from setfair.seals import actions as seals
from tests.readers import pdfsig_says_valid, says_valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(holding, village):
    """In force, and with its copies."""
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(holding.agreement, by=system(village.school.pk))
    return holding


def test_everyone_who_signed_and_the_team_have_one_and_done_again_there_is_no_other(sealed, village):
    copies = LastingCopy.objects.all()
    assert {c.participation_id for c in copies} == {None, *(p.pk for p in sealed.people.values())}
    assert actions.make_copies(sealed.agreement, by=system(village.school.pk)) == []
    assert all(c.digest == hashlib.sha256(bytes(c.file)).hexdigest() for c in copies)


def test_two_readers_that_are_none_of_ours_call_it_valid_and_it_keeps_its_standards(sealed):
    for copy in LastingCopy.objects.select_related("seal"):
        file = bytes(copy.file)
        assert says_valid(file, bytes(copy.seal.root)) and pdfsig_says_valid(file)
        with pikepdf.open(BytesIO(file)) as pdf:
            told = str(pdf.Root.Metadata.read_bytes())
            assert (pdf.pdf_version, bool(pdf.Root.MarkInfo.Marked), "/StructTreeRoot" in pdf.Root) == ("1.7", True, True)
            assert "pdfuaid:part" in told and "pdfaid:conformance" in told
            assert pdf.pages[0].Tabs == "/S"
            assert not {"/Reason", "/Location", "/Name", "/ContactInfo"} & set(pdf.Root.AcroForm.Fields[0].V.keys())


def test_what_is_fetched_is_what_was_kept(sealed, village):
    kept = bytes(LastingCopy.objects.get(participation=sealed.rami).file)
    rami = village.enter(Client(), sealed.rami)
    for _again in range(2):
        assert rami.get(reverse("my_paper", args=[sealed.agreement.pk])).content == kept
    team = village.sign_in(Client(), "fadi").get(reverse("agreement_paper", args=[sealed.agreement.pk])).content
    assert team == bytes(LastingCopy.objects.get(participation=None).file) != kept


def test_the_worker_finds_what_is_owed(holding, village):
    assert queries.without_copies(9) == []
    seals.make_key(village.school, by=system(village.school.pk))
    assert queries.without_copies(9) == [(village.school.pk, holding.agreement.pk)]
    seal_copies()
    assert (queries.without_copies(9), LastingCopy.objects.count()) == ([], 5)


def due_before():
    """What was asked of every agreement each minute until it was asked only of those in which something came to be read (0047)."""
    with connection.cursor() as cursor:
        cursor.execute(import_module("setfair.agreements.migrations.0045_words_let_pass").DUE.replace("LIMIT most", "LIMIT 9"))
        return list(cursor.fetchall())


def test_what_is_owed_is_the_same_as_if_each_were_asked(slip, village):
    slip.sign_all()
    speaks(slip.hana)
    by, said = system(village.school.pk), []

    def look():
        assert queries.without_copies(9) == due_before()
        said.append(len(queries.without_copies(9)))

    look()
    seals.make_key(village.school, by=by)
    for step in (lambda: None, lambda: put_right(slip), lambda: say_more(slip, "hana"), lambda: put(slip, {"what": "Escribir una carta."})):
        step()
        look()
        actions.make_copies(slip.agreement, by=by)
        look()
    assert said == [0, 1, 0, 1, 0, 1, 0, 1, 0]


def test_a_sign_that_the_standard_forbids_is_named_and_keeps_no_copy_of_others_back(met, village):
    met.hana.person.called = "Hana \ue000"
    met.hana.person.save()
    met.write_agreement()
    page = village.sign_in(Client(), "fadi").get(reverse("agreement", args=[met.case.ref])).content.decode()
    assert "Our paper copy cannot show:" in page
    met.sign_all()
    seals.make_key(village.school, by=system(village.school.pk))
    seal_copies()
    assert (queries.without_copies(9), {copy.undrawn for copy in LastingCopy.objects.all()}) == ([], {"Hana \ue000"})


def test_a_name_that_no_font_draws_is_named_before_anybody_signs(met, village):
    met.hana.person.called = "Hana 𒀭"
    met.hana.person.save()
    met.write_agreement()
    page = village.sign_in(Client(), "fadi").get(reverse("agreement", args=[met.case.ref])).content.decode()
    assert "Our paper copy cannot show:" in page and "Hana 𒀭" in page
    met.sign_all()
    seals.make_key(village.school, by=system(village.school.pk))
    made = actions.make_copies(met.agreement, by=system(village.school.pk))
    assert {(bytes(copy.file), copy.undrawn) for copy in made} == {(b"", "Hana 𒀭")}
