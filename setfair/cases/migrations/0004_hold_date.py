from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_exclusion")]

    operations = [migrations.AddField(model_name="hold", name="look_on", field=models.DateField(null=True))]
