from django.db import migrations, models


class Migration(migrations.Migration):
    """What lay with somebody who is gone can be taken up by another."""

    dependencies = [("preparation", "0009_consent_as_a_record")]

    operations = [
        migrations.RemoveConstraint(model_name="takenup", name="taken_up_once"),
        migrations.AddConstraint(
            model_name="takenup",
            constraint=models.UniqueConstraint(fields=("programme", "complaint", "by"), name="taken_up_once_by_each"),
        ),
    ]
