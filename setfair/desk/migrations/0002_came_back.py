from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_posting"),
        ("letters", "0008_came_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("letters.cameback",),
        ),
        migrations.CreateModel(
            name="Stray",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("letters.cameback",),
        ),
    ]
