import uuid

import django.db.models.deletion
from django.db import migrations, models

import setfair.core.records
import setfair.core.tenant
from setfair.core.walls import BuildWalls

IN_A_VENUE = """
ALTER TABLE programmes_room ADD CONSTRAINT programmes_room_venue_id_within
    FOREIGN KEY (programme_id, venue_id) REFERENCES programmes_venue (programme_id, id)
"""
NO_VENUE = "ALTER TABLE programmes_room DROP CONSTRAINT programmes_room_venue_id_within"


class Migration(migrations.Migration):
    """Venues, how far they are from each other, and what a room has."""

    dependencies = [
        ("programmes", "0028_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="closes",
            field=models.TimeField(null=True, verbose_name="open until"),
        ),
        migrations.AddField(
            model_name="room",
            name="loop",
            field=models.BooleanField(db_default=False, default=False, verbose_name="a hearing loop"),
        ),
        migrations.AddField(
            model_name="room",
            name="opens",
            field=models.TimeField(null=True, verbose_name="open from"),
        ),
        migrations.AddField(
            model_name="room",
            name="step_free",
            field=models.BooleanField(db_default=False, default=False, verbose_name="a way in without steps"),
        ),
        migrations.AddField(
            model_name="room",
            name="waiting_places",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="how many can wait apart"),
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="address")),
                ("way", models.CharField(blank=True, max_length=200, verbose_name="how to get there")),
                ("minutes", models.PositiveSmallIntegerField(default=30, verbose_name="minutes from your usual place")),
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
            name="Travel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
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
                ("one", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.venue")),
                ("other", setfair.core.records.Within(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.venue")),
            ],
        ),
        migrations.AddField(
            model_name="room",
            name="venue",
            field=setfair.core.records.Within(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="programmes.venue"),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__isnull", True), ("closes__isnull", True), ("closes__gt", models.F("opens")), _connector="OR"),
                name="room_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(condition=models.Q(("waiting_places__lte", 20)), name="room_waiting_places"),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__lte", 600)), name="venue_minutes"),
        ),
        migrations.AddConstraint(
            model_name="travel",
            constraint=models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="travel_of_two"),
        ),
        migrations.AddConstraint(
            model_name="travel",
            constraint=models.UniqueConstraint(fields=("programme", "one", "other"), name="travel_once"),
        ),
        migrations.AddConstraint(
            model_name="travel",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__lte", 600)), name="travel_minutes"),
        ),
        BuildWalls("venue", "travel"),
        migrations.RunSQL(IN_A_VENUE, NO_VENUE),
    ]
