from django.conf import settings
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("facilitators", "0001_initial"),
        ("programmes", "0004_known_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="facilitator",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("kind__in", ["staff", "student", "volunteer"])), name="facilitators_facilitator_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="facilitator",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["certified", "lapsed", "left", "nominated", "training"])),
                name="facilitators_facilitator_stage_known",
            ),
        ),
    ]
