"""A second step is bound: nobody takes one away, or changes one, without a row that says who did and why. Asked straight in SQL."""

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from setfair.accounts.models import StepGone
from setfair.accounts.second_step import NobodyTookIt, let_go

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GONE = "INSERT INTO accounts_stepgone (id, account_id, step, kind, why, by, at) VALUES (gen_random_uuid(), %s, %s, 'totp', %s, %s, now())"


@pytest.fixture
def steps(village):
    """Cora's app and her recovery codes, and a passkey."""
    app, codes = TOTP.activate(village.cora, SECRET).instance, RecoveryCodes.activate(village.cora).instance
    key = Authenticator.objects.create(user=village.cora, type="webauthn", data={"name": "Mine", "credential": {"id": "one"}})
    return app, codes, key


@pytest.mark.django_db(transaction=True)
def test_the_role_of_the_web_takes_none_away_and_changes_none_past_the_application(village, steps, connected_as, superuser_connection):
    web, (app, codes, key), cora, ada = connected_as("setfair_app"), steps, village.cora.pk, village.ada.pk

    def refused(rule, *statements):
        with pytest.raises(psycopg.errors.CheckViolation) as told, web.transaction():
            web.execute(sql.SQL("SET LOCAL app.programme = {}").format(sql.Literal(str(village.school.pk))))
            for statement, values in statements:
                web.execute(statement, values)
        assert told.value.diag.constraint_name == rule

    change = "UPDATE mfa_authenticator SET data = data || %s WHERE id = %s"
    for statement, *values in (
        ("DELETE FROM mfa_authenticator WHERE id = %s", app.pk),
        ("DELETE FROM mfa_authenticator", ),
        ("UPDATE mfa_authenticator SET user_id = %s WHERE id = %s", ada, app.pk),
        ("UPDATE mfa_authenticator SET type = 'webauthn' WHERE id = %s", app.pk),
        (change, Jsonb({"secret": "mine"}), app.pk),
        (change, Jsonb({"seed": "mine"}), codes.pk),
        (change, Jsonb({"migrated_codes": ["12345678"]}), codes.pk),
        (change, Jsonb({"credential": {"id": "another"}}), key.pk),
    ):  # fmt: skip
        refused("second_step_stays", (statement, values))
    RecoveryCodes(codes).validate_code(RecoveryCodes(codes).generate_codes()[3])
    for unused in (0, None):
        refused("second_step_stays", (change, [Jsonb({"used_mask": unused}), codes.pk]))
    away = ("DELETE FROM mfa_authenticator WHERE id = %s", [app.pk])
    refused("second_step_stays", (GONE, [cora, key.pk, "own", cora]), away)
    refused("second_step_stays", (GONE, [ada, app.pk, "own", ada]), away)
    refused("step_gone_by", (GONE, [cora, app.pk, "own", ada]), away)
    refused("step_gone_by", (GONE, [cora, app.pk, "disowned", ada]), away)
    refused("step_gone_reset", (GONE, [cora, app.pk, "reset", ada]), away)
    web.execute(GONE, [cora, app.pk, "own", cora])
    refused("second_step_stays", away)
    for statement in ("UPDATE accounts_stepgone SET by = NULL", "DELETE FROM accounts_stepgone", "TRUNCATE accounts_stepgone"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement)
    assert Authenticator.objects.filter(user=cora).count() == 3
    assert superuser_connection.execute("SELECT data ->> 'used_mask' FROM mfa_authenticator WHERE id = %s", [codes.pk]).fetchone() == ("8",)
    web.execute("UPDATE mfa_authenticator SET last_used_at = now(), data = data || %s WHERE id = %s", [Jsonb({"name": "My phone"}), key.pk])


@pytest.mark.django_db
def test_what_is_used_named_or_taken_away_by_somebody_goes_on_as_before_and_says_why(village, steps):
    app, codes, key = steps
    app.record_usage()
    RecoveryCodes(codes).mark_as_viewed()
    assert RecoveryCodes(codes).validate_code(RecoveryCodes(codes).generate_codes()[0])
    with pytest.raises(NobodyTookIt), transaction.atomic():
        app.delete()
    let_go(Authenticator.objects.filter(pk=key.pk), why=StepGone.Why.DISOWNED, by=None)
    assert list(StepGone.objects.values_list("account_id", "step", "kind", "why", "by")) == [(village.cora.pk, key.pk, "webauthn", "disowned", None)]
    assert set(Authenticator.objects.filter(user=village.cora)) == {app, codes}


@pytest.mark.django_db(transaction=True)
def test_the_rotation_seals_every_secret_anew_as_the_owner_of_the_tables(village, steps, connected_as):
    owner, (app, _codes, _key) = connected_as("setfair_owner"), steps
    assert (
        owner.execute("UPDATE mfa_authenticator SET data = data || %s WHERE id = %s", [Jsonb({"secret": app.data["secret"]}), app.pk]).rowcount == 1
    )
