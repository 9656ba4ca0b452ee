from django.conf import settings
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("programmes", "0003_called"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("role__in", ["administrator", "coordinator", "facilitator", "student", "supervisor"])),
                name="programmes_membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=setfair.core.records.Kept(condition=models.Q(("kind__in", ["community", "school"])), name="programmes_programme_kind_known"),
        ),
    ]
