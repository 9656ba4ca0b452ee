from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import migrations, models
from django.db.models.functions import Coalesce

LOWER, UPPER = (models.Func(models.F("during"), function=name, output_field=models.DateTimeField()) for name in ("lower", "upper"))
HELD = models.Func(LOWER, Coalesce("clear_at", UPPER), function="tstzrange", output_field=DateTimeRangeField())


class Migration(migrations.Migration):
    """A room stays free between two meetings for as long as it needs to, and the database keeps it. What was booked before ends when it ends."""

    dependencies = [("programmes", "0035_arrivals"), ("scheduling", "0009_taken_back")]

    operations = [
        migrations.AddField(model_name="booking", name="clear_at", field=models.DateTimeField(null=True)),
        migrations.RemoveConstraint(model_name="booking", name="booking_room_free"),
        migrations.AddConstraint(
            model_name="booking",
            constraint=ExclusionConstraint(
                name="booking_room_free",
                expressions=[("programme", "="), ("room", "="), (HELD, "&&")],
                condition=models.Q(("released_at__isnull", True)),
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("clear_at__isnull", True), ("clear_at__gte", UPPER), _connector="OR"), name="booking_clear_after"
            ),
        ),
    ]
