import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.clock
import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls, Definer


class Migration(migrations.Migration):
    """A promise can be given more time, and is reminded of once for each of its days.

    Whoever has left, or has stopped while promises are kept, is looked for no more.
    """

    dependencies = [
        ("agreements", "0002_lookups"),
        ("cases", "0001_initial"),
        ("preparation", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("was_due_on", models.DateField()),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField(default=setfair.core.clock.now)),
                ("by", models.UUIDField(null=True)),
                ("case", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case")),
                (
                    "item",
                    setfair.core.records.Within(on_delete=django.db.models.deletion.RESTRICT, related_name="extensions", to="agreements.item"),
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
                "abstract": False,
            },
        ),
        Definer(
            "promises_due(moment timestamptz, most integer)",
            "TABLE (programme_id uuid, item_id uuid)",
            """
            SELECT i.programme_id, i.id
            FROM agreements_item i
            JOIN agreements_agreement a ON a.programme_id = i.programme_id AND a.id = i.agreement_id
            JOIN programmes_programme p ON p.id = i.programme_id
            JOIN cases_participation o ON o.programme_id = i.programme_id AND o.id = i.owner_id AND o.left_at IS NULL
            WHERE a.stage = 'in_force' AND i.stage = 'promised'
              AND i.due_on <= (moment AT TIME ZONE p.zone)::date + 3
              AND extract(hour FROM moment AT TIME ZONE p.zone) BETWEEN 8 AND 19
              AND NOT EXISTS (
                SELECT FROM cases_hold h WHERE h.programme_id = i.programme_id AND h.case_id = i.case_id AND h.lifted_at IS NULL)
              AND NOT EXISTS (
                SELECT FROM preparation_consent c
                WHERE c.programme_id = i.programme_id AND c.participation_id = i.owner_id AND c.scope = 'take_part' AND c.answer IN ('no', 'withdrawn')
                  AND (c.giver_id = i.owner_id OR EXISTS (
                    SELECT FROM cases_participation g
                    WHERE g.programme_id = c.programme_id AND g.id = c.giver_id AND g.stands_by_id = i.owner_id AND g.has_authority AND g.left_at IS NULL))
                  AND NOT EXISTS (
                    SELECT FROM preparation_consent later
                    WHERE later.programme_id = c.programme_id AND later.participation_id = c.participation_id AND later.giver_id = c.giver_id
                      AND later.scope = c.scope AND (later.at, later.id) > (c.at, c.id)))
              AND NOT EXISTS (
                SELECT FROM letters_letter l
                WHERE l.programme_id = i.programme_id
                  AND l.key = CASE WHEN i.due_on < (moment AT TIME ZONE p.zone)::date THEN 'promise_past:' ELSE 'promise_soon:' END
                              || i.id
                              || coalesce('.' || nullif((
                                SELECT count(*) FROM agreements_extension e WHERE e.programme_id = i.programme_id AND e.item_id = i.id), 0), '')
                              || ':' || i.owner_id)
            ORDER BY i.due_on LIMIT most
            """,
        ),
        BuildWalls(append_only=("extension",)),
    ]
