import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import KeyOfCase, SameCase

# One byte says how it was sealed, twelve are its nonce, sixteen its seal: three bytes are left for each of sixty letters.
SHORT = "ALTER TABLE agreements_stillopen ADD CONSTRAINT still_open_is_short CHECK (words IS NOT NULL AND octet_length(words) <= 29 + 180)"
FITS = """
CREATE FUNCTION agreements_result_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $fits$
BEGIN
    IF NEW.conference_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM conferences_conference c WHERE c.programme_id = NEW.programme_id AND c.id = NEW.conference_id AND c.stage = 'concluded'
    ) THEN
        RAISE EXCEPTION 'what came of a circle is said once it is over'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'result_of_what_is_over';
    END IF;
    IF NEW.what IN ('none', 'differ') AND EXISTS (
        SELECT FROM agreements_agreement a
        WHERE a.programme_id = NEW.programme_id AND a.case_id = NEW.case_id AND a.stage IN ('drafting', 'rests', 'signing', 'in_force')
    ) THEN
        RAISE EXCEPTION 'there is an agreement, so something is owed'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'result_without_agreement';
    END IF;
    RETURN NEW;
END $fits$;
CREATE TRIGGER result_fits BEFORE INSERT ON agreements_result FOR EACH ROW EXECUTE FUNCTION agreements_result_fits();
CREATE FUNCTION agreements_open_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $open$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_result r
        WHERE r.programme_id = NEW.programme_id AND r.id = NEW.result_id AND r.what = 'partly' AND NEW."order" <= r.open
    ) THEN
        RAISE EXCEPTION 'nothing more was left open'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'still_open_in_part';
    END IF;
    RETURN NEW;
END $open$;
CREATE TRIGGER still_open_fits BEFORE INSERT ON agreements_stillopen FOR EACH ROW
WHEN (NEW.result_id IS NOT NULL) EXECUTE FUNCTION agreements_open_fits()
"""
GONE = """
DROP FUNCTION agreements_open_fits() CASCADE;
DROP FUNCTION agreements_result_fits() CASCADE;
ALTER TABLE agreements_stillopen DROP CONSTRAINT still_open_is_short
"""


class Migration(migrations.Migration):
    """What came of a circle or an exchange, what an agreement in part leaves open, and that it was looked at again."""

    dependencies = [
        ("agreements", "0029_said_once"),
        ("cases", "0024_stepped_out_default"),
        ("conferences", "0018_a_code"),
        ("programmes", "0039_good_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("agreed", "they agreed"),
                            ("partly", "they agreed in part"),
                            ("none", "no agreement was needed"),
                            ("differ", "they agreed to differ"),
                        ],
                        max_length=7,
                    ),
                ),
                ("open", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="results", to="cases.case")),
                (
                    "conference",
                    setfair.core.records.Within(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="results", to="conferences.conference"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LookedAgain",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                ("result", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="looked", to="agreements.result")),
            ],
        ),
        migrations.CreateModel(
            name="StillOpen",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", setfair.vault.fields.SealedText(of="case_id")),
                ("order", models.PositiveSmallIntegerField()),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "programme",
                    models.ForeignKey(
                        default=setfair.core.tenant.current,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.programme",
                    ),
                ),
                ("result", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="headings", to="agreements.result")),
            ],
            options={
                "ordering": ("order",),
            },
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["programme", "case", "-at"], name="result_of_case"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("open__range", (1, 8)), ("what", "partly")),
                    models.Q(models.Q(("what", "partly"), _negated=True), ("open", 0)),
                    _connector="OR",
                ),
                name="result_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("what__in", ["agreed", "differ", "none", "partly"])), name="agreements_result_what_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_result_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookedagain",
            constraint=models.UniqueConstraint(fields=("programme", "result"), name="looked_again_once"),
        ),
        migrations.AddConstraint(
            model_name="lookedagain",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    (
                        "at__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                        ),
                    )
                ),
                name="agreements_lookedagain_at_has_come",
            ),
        ),
        migrations.AddConstraint(
            model_name="stillopen",
            constraint=models.UniqueConstraint(fields=("programme", "result", "order"), name="still_open_order"),
        ),
        migrations.AddConstraint(
            model_name="stillopen",
            constraint=models.CheckConstraint(condition=models.Q(("order__range", (1, 8))), name="still_open_few"),
        ),
        KeyOfCase("result"),
        BuildWalls(append_only=("result", "stillopen", "lookedagain")),
        SameCase("result", "conference"),
        SameCase("stillopen", "result"),
        SameCase("lookedagain", "result"),
        migrations.RunSQL([SHORT, FITS], GONE),
    ]
