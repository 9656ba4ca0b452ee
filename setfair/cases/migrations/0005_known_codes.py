from django.conf import settings
from django.db import migrations, models

import setfair.core.records


class Migration(migrations.Migration):
    """A code is one of those the house knows, and a fact does not lie years ahead: the database holds it too."""

    dependencies = [
        ("cases", "0004_hold_date"),
        ("facilitators", "0002_known_codes"),
        ("people", "0004_known_codes"),
        ("programmes", "0004_known_codes"),
        ("referrals", "0004_known_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=setfair.core.records.Kept(condition=models.Q(("part__in", ["co", "lead", "student"])), name="cases_assignment_part_known"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("stage__in", ["closed", "convened", "following_up", "preparing", "ready", "scheduled"])),
                name="cases_case_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("why__in", ["close", "no_contact", "other", "self"])), name="cases_exclusion_why_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=setfair.core.records.Kept(
                condition=models.Q(("role__in", ["affected", "community", "guardian", "harmed", "interpreter", "responsible", "supporter"])),
                name="cases_participation_role_known",
            ),
        ),
    ]
