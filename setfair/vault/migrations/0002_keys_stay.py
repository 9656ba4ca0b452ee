from django.db import migrations

from setfair.core.walls_of_cases import AddOnly


class Migration(migrations.Migration):
    """The application makes keys and reads them; nothing it does ever changes or removes one, and with a key all words under it would be gone."""

    dependencies = [("vault", "0001_initial")]

    operations = [AddOnly("datakey")]
