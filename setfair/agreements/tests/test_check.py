"""Whoever holds a copy asks by the code at its foot whether it is ours, and learns nothing else."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, genuine
from setfair.agreements.models import Agreement, LastingCopy
from setfair.core import tenant
from setfair.core.actor import system
from setfair.core.text import shown
from setfair.journal.models import Entry
from setfair.seals import actions as seals
from setfair.seals.queries import live_key
from tests.readers import words_of

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def codes(holding, village):
    """The codes of the copies: by whose, and the team's under None."""
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(holding.agreement, by=system(village.school.pk))
    return {copy.participation_id: genuine.code_of(copy.pk) for copy in LastingCopy.objects.all()}


@pytest.fixture
def ask(village):
    """Sent by nobody, from beyond the programme."""

    def sent(code, client=None):
        with village.inside(village.county):
            return (client or Client()).post(reverse("check"), {"code": code})

    return sent


def main(page):
    return " ".join(re.sub("<[^>]+>", " ", page.content.decode().split("<main")[1].split("</main>")[0]).split())


def test_each_copy_has_a_code_of_its_own_and_it_stands_at_its_foot(codes):
    assert len(set(codes.values())) == len(codes) == 5
    for copy in LastingCopy.objects.all():
        assert shown(codes[copy.participation_id]) in words_of(bytes(copy.file))


def test_it_is_ours_and_the_current_one_however_it_is_typed(codes, holding, ask):
    code = codes[holding.rami.pk]
    for typed in (code, shown(code), shown(code).lower(), f"  {code[:5]} {code[5:]} "):
        page = ask(typed)
        assert (page.status_code, "Yes, this copy is from us It is version 1" in main(page).replace(" Done:", "")) == (200, True), main(page)
        assert "That is the current one." in main(page)


def test_it_says_nothing_of_anybody(codes, holding, village, ask):
    page = ask(codes[None]).content.decode()
    names = [part for p in holding.people.values() for part in p.person.name.split()]
    told = [*names, holding.case.ref, village.school.name, village.school.slug, *(item.what for item in holding.items())]
    assert [word for word in told if word in page] == []


def test_the_answers_differ_in_nothing_but_the_digest_of_the_file(codes, ask):
    def pages():
        for key, code in codes.items():
            copy = LastingCopy.objects.get(participation=key)
            yield TOKENS.sub("", ask(code).content.decode()).replace(copy.digest, "")

    assert len(set(pages())) == 1


def test_an_older_one_names_the_current_one_and_one_that_is_over_says_so(codes, holding, ask):
    actions.end(holding.agreement, by=holding.lead, reason="rewritten")
    assert "There is no newer one. What was planned in it is over now." in main(ask(codes[None]))
    second = Agreement.objects.create(case=holding.case, conference=holding.agreement.conference, version=2)
    assert "There is no newer one." in main(ask(codes[None])), "a draft that nobody signed says nothing"
    facts = {"case_id": holding.case.pk, "language": "en", "file": b"%PDF", "digest": "a" * 64, "seal": live_key()}
    LastingCopy.objects.create(agreement=second, **facts)
    assert "It is version 1. Version 2 is the current one." in main(ask(codes[None]))


def test_wrong_codes_are_counted_right_ones_are_not_and_too_many_say_the_same(codes, ask):
    client = Client()
    for _try in range(genuine.NEAR[0] + 5):
        assert ask(codes[None], client).status_code == 200
    wrong = [main(ask(f"AAAA-AAAA-A{n:03}", client)).replace(f"AAAA-AAAA-A{n:03}", "") for n in range(genuine.NEAR[0])]
    assert len(set(wrong)) == 1
    late = ask(codes[None], client)
    assert (late.status_code, main(late).replace(codes[None], "")) == (422, wrong[0])


def test_asking_leaves_no_line_and_the_code_of_a_person_is_none_of_a_copy(codes, holding, village, ask):
    before = Entry.objects.count()
    ask(codes[None])
    assert Entry.objects.count() == before
    assert ask(village.code_for(holding.rami)).status_code == 422
    assert Client().post(reverse("code"), {"code": codes[None]}).status_code == 422


def test_the_function_tells_ids_and_nothing_else(codes, village):
    copy = LastingCopy.objects.get(participation=None)
    with tenant.inside(village.county.pk), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM copy_by_code(%s)", [genuine.traced(codes[None])])
        assert cursor.fetchall() == [(village.school.pk, copy.pk)]
        assert not LastingCopy.objects.filter(pk=copy.pk).exists()


def test_what_is_not_sealed_has_no_code(signing, village):
    page = village.sign_in(Client(), "fadi").get(reverse("agreement_paper", args=[signing.agreement.pk]))
    assert "Type its code" not in words_of(page.content)


def test_without_a_file_there_is_no_code(signing):
    facts = {"agreement": signing.agreement, "case_id": signing.case.pk, "language": "en"}
    with pytest.raises(IntegrityError, match="lasting_copy_code_of_a_file"), transaction.atomic():
        LastingCopy.objects.create(**facts, undrawn="x", code_digest=b"1" * 32)
