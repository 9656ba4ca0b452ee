from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [("letters", "0003_paper")]

    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("letters.letter",),
        ),
    ]
