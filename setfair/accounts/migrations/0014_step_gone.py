import datetime
import uuid

import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records

FACTS = """
REVOKE ALL ON accounts_stepgone FROM PUBLIC, setfair_app;
GRANT SELECT, INSERT ON accounts_stepgone TO setfair_app
"""
STAYS = """
CREATE FUNCTION accounts_step_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
DECLARE
    counted text[] := CASE OLD.type WHEN 'recovery_codes' THEN '{used_mask,viewed_at,migrated_codes}' WHEN 'webauthn' THEN '{name}' ELSE '{}' END;
BEGIN
    IF pg_has_role(current_user, 'setfair_owner', 'USAGE') THEN
        RETURN coalesce(NEW, OLD);  -- the rotation, which seals every secret anew
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM accounts_stepgone g WHERE g.step = OLD.id AND g.account_id = OLD.user_id AND age(g.xmin) <= 0) THEN
            RAISE EXCEPTION 'a second step goes, and nobody wrote down why'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'second_step_stays';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.id, NEW.user_id, NEW.type, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.created_at)
       OR NEW.data - counted IS DISTINCT FROM OLD.data - counted
       OR (NEW.data ->> 'used_mask')::bigint & (OLD.data ->> 'used_mask')::bigint IS DISTINCT FROM (OLD.data ->> 'used_mask')::bigint
       OR (OLD.data ? 'viewed_at' AND NEW.data -> 'viewed_at' IS DISTINCT FROM OLD.data -> 'viewed_at')
       OR NOT coalesce(OLD.data -> 'migrated_codes', '[]') @> coalesce(NEW.data -> 'migrated_codes', '[]')
       OR OLD.data ? 'migrated_codes' <> NEW.data ? 'migrated_codes' THEN
        RAISE EXCEPTION 'a second step is used and named, and never changed'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'second_step_stays';
    END IF;
    RETURN NEW;
END $stays$
"""
HUNG = "CREATE TRIGGER second_step_stays BEFORE UPDATE OR DELETE ON mfa_authenticator FOR EACH ROW EXECUTE FUNCTION accounts_step_stays()"
GONE = "DROP TRIGGER second_step_stays ON mfa_authenticator; DROP FUNCTION accounts_step_stays()"


class Migration(migrations.Migration):
    """A second step goes only together with a row that says whose it was, who took it away and why; else it is used, and never changed."""

    dependencies = [("accounts", "0013_set_up_in"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.CreateModel(
            name="StepGone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("step", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("why", models.CharField(choices=[("own", "Own"), ("reset", "Reset"), ("disowned", "Disowned")], max_length=8)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
            ],
            options={
                "indexes": [models.Index(fields=["step"], name="step_gone")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(why="own", by=models.F("account_id"))
                        | models.Q(models.Q(by__isnull=True) | ~models.Q(by=models.F("account_id")), why="reset")
                        | models.Q(why="disowned", by__isnull=True),
                        name="step_gone_by",
                    ),
                    setfair.core.records.Kept(condition=models.Q(("why__in", ["disowned", "own", "reset"])), name="accounts_stepgone_why_known"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="accounts_stepgone_at_has_come",
                    ),
                ],
            },
        ),
        migrations.RunSQL([FACTS, STAYS, HUNG], GONE),
    ]
