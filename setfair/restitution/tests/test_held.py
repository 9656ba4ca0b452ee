"""What the database holds of money by itself, whatever the actions would do."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.preparation import actions as preparation
from setfair.restitution import actions
from setfair.restitution.models import Payment, PaymentWord, Unclear
from setfair.restitution.tests.test_payments import came, paid, unclear
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


def refused(constraint, make):
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        make()
    assert constraint in said.value.__cause__.diag.constraint_name


def test_the_database_holds_it_too(holding, money, village):
    def row(**more):
        said = {"item": money, "case": holding.case, "payer": holding.rami, "amount": 5, "currency": "USD", "paid_on": timezone.localdate()}
        return Payment.objects.create(**(said | more))

    def word(payment, **more):
        said = {"payment": payment, "case": holding.case, "side": "payer", "turn": 1, "amount": 5, "by_kind": "participant", "by": holding.rami.pk}
        return PaymentWord.objects.create(**(said | more))

    refused("payment_in_its_currency", lambda: row(currency="EUR"))
    refused("payment_in_its_currency", lambda: row(item=holding.items()[0]))
    refused("payment_of_something", lambda: row(amount=0))
    refused("payment_by_who_promised", lambda: row(payer=holding.gail))
    other = case_at(village, "following_up", circle=OTHER)
    refused("within", lambda: row(item=other.items()[1], payer=None))
    first = row()
    word(first)
    refused("payment_word_in_turn", lambda: word(first))
    refused("payment_word_of_an_amount", lambda: word(first, turn=2, amount=-1))
    key = uuid.uuid4()
    word(first, turn=2, form_key=key)
    refused("payment_form_once", lambda: word(first, turn=3, form_key=key))
    actions.say_ordered(money, by=holding.lead, holds=True)
    refused("payment_not_ordered", row)
    for table in ("payment", "paymentword", "ordered"):
        for act in (f"UPDATE restitution_{table} SET at = at", f"DELETE FROM restitution_{table}"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)


def test_what_is_unclear_ends_once_and_is_never_deleted(holding, money):
    paid(holding, money, 20)
    row = Unclear.objects.get()
    with pytest.raises(ProgrammingError, match="never deleted"), transaction.atomic():
        row.delete()
    row.why = "over"
    refused("unclear_stays", row.save)
    came(holding, money, 20)
    ended = Unclear.objects.get()
    ended.ended_at = None
    refused("unclear_stays", ended.save)


def test_it_ends_with_the_agreement(holding, money):
    paid(holding, money, 20)
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    assert unclear(money) in ([], ["waits"])


def test_each_word_is_of_its_own_side_on_a_day_that_has_come(holding, money):
    row = paid(holding, money, 20)

    def word(side, who, kind="participant", **more):
        said = {"payment": row, "case": holding.case, "side": side, "turn": 9, "amount": 20, "by_kind": kind, "by": who}
        return PaymentWord.objects.create(**(said | more))

    refused("payment_word_by_its_own", lambda: word("receiver", holding.rami.pk))
    refused("payment_word_by_its_own", lambda: word("payer", holding.hana.pk))
    refused("payment_word_by_its_side", lambda: word("team", holding.rami.pk))
    refused("payment_word_by_its_side", lambda: word("receiver", holding.hana.pk, "staff"))
    ahead = timezone.localdate() + timedelta(days=5)
    refused("payment_day_has_come", lambda: word("receiver", holding.hana.pk, paid_on=ahead))
    refused("payment_word_on_a_day", lambda: word("receiver", holding.hana.pk, paid_on=date(1999, 12, 31)))
    said = {"item": money, "case": holding.case, "payer": holding.rami, "amount": 5, "currency": "USD"}
    refused("payment_day_has_come", lambda: Payment.objects.create(**said, paid_on=ahead))
    refused("payment_on_a_day", lambda: Payment.objects.create(**said, paid_on=date(1999, 12, 31)))
    word("receiver", holding.hana.pk)


def test_what_two_say_differently_is_not_put_off_nor_ended(holding, money):
    row = paid(holding, money, 20)
    waits = Unclear.objects.get()
    waits.tell_on = timezone.localdate() + timedelta(days=400)
    refused("unclear_told_in_time", waits.save)
    actions.answer(row, by=holding.me("hana"), amount=0)
    differs = Unclear.objects.get(why="differs")
    differs.tell_on = timezone.localdate() + timedelta(days=1)
    refused("unclear_told_in_time", differs.save)
    for how, constraint in (("clear", "unclear_still_differs"), ("over_with_the_case", "unclear_over_with_the_case")):
        differs = Unclear.objects.get(why="differs")
        differs.ended_at, differs.how_ended = timezone.now(), how
        refused(constraint, differs.save)
    actions.settle(row, by=holding.lead, amount=20, words="We asked the office.")
    assert list(Unclear.objects.values_list("why", "how_ended").order_by("why")) == [("differs", "clear"), ("waits", "clear")]


def test_nothing_is_said_once_nothing_holds(holding, money):
    row = paid(holding, money, 20)
    agreements.end(holding.agreement, by=holding.lead, reason="case_closed")
    said = {"payment": row, "case": holding.case, "side": "payer", "turn": 9, "amount": 20, "by_kind": "participant", "by": holding.rami.pk}
    refused("payment_word_while_it_holds", lambda: PaymentWord.objects.create(**said))
