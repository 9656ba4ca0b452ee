import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls

STAYS = """
CREATE FUNCTION programmes_good_promise_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $stays$
BEGIN
    RAISE EXCEPTION 'the words of a promise in the list never change'
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'good_promise_stays';
END $stays$
"""
HELD = """
CREATE TRIGGER good_promise_stays BEFORE UPDATE ON programmes_goodpromise FOR EACH ROW
WHEN ((OLD.kind, OLD.language, OLD.what, OLD.done, OLD.since) IS DISTINCT FROM (NEW.kind, NEW.language, NEW.what, NEW.done, NEW.since))
EXECUTE FUNCTION programmes_good_promise_stays()
"""


class Migration(migrations.Migration):
    """Promises in good words, to start from at the table."""

    dependencies = [
        ("programmes", "0038_stop_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="GoodPromise",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("words", "words said"),
                            ("letter", "a letter"),
                            ("repair", "a repair"),
                            ("time", "time given"),
                            ("payment", "a payment"),
                            ("learning", "learning something"),
                            ("contact", "how we meet or keep away"),
                            ("community", "something for the community"),
                            ("support", "support"),
                            ("reentry", "coming back"),
                            ("other", "something else"),
                        ],
                        max_length=9,
                        verbose_name="what kind of thing it is",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("what", models.CharField(max_length=200, verbose_name="what is done")),
                ("done", models.CharField(max_length=200, verbose_name="what done looks like")),
                ("since", models.DateTimeField(default=setfair.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "language", "what"), name="good_promise_once"),
                    setfair.core.records.Kept(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "community",
                                    "contact",
                                    "learning",
                                    "letter",
                                    "other",
                                    "payment",
                                    "reentry",
                                    "repair",
                                    "support",
                                    "time",
                                    "words",
                                ],
                            )
                        ),
                        name="programmes_goodpromise_kind_known",
                    ),
                ],
            },
        ),
        BuildWalls("goodpromise"),
        migrations.RunSQL([STAYS, HELD], "DROP FUNCTION programmes_good_promise_stays() CASCADE"),
    ]
