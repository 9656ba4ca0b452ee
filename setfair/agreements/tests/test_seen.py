"""What each person had before them is kept with their signature: text, language, version."""

import html
import json
import re

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from setfair.agreements import actions, text
from setfair.agreements.models import Signature
from setfair.agreements.seen import before
from setfair.agreements.tests.reading import TICKED, seen, signed_by, told
from setfair.keeping.queries.theirs import of_person

pytestmark = pytest.mark.django_db


def words_of(answer):
    """What somebody reads on a page, without its tags."""
    bare = re.sub(r"<(script|style|template)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(bare))


def kept(story, key):
    return Signature.objects.get(agreement=story.agreement, participation=story.people[key])


def every_word(read):
    return [read["heading"], read["no_order"], *(part for p in read["promises"] for part in (p["title"], *p["words"])), *read["ticks"]]


@pytest.mark.mission("S0.6")
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_kept_is_what_stood_on_the_page_word_for_word(signing, village, client, language):
    village.enter(client, signing.rami)
    client.post(reverse("set_language"), {"language": language})
    page = client.get(reverse("my_agreement", args=[signing.agreement.pk]))
    signed_by(client, signing, "rami")
    read = kept(signing, "rami").seen
    assert (read["version"], read["language"], kept(signing, "rami").language) == (1, language, language)
    assert [p["title"] for p in read["promises"]] == [{"en": "Your part", "es": "Tu parte"}[language]] * 2
    assert len(read["ticks"]) == 3
    words = re.sub(r" ?· ?", " ", words_of(page))
    at = 0
    for said in every_word(read):
        found = words.find(re.sub(r" ?· ?", " ", said), at if said not in read["ticks"] else 0)
        assert found >= 0, said
        at = found if said not in read["ticks"] else at


def test_words_read_in_one_language_are_not_signed_in_another(signing, village, client):
    village.enter(client, signing.hana)
    page = reverse("my_agreement", args=[signing.agreement.pk])
    english = seen(client.get(page))
    client.post(reverse("set_language"), {"language": "es"})
    answer = client.post(reverse("sign", args=[signing.agreement.pk]), {"seen": english, "typed_name": "Hana"} | TICKED)
    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    spanish = seen(client.get(page))
    assert spanish != english
    assert client.post(reverse("sign", args=[signing.agreement.pk]), {"seen": spanish, "typed_name": "Hana"} | TICKED).status_code == 302
    assert kept(signing, "hana").seen["heading"] == "Esto es lo que cada quien dijo que hará."


@pytest.mark.parametrize("chosen", ["", "es"])
def test_on_paper_and_aloud_the_language_is_said_and_nothing_was_ticked(signing, village, client, chosen):
    signing.sol.person.language = "es"
    signing.sol.person.save()
    village.sign_in(client, "fadi")
    there = {"seen": text.digest(signing.agreement.words)}
    client.post(reverse("spoken_signature", args=[signing.sol.pk]), there | {"heard": "on"})
    client.post(reverse("paper_signature", args=[signing.hana.pk]), there | {"typed_name": "Hana", "language": chosen})
    aloud, paper = kept(signing, "sol"), kept(signing, "hana")
    assert (aloud.language, aloud.seen["language"], aloud.seen["ticks"]) == ("es", "es", [])
    assert (paper.language, paper.seen["ticks"]) == (chosen or "en", [])


def test_the_database_takes_no_signature_without_what_was_seen(signing):
    signature = Signature(
        agreement=signing.agreement,
        participation=signing.hana,
        case=signing.case,
        method="own",
        typed_name="Hana",
        text_digest="0" * 64,
        language="en",
    )
    with pytest.raises(IntegrityError, match="kept with the signature"), transaction.atomic():
        signature.save()


def test_nothing_of_it_lies_open_in_the_database(signing):
    actions.sign(signing.agreement, by=signing.me("rami"), participation=signing.rami, method="own", typed_name="Rami")
    with connection.cursor() as cursor:
        cursor.execute("SELECT seen FROM agreements_signature")
        noise = bytes(cursor.fetchone()[0])
    assert b"letter" not in noise
    assert kept(signing, "rami").seen == before(signing.agreement, signing.rami)


def test_it_stays_as_it_was_and_is_read_by_them_and_by_the_team(holding, village, browser_clients):
    rami, hana, fadi = (browser_clients() for _ in range(3))
    first = holding.items()[0]
    day = first.due_on
    actions.give_more_time(first, by=holding.lead, due_on=day.replace(year=day.year + 1), words="An exam.")
    mine = told(village.enter(rami, holding.rami).get(reverse("my_agreement", args=[holding.agreement.pk])))
    assert mine.count("What you read when you signed") == 1
    theirs = told(village.enter(hana, holding.hana).get(reverse("my_agreement", args=[holding.agreement.pk])))
    assert "I agree to do my part." in theirs
    desk = told(village.sign_in(fadi, "fadi").get(reverse("agreement", args=[holding.case.ref])))
    assert desk.count("What they read: version 1, English") == 4


def test_a_copy_of_what_is_kept_holds_what_they_read_and_nobody_elses_name(holding):
    told_hana = json.dumps(_sections(holding.hana), default=str)
    assert "what you read: version 1, English" in told_hana
    assert "Pay 40 dollars toward the broken phone" in told_hana
    assert "Rami" not in told_hana


def _sections(me):
    return [section for section in of_person(me, []) if section[0] == "signed"]


def test_the_digest_of_all_the_words_is_kept_beside_it(signing):
    actions.sign(signing.agreement, by=signing.me("rami"), participation=signing.rami, method="own", typed_name="Rami")
    assert kept(signing, "rami").text_digest == text.digest(signing.agreement.words)
