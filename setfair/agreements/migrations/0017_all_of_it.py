import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
import setfair.core.tenant
import setfair.vault.fields
from setfair.core.walls import BuildWalls
from setfair.core.walls_of_cases import SameCase

# Each two whom a promise brings into contact: those who make it with each other, with whom it is for and with who checks it.
TOGETHER = """
CREATE FUNCTION agreements_together(of_programme uuid, of_agreement uuid)
RETURNS TABLE (through uuid, one uuid, other uuid) LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $together$
    WITH makes AS (
        SELECT id, owner_id AS place FROM agreements_item
        WHERE programme_id = of_programme AND agreement_id = of_agreement AND owner_id IS NOT NULL
        UNION SELECT item.id, beside.participation_id FROM agreements_sharer beside
        JOIN agreements_item item ON item.programme_id = beside.programme_id AND item.id = beside.item_id
        WHERE item.programme_id = of_programme AND item.agreement_id = of_agreement
    ), meets AS (
        SELECT id, place FROM makes
        UNION SELECT id, owed_to_id FROM agreements_item WHERE programme_id = of_programme AND agreement_id = of_agreement AND owed_to_id IS NOT NULL
        UNION SELECT id, checker_id FROM agreements_item WHERE programme_id = of_programme AND agreement_id = of_agreement AND checker_id IS NOT NULL
    )
    SELECT item.through, a.person_id, b.person_id FROM makes
    JOIN meets ON meets.id = makes.id AND meets.place <> makes.place
    JOIN agreements_item item ON item.programme_id = of_programme AND item.id = makes.id
    JOIN cases_participation a ON a.programme_id = of_programme AND a.id = makes.place
    JOIN cases_participation b ON b.programme_id = of_programme AND b.id = meets.place
    WHERE item.stage NOT IN ('verified', 'waived', 'replaced', 'partly')
$together$
"""
# Since when two are kept apart whom one of its promises brings into contact on all of these days; nothing when there are none.
APART = """
CREATE FUNCTION agreements_apart_since(of_programme uuid, of_agreement uuid, on_days daterange)
RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $apart$
    SELECT max(wall.since) FROM agreements_together(of_programme, of_agreement) two
    JOIN people_nocontact wall ON wall.programme_id = of_programme AND wall.ended_at IS NULL
        AND (wall.one_id, wall.other_id) IN ((two.one, two.other), (two.other, two.one))
    WHERE people_barred_days(wall.programme_id, wall.id, 'message') @> on_days
       OR two.through IS NULL AND people_barred_days(wall.programme_id, wall.id, 'meet') @> on_days
$apart$
"""
BARRED = """
CREATE OR REPLACE FUNCTION agreements_barred() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $barred$
BEGIN
    IF agreements_apart_since(NEW.programme_id, NEW.id, daterange(current_date - 1, current_date + 1, '[]')) IS NOT NULL THEN
        RAISE EXCEPTION 'two who must have no contact are bound to each other'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_barred';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT owner_id AS place FROM agreements_item
            WHERE programme_id = NEW.programme_id AND agreement_id = NEW.id AND owner_id IS NOT NULL
            UNION SELECT beside.participation_id FROM agreements_sharer beside
            JOIN agreements_item item ON item.programme_id = beside.programme_id AND item.id = beside.item_id
            WHERE item.programme_id = NEW.programme_id AND item.agreement_id = NEW.id
        ) makes WHERE 'yes' IS DISTINCT FROM (
            SELECT said.answer FROM preparation_consent said
            WHERE said.programme_id = NEW.programme_id AND said.participation_id = makes.place AND said.giver_id = makes.place
              AND said.scope = 'take_part'
            ORDER BY said.at DESC, said.id DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'somebody would be bound whose yes does not stand'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'agreement_willing';
    END IF;
    RETURN NEW;
END $barred$
"""
BEFORE = [
    import_module("setfair.agreements.migrations.0012_bars").BARRED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
    "DROP FUNCTION agreements_apart_since(uuid, uuid, daterange)",
    "DROP FUNCTION agreements_together(uuid, uuid)",
]


class Migration(migrations.Migration):
    """A promise says what kind of thing it is, how much, who does it too, who checks and what if it is hard."""

    dependencies = [
        ("agreements", "0016_told"),
        ("cases", "0024_stepped_out_default"),
        ("programmes", "0035_arrivals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sharer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("order",),
            },
        ),
        migrations.AddField(
            model_name="item",
            name="amount",
            field=models.DecimalField(decimal_places=2, max_digits=9, null=True, verbose_name="how much"),
        ),
        migrations.AddField(
            model_name="item",
            name="answers",
            field=models.UUIDField(null=True, verbose_name="who answers for it"),
        ),
        migrations.AddField(
            model_name="item",
            name="body",
            field=setfair.vault.fields.SealedText(of="case_id", verbose_name="a school, an office or a group"),
        ),
        migrations.AddField(
            model_name="item",
            name="checker",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.participation"),
        ),
        migrations.AddField(
            model_name="item",
            name="checker_staff",
            field=models.UUIDField(null=True, verbose_name="who of the team checks"),
        ),
        migrations.AddField(
            model_name="item",
            name="currency",
            field=models.CharField(db_default="", default="", max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="item",
            name="edition",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="item",
            name="hours",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="hours"),
        ),
        migrations.AddField(
            model_name="item",
            name="if_hard",
            field=setfair.vault.fields.SealedText(of="case_id", verbose_name="what if it is hard"),
        ),
        migrations.AddField(
            model_name="item",
            name="kind",
            field=models.CharField(
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
                db_default="other",
                default="other",
                max_length=9,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="parts",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="in how many parts"),
        ),
        migrations.AddField(
            model_name="item",
            name="weeks",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="weeks between them"),
        ),
        migrations.AlterField(
            model_name="item",
            name="owner",
            field=setfair.core.records.Within(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="cases.participation"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__isnull", False), ("answers__isnull", False), _connector="OR"), name="item_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", True), ("currency", ""), ("parts", 1)),
                    models.Q(("amount__gt", 0), ("amount__isnull", False), ("currency__regex", "^[A-Z]{3}$")),
                    _connector="OR",
                ),
                name="item_of_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("parts__range", (1, 24)), ("weeks__range", (1, 8))), name="item_in_parts"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"), name="item_of_hours"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("checker__isnull", True), ("checker_staff__isnull", True), _connector="OR"), name="item_one_checker"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=setfair.core.records.Kept(
                condition=models.Q(
                    ("kind__in", ["community", "contact", "learning", "letter", "other", "payment", "reentry", "repair", "support", "time", "words"])
                ),
                name="agreements_item_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="sharer",
            name="case",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="sharer",
            name="item",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="sharers", to="agreements.item"),
        ),
        migrations.AddField(
            model_name="sharer",
            name="participation",
            field=setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.participation"),
        ),
        migrations.AddField(
            model_name="sharer",
            name="programme",
            field=models.ForeignKey(
                default=setfair.core.tenant.current,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharer",
            constraint=models.UniqueConstraint(fields=("programme", "item", "participation"), name="sharer_once"),
        ),
        migrations.RunSQL(
            "ALTER TABLE agreements_item ADD CONSTRAINT agreements_item_checker_id_within "
            "FOREIGN KEY (programme_id, checker_id) REFERENCES cases_participation (programme_id, id)",
            "ALTER TABLE agreements_item DROP CONSTRAINT agreements_item_checker_id_within",
        ),
        SameCase("item", "checker"),
        BuildWalls("sharer"),
        SameCase("sharer", "item", "participation"),
        migrations.RunSQL([TOGETHER, APART, BARRED], BEFORE),
    ]
