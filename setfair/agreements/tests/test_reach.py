"""What is promised between some of them is read by them and by nobody else who signs (decision 161)."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, paper, queries
from setfair.agreements.models import Carried, Fit, LastingCopy, Signature
from setfair.agreements.reach import reaches
from setfair.agreements.seen import before
from setfair.agreements.terms import Terms
from setfair.agreements.tests.renewing import add, asked, gone_on, renewed, say_anew
from setfair.core.actor import system
from setfair.keeping.queries.theirs import of_person
from setfair.seals import actions as seals
from setfair.sheets.slip import slip_of
from tests.readers import words_of

pytestmark = pytest.mark.django_db

SECRET = ("Pay back the blue bicycle", "Receipts are shown", "Ask the cousin", "317", "GBP")
NARROW = Terms(reach="some", amount=Decimal(317), currency="GBP", if_hard="Ask the cousin first.", kind="payment")
ONE_MORE = "One more promise is between others here."


def narrow(story, **more):
    """What Sol promises Gail, for those two alone."""
    return add(story, story.sol, story.gail, SECRET[0] + ".", proof_wanted=SECRET[1] + ".", terms=NARROW, **more)


@pytest.fixture
def two_of_them(met):
    """Rami promises Hana something that all may read; Sol promises Gail something that is theirs."""
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    narrow(met)
    actions.present(met.agreement, by=met.lead)
    return met


def says_nothing(words):
    return [secret for secret in SECRET if secret in words] == []


def page_of(story, village, key):
    return village.enter(Client(), story.people[key]).get(reverse("my_agreement", args=[story.agreement.pk])).content.decode()


@pytest.mark.mission("S0.6")
def test_only_those_it_concerns_read_it_and_the_others_that_there_is_one_more(two_of_them, village):
    pages = {key: page_of(two_of_them, village, key) for key in two_of_them.people}
    assert {key for key, page in pages.items() if SECRET[0] in page} == {"sol", "gail"}
    assert {key for key, page in pages.items() if ONE_MORE in page} == {"hana", "rami"}
    assert all(says_nothing(pages[key]) for key in ("hana", "rami"))
    assert {key for key, page in pages.items() if "Only those it concerns can read this." in page} == {"sol", "gail"}


def test_whoever_decides_for_a_young_person_reads_what_is_theirs_until_they_are_of_age(met, village):
    actions.draft(met.case, by=met.lead)
    item = add(met, met.rami, met.hana, terms=NARROW)
    met.gail.refresh_from_db()
    assert [reaches(item, met.people[key]) for key in ("hana", "rami", "sol", "gail")] == [True, True, False, True]
    assert [in_database(item, met.people[key]) for key in ("hana", "rami", "sol", "gail")] == [True, True, False, True]
    met.rami.person.of_age_at = timezone.now() - timedelta(days=1)
    met.rami.person.save()
    gail = type(met.gail).objects.get(pk=met.gail.pk)
    assert (reaches(item, gail), in_database(item, gail)) == (False, False)


def in_database(item, person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT agreements_reaches(%s, %s, %s)", [item.programme_id, item.pk, person.pk])
        return cursor.fetchone()[0]


def test_what_is_for_everyone_cannot_be_kept_from_anybody(met):
    actions.draft(met.case, by=met.lead)
    with pytest.raises(actions.CannotWrite, match="read by everyone"):
        add(met, met.rami, None, terms=Terms(reach="some"))
    item = add(met, met.rami, met.hana)
    with pytest.raises(IntegrityError, match="item_reaches_somebody"), transaction.atomic():
        type(item).objects.filter(pk=item.pk).update(reach="some", owed_to=None)


def test_nobody_is_asked_about_what_they_do_not_read_and_all_can_sign(two_of_them, village):
    agreement, (one, other) = two_of_them.agreement, two_of_them.items()
    with pytest.raises(actions.CannotSign):
        actions.mark(agreement, by=two_of_them.me("rami"), participation=two_of_them.rami, words={other.pk: "change"}, method="own")
    assert str(other.pk) not in page_of(two_of_them, village, "rami")
    for key, of in (("hana", [one]), ("rami", [one]), ("sol", [one, other]), ("gail", [one, other])):
        person = two_of_them.people[key]
        words = queries.said_aloud(agreement, person, None)
        assert set(words) == {item.pk for item in of}
        actions.mark(agreement, by=two_of_them.me(key), participation=person, words=words, method="own")
    assert Fit.objects.filter(item=other).count() == 2
    two_of_them.sign_all()
    assert two_of_them.agreement.stage == "in_force"
    seen = {key: json.dumps(Signature.objects.get(participation=p).seen) for key, p in two_of_them.people.items()}
    assert {key for key, words in seen.items() if SECRET[0] in words} == {"sol", "gail"}
    assert all(says_nothing(seen[key]) and ONE_MORE in seen[key] for key in ("hana", "rami"))
    assert len({s.text_digest for s in Signature.objects.all()}) == 1


def test_one_who_reads_it_and_has_said_nothing_of_it_is_waited_for(two_of_them):
    for key in ("hana", "rami", "sol"):
        person = two_of_them.people[key]
        actions.mark(
            two_of_them.agreement,
            by=two_of_them.me(key),
            participation=person,
            words=queries.said_aloud(two_of_them.agreement, person, None),
            method="own",
        )
    assert not queries.open_for(two_of_them.agreement, two_of_them.rami.pk).now
    row = {"method": "own", "typed_name": "Rami", "text_digest": "0" * 64, "language": "en", "seen": before(two_of_them.agreement, two_of_them.rami)}
    with pytest.raises(IntegrityError, match="finds it fair"), transaction.atomic():
        Signature.objects.create(agreement=two_of_them.agreement, participation=two_of_them.rami, case=two_of_them.case, **row)


def test_everything_that_a_third_signer_can_open_has_none_of_its_words(two_of_them, village):
    read = [page_of(two_of_them, village, "rami"), *_elsewhere(two_of_them, village)]
    two_of_them.sign_all()
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(two_of_them.agreement, by=system(village.school.pk))
    read += [page_of(two_of_them, village, "rami"), *_elsewhere(two_of_them, village)]
    copies = {c.participation_id: words_of(bytes(c.file)) for c in LastingCopy.objects.all()}
    assert {pk for pk, words in copies.items() if SECRET[0] in words} == {None, two_of_them.sol.pk, two_of_them.gail.pk}
    read += [copies[two_of_them.rami.pk], copies[two_of_them.hana.pk]]
    assert all(ONE_MORE in copies[p.pk] for p in (two_of_them.rami, two_of_them.hana))
    fresh = renewed(two_of_them)
    say_anew(two_of_them, fresh.items.get(owner=two_of_them.sol), what=SECRET[0] + " today.")
    actions.present(fresh, by=two_of_them.lead)
    page = page_of(two_of_them, village, "rami")
    assert (asked(two_of_them), gone_on(two_of_them)) == ({"sol", "gail"}, {"hana", "rami"})
    assert ">New<" not in page and "How it was before" not in page
    assert all(says_nothing(words) for words in [*read, page])


def _elsewhere(story, village):
    """What Rami reads beside his agreement: all of his other pages, what is kept about him, and his paper."""
    rami = village.enter(Client(), story.rami)
    yield from (rami.get(reverse(name)).content.decode() for name in ("home", "own_record"))
    yield words_of(paper.own_copy(story.agreement, of=story.rami))
    yield str(of_person(story.rami, []))
    yield str(slip_of(story.rami))


def test_the_sheet_to_sign_with_a_pen_is_one_for_each_of_what_they_read(two_of_them):
    sheets = [sheet for sheet in words_of(paper.copy(two_of_them.agreement)).split("\f") if sheet.strip()]
    assert [SECRET[0] in sheet for sheet in sheets] == [False, False, True, True]
    assert [ONE_MORE in sheet for sheet in sheets] == [True, True, False, False]


def test_the_team_reads_all_of_it_and_a_neighbour_nothing(two_of_them, village, client):
    page = village.sign_in(client, "fadi").get(reverse("agreement", args=[two_of_them.case.ref])).content.decode()
    assert SECRET[0] in page and ONE_MORE not in page
    assert village.sign_in(Client(), "nour").get(reverse("agreement", args=[two_of_them.case.ref])).status_code == 404


def test_to_say_who_reads_it_is_to_change_it(two_of_them):
    two_of_them.sign_all()
    fresh = renewed(two_of_them)
    assert fresh.items.get(owner=two_of_them.sol).reach == "some"
    item = fresh.items.get(owner=two_of_them.rami)
    same = {name: getattr(item, name) for name in ("owner", "owed_to", "what", "due_on")}
    actions.reword(item, by=two_of_them.lead, terms=Terms(reach="some"), **same)
    actions.present(fresh, by=two_of_them.lead)
    assert (asked(two_of_them), Carried.objects.count()) == ({"hana", "rami", "gail"}, 1)
    assert "2 more promises" not in queries.left_out(fresh, two_of_them.sol) and queries.left_out(fresh, two_of_them.hana) == ONE_MORE
    new, gone = queries.new_in(fresh, two_of_them.sol)
    assert (new, gone) == (set(), [])


def test_the_team_chooses_it_in_the_writer(met, village, client):
    agreement = actions.draft(met.case, by=met.lead)
    village.sign_in(client, "fadi")
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    said = {"owner": met.sol.pk, "owed_to": met.gail.pk, "what": "Bring it back.", "due_on": day, "reach": "some", "kind": "other"}
    assert client.post(reverse("promise_add", args=[agreement.pk]), said).status_code == 302
    assert [item.reach for item in met.items()] == ["some"]
    answer = client.post(reverse("promise_add", args=[agreement.pk]), said | {"owed_to": ""})
    assert (answer.status_code, len(met.items())) == (422, 1)
    assert "Only those it concerns can read this." in client.get(reverse("agreement", args=[met.case.ref])).content.decode()
    same = said | {"what": "Bring it back soon."}
    del same["reach"]
    assert client.post(reverse("promise_words", args=[met.items()[0].pk]), same | {"edition": 1}).status_code == 302
    assert [(item.what, item.reach) for item in met.items()] == [("Bring it back soon.", "some")], "a page of before it was asked widens nothing"


def test_a_parent_reads_it_no_more_from_the_18th_birthday_on_also_of_what_was_kept(met, village):
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana, SECRET[0] + ".", proof_wanted=SECRET[1] + ".", terms=NARROW)
    add(met, met.sol, met.hana, "Open the gate.")
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    seals.make_key(village.school, by=system(village.school.pk))
    actions.make_copies(met.agreement, by=system(village.school.pk))
    young = [page_of(met, village, "gail"), kept_paper(met, village, "gail"), kept_about(met.gail)]
    assert [SECRET[0] in words for words in young] == [True] * 3
    met.rami.person.of_age_at = timezone.now()
    met.rami.person.save()
    grown = [page_of(met, village, "gail"), kept_paper(met, village, "gail"), kept_about(met.gail)]
    assert [(says_nothing(words), ONE_MORE in words, "Open the gate." in words) for words in grown] == [(True, True, True)] * 3
    assert "What you read when you signed" in grown[0]
    assert SECRET[0] in page_of(met, village, "rami") and SECRET[0] in kept_paper(met, village, "rami")
    seen = [json.dumps(Signature.objects.get(participation=met.gail).seen), words_of(bytes(LastingCopy.objects.get(participation=met.gail).file))]
    assert [SECRET[0] in words for words in seen] == [True, True], "what stands with the signature is not changed"


def kept_paper(story, village, key):
    return words_of(village.enter(Client(), story.people[key]).get(reverse("my_paper", args=[story.agreement.pk])).content)


def kept_about(person):
    return str(of_person(type(person).objects.get(pk=person.pk), []))


def test_who_reads_a_promise_is_looked_up_only_where_not_everyone_does(met, superuser_connection):
    superuser_connection.execute("GRANT SET ON PARAMETER track_functions TO setfair_app")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL track_functions = 'all'")
    finally:
        superuser_connection.execute("REVOKE SET ON PARAMETER track_functions FROM setfair_app")
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    assert (looked_up("agreements_latest_fit") > 0, looked_up("agreements_reaches")) == (True, 0)
    fresh = renewed(met)
    narrow(met)
    actions.present(fresh, by=met.lead)
    met.sign_all()
    assert looked_up("agreements_reaches") > 0


def looked_up(function):
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE funcname = %s", [function])
        return cursor.fetchone()[0]
