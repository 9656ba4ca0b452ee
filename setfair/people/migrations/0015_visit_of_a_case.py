from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A visit is of one case. Of those that are there nobody knows which; they stay with each case of the person."""

    dependencies = [("people", "0014_places")]

    operations = [
        migrations.AddField("visit", "case_id", models.UUIDField(null=True)),
        migrations.RemoveConstraint("visit", "visit_once"),
        migrations.AddConstraint(
            "visit",
            models.UniqueConstraint(
                condition=Q(("off_at__isnull", True)), fields=("programme", "person", "case_id", "on", "starts"), name="visit_once"
            ),
        ),
    ]
