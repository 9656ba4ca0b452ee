"""Signed in whatever way suits somebody: aloud, from afar, tomorrow, or not at all; and by nobody but them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, queries, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import Concern, Rest, Signature
from setfair.conferences.models import Attendance
from setfair.letters.models import Letter
from setfair.village.time import today

pytestmark = pytest.mark.django_db
METHOD = Signature.Method


def spoken(client, person, **said):
    return client.post(reverse("spoken_signature", args=[person.pk]), (said or {"heard": "on"}) | {"seen": seen(person)})


def seen(person):
    """What stands on the page of the team."""
    agreement = queries.being_signed_by(person)
    return text.digest(agreement.words) if agreement else "gone"


def test_a_yes_said_aloud_is_written_down_by_whoever_heard_it_and_they_read_that_it_was(signing, village):
    fadi = village.sign_in(Client(), "fadi")
    assert spoken(fadi, signing.rami, other="x").status_code == 422
    assert Signature.objects.count() == 0
    assert spoken(fadi, signing.rami).status_code == 302
    kept = Signature.objects.get()
    assert (kept.method, kept.witness, kept.participation) == ("spoken", signing.lead.id, signing.rami)
    page = village.enter(Client(), signing.rami).get(reverse("my_agreement", args=[signing.agreement.pk])).content.decode()
    assert "You said yes aloud." in page


@pytest.mark.parametrize(("who", "status"), [("nour", 404), ("mina", 404)])
def test_nobody_of_another_programme_or_without_the_case_writes_it_down(signing, village, who, status):
    assert spoken(village.sign_in(Client(), who), signing.rami).status_code == status
    assert Signature.objects.count() == 0


def test_nobody_signs_for_somebody_else_in_any_way(signing):
    agreement, rami = signing.agreement, signing.rami
    for method in METHOD.values:
        tried = [signing.me("hana"), signing.me("gail")] + ([signing.lead] if method == "own" else [signing.me("rami")])
        for by in tried:
            with pytest.raises(actions.CannotSign, match="themselves"):
                actions.sign(agreement, by=by, participation=rami, method=method, typed_name="Rami")
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(("method", "witness"), [("spoken", None), ("tablet", None), ("paper", None), ("own", "lead")])
def test_the_database_wants_a_witness_for_every_yes_but_ones_own(signing, method, witness):
    row = Signature(
        agreement=signing.agreement, participation=signing.rami, case_id=signing.case.pk, method=method, typed_name="Rami",
        text_digest="0" * 64, language="en", seen={"version": 1}, witness=signing.lead.id if witness else None,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="signature_witnessed"), transaction.atomic():
        row.save(force_insert=True)


def test_who_did_not_come_can_be_asked_to_sign_from_afar(met, village):
    Attendance.objects.create(conference=met.conference, participation=met.sol, came=False)
    agreement = actions.draft(met.case, by=met.lead)
    actions.promise(agreement, by=met.lead, owner=met.sol, what="Walk home with her.", due_on=today(met.programme) + timedelta(days=3))
    fadi = village.sign_in(Client(), "fadi")
    page = fadi.get(reverse("agreement", args=[met.case.ref]))
    assert list(page.context["later"].fields["later"].choices) == [(str(met.sol.pk), "Sol")]
    assert fadi.post(reverse("agreement_present", args=[agreement.pk])).status_code == 422
    assert fadi.post(reverse("agreement_present", args=[agreement.pk]), {"later": [met.sol.pk]}).status_code == 302
    assert Letter.objects.filter(key=f"to_sign:{agreement.pk}:1:{met.sol.pk}").count() == 1
    met.find_fair()
    for key in ("hana", "rami", "gail"):
        actions.sign(met.agreement, by=met.me(key), participation=met.people[key], method="own", typed_name=key)
    assert met.agreement.stage == Stage.SIGNING
    actions.sign(met.agreement, by=met.me("sol"), participation=met.sol, method="own", typed_name="sol")
    assert met.agreement.stage == Stage.IN_FORCE


def test_to_sleep_on_it_takes_a_day_and_no_reason_and_brings_a_word_that_morning(signing, village):
    until = today(signing.programme) + timedelta(days=2)
    rami = village.enter(Client(), signing.rami)
    where = reverse("my_rest", args=[signing.agreement.pk])
    assert rami.post(where, {"until": today(signing.programme).isoformat()}).status_code == 422
    assert rami.post(where, {"until": (until + timedelta(days=40)).isoformat()}).status_code == 422
    assert rami.post(where, {"until": until.isoformat()}).status_code == 302
    rest = Rest.objects.get()
    letter = Letter.objects.get(key=f"after_a_rest:{rest.pk}")
    assert (rest.until, letter.due_at.date() >= until, letter.stage) == (until, True, "due")
    assert not any(word in letter.body for word in ("Rami", "Hana", "agree", "sign"))
    assert "You sleep on it until" in rami.get(reverse("my_agreement", args=[signing.agreement.pk])).content.decode()
    assert queries.rests(signing.agreement) == {signing.rami.pk: rest}
    assert "sleep" not in village.enter(Client(), signing.hana).get(reverse("my_agreement", args=[signing.agreement.pk])).content.decode().replace(
        "You can sleep on it", ""
    ).replace("I want to sleep on it", "")
    actions.sign(signing.agreement, by=signing.me("rami"), participation=signing.rami, method="own", typed_name="rami")
    letter.refresh_from_db()
    assert letter.stage == "withdrawn"


def test_of_two_days_the_later_word_counts_and_nobody_else_can_say_it_for_them(signing, next_case):
    for days in (2, 5):
        until = today(signing.programme) + timedelta(days=days)
        actions.sleep_on_it(signing.agreement, by=signing.me("rami"), participation=signing.rami, until=until)
    assert sorted(Letter.objects.filter(key__startswith="after_a_rest:").values_list("stage", flat=True)) == ["due", "withdrawn"]
    with pytest.raises(actions.CannotSign):
        actions.sleep_on_it(
            signing.agreement, by=next_case.me("otto"), participation=next_case.otto, until=today(signing.programme) + timedelta(days=2)
        )


def test_a_no_with_words_is_read_by_the_team_and_by_nobody_else(signing, village):
    rami = village.enter(Client(), signing.rami)
    assert rami.post(reverse("my_no", args=[signing.agreement.pk]), {"words": "It was not only me."}).status_code == 302
    said = Concern.objects.get()
    assert (said.kind, said.words) == ("differs", "It was not only me.")
    assert "It was not only me." in village.sign_in(Client(), "fadi").get(reverse("agreement", args=[signing.case.ref])).content.decode()
    for other in ("hana", "gail"):
        page = village.enter(Client(), signing.people[other]).get(reverse("my_agreement", args=[signing.agreement.pk])).content.decode()
        assert "It was not only me." not in page
