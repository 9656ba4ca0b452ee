from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("people", "0003_mark"),
        ("programmes", "0004_known_codes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="contact",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("way__in", ["call", "email", "post", "sms", "through"])), name="people_contact_way_known"
            ),
        ),
    ]
