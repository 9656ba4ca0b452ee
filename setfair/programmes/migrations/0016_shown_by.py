from django.conf import settings
from django.db import migrations, models

NOT_CHOSEN = "UPDATE programmes_membership SET shown_publicly = false WHERE shown_publicly AND role = 'student'"
"""Whoever put a student's name there until now was somebody else."""


class Migration(migrations.Migration):
    """A student's name stands on the public page by their own choice alone."""

    dependencies = [("programmes", "0015_clocks"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("membership", "shown_by", models.UUIDField(null=True)),
        migrations.RunSQL(NOT_CHOSEN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "student"), _negated=True), ("shown_publicly", False), ("shown_by", models.F("user")), _connector="OR"
                ),
                name="membership_student_shows_oneself",
            ),
        ),
    ]
