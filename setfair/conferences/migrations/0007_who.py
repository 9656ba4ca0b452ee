from django.db import migrations

from setfair.conferences.beats import WHO, asks_again


class Migration(migrations.Migration):
    """Lines that are open end when somebody joins or leaves the circle or its team, is kept out of the case, or it is sealed."""

    dependencies = [("conferences", "0006_hand"), ("cases", "0023_set_aside")]

    operations = [
        migrations.RunSQL(WHO, "DROP FUNCTION conferences_who()"),
        *map(asks_again, ("cases_participation", "cases_assignment", "cases_exclusion", "cases_seal", "cases_named")),
    ]
