import datetime
import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase

SAID = """
CREATE FUNCTION agreements_said() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $said$
BEGIN
    RAISE EXCEPTION 'what somebody said of a promise is not changed'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'fit_said';
END $said$
"""
KEPT = "CREATE TRIGGER fit_said BEFORE UPDATE ON agreements_fit FOR EACH ROW EXECUTE FUNCTION agreements_said()"
# The latest word of somebody on a promise as it is worded now.
LATEST = """
CREATE FUNCTION agreements_latest_fit(of_programme uuid, of_item uuid, of_edition integer, of_person uuid) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public AS $latest$
    SELECT word FROM agreements_fit
    WHERE programme_id = of_programme AND item_id = of_item AND edition = of_edition AND participation_id = of_person
    ORDER BY at DESC, id DESC LIMIT 1
$latest$
"""
# Whoever signs has said what they think of each promise, and so has everyone who is there; and nobody wants one changed.
OPEN = """
CREATE FUNCTION agreements_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $open$
BEGIN
    IF EXISTS (
        SELECT FROM agreements_item item
        JOIN cases_participation p ON p.programme_id = item.programme_id AND p.case_id = item.case_id AND p.left_at IS NULL
        CROSS JOIN LATERAL (SELECT agreements_latest_fit(item.programme_id, item.id, item.edition, p.id) AS word) said
        WHERE item.programme_id = NEW.programme_id AND item.agreement_id = NEW.agreement_id AND (
            said.word = 'change' OR said.word IS NULL AND (p.id = NEW.participation_id OR EXISTS (
                SELECT FROM agreements_signer w JOIN agreements_agreement a ON a.programme_id = w.programme_id AND a.id = w.agreement_id
                WHERE w.programme_id = NEW.programme_id AND w.agreement_id = NEW.agreement_id AND w.participation_id = p.id
                  AND w.round = (SELECT max(l.round) FROM agreements_signer l WHERE l.programme_id = w.programme_id AND l.agreement_id = w.agreement_id)
                  AND (
                      SELECT came FROM conferences_attendance c
                      WHERE c.programme_id = a.programme_id AND c.conference_id = a.conference_id AND c.participation_id = p.id
                      ORDER BY c.at DESC, c.id DESC LIMIT 1
                  )
            ))
        )
    ) THEN
        RAISE EXCEPTION 'not everybody finds it fair yet'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'signature_open';
    END IF;
    RETURN NEW;
END $open$
"""
SIGNS = "CREATE TRIGGER signature_open BEFORE INSERT ON agreements_signature FOR EACH ROW EXECUTE FUNCTION agreements_open()"
GONE = """
DROP TRIGGER signature_open ON agreements_signature;
DROP FUNCTION agreements_open();
DROP FUNCTION agreements_latest_fit(uuid, uuid, integer, uuid);
DROP TRIGGER fit_said ON agreements_fit;
DROP FUNCTION agreements_said()
"""


class Migration(migrations.Migration):
    """Each says of every promise whether it is fair, whether they can do it or want it changed, before anybody signs."""

    dependencies = [
        ("agreements", "0017_all_of_it"),
        ("cases", "0024_stepped_out_default"),
        ("conferences", "0001_initial"),
        ("programmes", "0035_arrivals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("word", models.CharField(choices=[("fair", "It is fair"), ("can", "I can do this"), ("change", "I want it changed")], max_length=6)),
                ("edition", models.PositiveSmallIntegerField()),
                (
                    "method",
                    models.CharField(
                        choices=[("own", "on their own page"), ("tablet", "on the tablet they were handed"), ("said", "said to a facilitator")],
                        max_length=6,
                    ),
                ),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                ("item", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="fits", to="agreements.item")),
                (
                    "participation",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
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
            options={
                "indexes": [models.Index(fields=["programme", "item", "participation", "-at"], name="fit_latest")],
                "constraints": [
                    setfair.core.records.Kept(condition=models.Q(("word__in", ["can", "change", "fair"])), name="agreements_fit_word_known"),
                    setfair.core.records.Kept(condition=models.Q(("method__in", ["own", "said", "tablet"])), name="agreements_fit_method_known"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.datetime.Now(), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            )
                        ),
                        name="agreements_fit_at_has_come",
                    ),
                ],
            },
        ),
        BuildWalls("fit"),
        SameCase("fit", "item", "participation"),
        migrations.RunSQL([SAID, KEPT, LATEST, OPEN, SIGNS], GONE),
    ]
