from django.db import migrations, models


class Migration(migrations.Migration):
    """A letter can say nothing any more after a moment."""

    dependencies = [("letters", "0013_calendar")]

    operations = [migrations.AddField(model_name="letter", name="until", field=models.DateTimeField(null=True))]
