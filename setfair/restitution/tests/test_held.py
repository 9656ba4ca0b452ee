"""What the database holds of money by itself, whatever the actions would do."""

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

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
