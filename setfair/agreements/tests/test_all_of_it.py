"""A promise says all of it: what kind of thing, how much, who does it too, who checks, what if it is hard; and two who write at once lose nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from setfair.agreements import actions, queries
from setfair.agreements.amounts import how_much, in_parts
from setfair.agreements.models import Item, ItemKind, Sharer
from setfair.agreements.paper import copy
from setfair.agreements.terms import Terms, terms_of
from setfair.agreements.tests.reading import draft_of, told
from setfair.cases import actions as cases
from setfair.letters.models import Letter
from setfair.preparation.models import Consent

pytestmark = pytest.mark.django_db
SOON = timedelta(days=28)


def promised(story, terms, **said):
    agreement = actions.draft(story.case, by=story.lead)
    words = {"owner": story.rami, "owed_to": story.hana, "what": "Pay for the phone.", "due_on": timezone.localdate() + SOON} | said
    return actions.promise(agreement, by=story.lead, terms=terms, **words)


def everything(story):
    return Terms(
        kind="payment",
        beside=(story.gail,),
        body="The school",
        amount=Decimal("100"),
        currency="USD",
        parts=3,
        weeks=1,
        hours=2,
        checker=story.sol,
        if_hard="Call Fadi. He asks for more time.",
    )


@pytest.mark.mission("S2.7")
def test_all_of_it_is_kept_read_and_printed(met, village):
    item = promised(met, everything(met))
    actions.present(item.agreement, by=met.lead)
    again = Item.objects.get()
    assert (again.kind, again.amount, again.currency, again.hours, again.checker) == ("payment", Decimal("100.00"), "USD", 2, met.sol)
    assert (again.body, again.if_hard, again.answers) == ("The school", "Call Fadi. He asks for more time.", met.lead.id)
    assert again.owners == [met.rami, met.gail]
    line = queries.lines(met.agreement, me=met.gail)[0]
    assert (line.who, line.mine, line.shared, line.checked_by, line.answers) == ("Rami, Gail, The school", True, True, "Sol", "Fadi")
    assert line.how_much.startswith("100 USD · in 3 parts · 33.33 USD by ")
    assert line.how_much.endswith(" · 2 hours")
    page = told(village.enter(Client(), met.hana).get(reverse("my_agreement", args=[met.agreement.pk])))
    for words in (
        "Rami, Gail, The school",
        "100 USD",
        "If it is hard:",
        "Call Fadi.",
        "Who looks at it: <bdi>Sol</bdi>",
        "Who answers for it: <bdi>Fadi</bdi>",
    ):
        assert words in page
    assert copy(met.agreement)[:4] == b"%PDF"


@pytest.mark.parametrize(("amount", "parts"), [("100", 3), ("0.05", 4), ("99.99", 7), ("10", 1)])
def test_parts_always_add_up_and_the_last_is_due_on_the_day_of_the_promise(amount, parts):
    last = timezone.localdate()
    found = in_parts(Decimal(amount), "USD", parts, 2, last)
    assert (sum(p.amount for p in found), found[-1].due_on, len(found)) == (Decimal(amount), last, parts)
    assert [p.due_on for p in found] == [last - timedelta(weeks=2 * n) for n in range(parts - 1, -1, -1)]


def test_parts_are_sums_that_can_be_paid_and_their_days_have_a_year():
    last = date(2031, 1, 5)
    found = in_parts(Decimal(1000), "JPY", 3, 4, last)
    assert [part.amount for part in found] == [Decimal(333), Decimal(333), Decimal(334)]
    assert "8 Dec 2030" in how_much(Decimal(1000), "JPY", None, found)


def test_an_amount_is_said_in_the_language_it_is_read_in():
    with translation.override("es"):
        assert how_much(Decimal("1234.50"), "EUR", None, []).replace("\xa0", ".") == "1.234,50 EUR"
    assert how_much(None, "", None, []) == ""


@pytest.mark.parametrize(
    "terms",
    [
        {"amount": Decimal("5"), "currency": "XXX"},
        {"amount": Decimal("0"), "currency": "USD"},
        {"amount": Decimal("5"), "currency": "USD", "parts": 25},
        {"amount": Decimal("0.05"), "currency": "USD", "parts": 6},
        {"amount": Decimal("5.50"), "currency": "JPY"},
        {"amount": Decimal("5"), "currency": "USD", "parts": 20, "weeks": 4},
    ],
)
def test_money_that_cannot_be_is_not_written(met, terms):
    with pytest.raises(actions.CannotWrite):
        promised(met, Terms(**terms))
    assert Item.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    ["amount = 5", "currency = 'USD'", "amount = -1, currency = 'USD'", "parts = 0", "hours = 0", "owner_id = NULL", "kind = 'dance'"],
)
def test_the_database_holds_what_a_promise_is_made_of(met, change):
    item = promised(met, Terms())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE agreements_item SET {change} WHERE id = %s", [item.pk])


def test_a_school_alone_promises_and_somebody_of_the_team_answers_for_it(met, village):
    promised(met, Terms(body="The school", kind="reentry"), owner=None, what="Let him change classes.")
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    item = Item.objects.get()
    assert (item.whose, item.owners, met.agreement.stage) == ("The school", [], "in_force")
    page = told(village.sign_in(Client(), "fadi").get(reverse("follow_up", args=[met.case.ref])))
    assert "The school" in page
    assert village.sign_in(Client(), "fadi").get(reverse("item", args=[item.pk])).status_code == 200
    actions.keep(item, by=met.lead)
    actions.verify(item, by=met.lead)
    assert Letter.objects.filter(key__startswith="promise_").count() == 0


def test_nobody_at_all_promises_nothing(met):
    with pytest.raises(actions.CannotWrite):
        promised(met, Terms(body="  "), owner=None)


def test_whoever_makes_it_too_reads_it_as_theirs_and_may_tell_how_it_went(met, village):
    item = promised(met, everything(met))
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    proof = reverse("proof", args=[item.pk])
    assert [village.enter(Client(), met.people[key]).get(proof).status_code for key in ("rami", "gail", "sol", "hana")] == [200, 200, 404, 404]
    assert (queries.next_of(met.gail), queries.next_of(met.sol), queries.promised_to(met.hana)) == (item, None, [item])
    actions.send_proof(item, by=met.me("gail"), words="It is paid.")
    item.refresh_from_db()
    assert item.stage == "kept"


def test_everyone_who_makes_it_has_to_have_been_there_and_to_have_said_yes(met):
    item = promised(met, Terms(beside=(met.gail,)))
    Consent.objects.create(participation=met.gail, giver=met.gail, case=met.case, scope="take_part", answer="no", method="own", words="1",
                           language="en", by_kind="participant", by=met.gail.pk)  # fmt: skip
    with pytest.raises(actions.CannotWrite, match="has not said yes"):
        actions.present(item.agreement, by=met.lead)
    with pytest.raises(IntegrityError, match="whose yes does not stand"), transaction.atomic():
        type(item.agreement).objects.filter(pk=item.agreement_id).update(stage="signing")


@pytest.mark.parametrize(("how", "one", "other"), [("beside", "rami", "gail"), ("checker", "rami", "sol"), ("beside", "gail", "hana")])
def test_whoever_makes_it_too_or_checks_it_is_kept_apart_like_the_others(met, how, one, other):
    who = met.gail if how == "beside" else met.sol
    item = promised(met, Terms(beside=(who,)) if how == "beside" else Terms(checker=who))
    cases.bar_contact(met.case, by=met.coordinator, one=met.people[one], other=met.people[other], by_order=False)
    assert [bar.code for bar in queries.weighed(item.agreement)[0][0].bars] == ["nothing_passes"]
    with pytest.raises(IntegrityError, match="must have no contact"), transaction.atomic():
        type(item.agreement).objects.filter(pk=item.agreement_id).update(stage="signing")


def test_a_new_version_says_the_same(met):
    promised(met, everything(met))
    actions.present(met.agreement, by=met.lead)
    was = terms_of(met.items()[0])
    assert terms_of(actions.rewrite(met.agreement, by=met.lead).items.get()) == was


def form_of(page):
    return {name: value for name, value in page.context["form"].initial.items() if value is not None}


def test_two_who_change_one_promise_both_read_what_the_other_wrote(met, village):
    item = draft_of(met, 1).items.get()
    page = reverse("promise_words", args=[item.pk])
    one, two = village.sign_in(Client(), "fadi"), village.sign_in(Client(), "cora")
    mine, theirs = form_of(one.get(page)), form_of(two.get(page))
    assert one.post(page, mine | {"what": "Mend the gate."}).status_code == 302
    late = two.post(page, theirs | {"what": "Mend the door."})
    assert (late.status_code, Item.objects.get().what) == (422, "Mend the gate.")
    for words in ("Somebody else changed this promise", "Mend the gate.", "Mend the door."):
        assert words in told(late)
    again = dict(late.context["form"].data.items())
    assert two.post(page, again).status_code == 302
    assert (Item.objects.get().what, Item.objects.get().edition) == ("Mend the door.", 3)


def test_a_wording_that_is_not_the_one_that_was_opened_is_refused_with_what_stands_there(met):
    item = draft_of(met, 1).items.get()
    actions.reword(item, by=met.lead, owner=met.rami, what="Mend it.", due_on=item.due_on, edition=1)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.reword(item, by=met.lead, owner=met.rami, what="Break it.", due_on=item.due_on, edition=1)
    assert (refused.value.now.edition, Item.objects.get().what) == (2, "Mend it.")


def test_the_form_takes_all_of_it(met, village):
    agreement = draft_of(met, 0)
    client = village.sign_in(Client(), "fadi")
    said = {
        "owner": str(met.rami.pk), "beside": [str(met.gail.pk)], "what": "Pay for it.", "owed_to": str(met.hana.pk), "kind": "payment",
        "due_on": (timezone.localdate() + SOON).isoformat(), "amount": "40", "currency": "USD", "parts": "2", "weeks": "2",
        "checker": str(met.lead.id), "if_hard": "Call us.",
    }  # fmt: skip
    add = reverse("promise_add", args=[agreement.pk])
    assert "currency too" in told(client.post(add, said | {"currency": ""}))
    assert client.post(add, said).status_code == 302
    item = Item.objects.get()
    assert (item.kind, item.parts, item.weeks, item.checker_staff, item.owners) == ("payment", 2, 2, met.lead.id, [met.rami, met.gail])
    page = told(client.get(reverse("agreement", args=[met.case.ref])))
    for words in ("40 USD", "in 2 parts", "Who looks at it: <bdi>Fadi Brandt</bdi>", "a payment", "Call us."):
        assert words in page
    assert client.post(reverse("promise_words", args=[item.pk]), said | {"edition": "1", "beside": []}).status_code == 302
    assert Sharer.objects.count() == 0


def test_sixty_promises_cost_no_more_questions_than_one(met, village, django_assert_max_num_queries):
    promised(met, everything(met))
    client, page = village.sign_in(Client(), "fadi"), reverse("agreement", args=[met.case.ref])
    client.get(page)
    with django_assert_max_num_queries(90) as one:
        client.get(page)
    for _n in range(59):
        promised(met, everything(met))
    with django_assert_max_num_queries(len(one)):
        assert told(client.get(page)).count("If it is hard:") == 60
    actions.present(met.agreement, by=met.lead)
    met.sign_all()
    assert copy(met.agreement)[:4] == b"%PDF"
    assert (Item.objects.count(), set(ItemKind.values) >= {"payment"}) == (60, True)
