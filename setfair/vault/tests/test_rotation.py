"""Whatever stands on a master key comes under the newest one in a rotation, and whoever seals meanwhile with the older one is sent to look."""

import os
import re
from pathlib import Path

import pytest

from config import places
from setfair.people.models import Person
from setfair.vault import master, rotation
from setfair.vault.models import DataKey
from setfair.vault.ring import MasterReplaced

FLOORS = places.ROOT / "setfair"
SEALS = re.compile(r"\bmaster\.(?:sealed|trace|blind|derived|epoch)\(")


def test_each_floor_that_puts_something_under_a_master_key_takes_part_in_a_rotation():
    seal = {path.relative_to(FLOORS).parts[0] for path in FLOORS.rglob("*.py") if "tests" not in path.parts and SEALS.search(path.read_text())}
    assert (
        {turn.__module__.split(".")[1] for turn in rotation._turns} == seal == {"vault", "letters", "accounts", "people", "preparation", "referrals"}
    )


@pytest.mark.django_db(transaction=True)
def test_whoever_knows_only_a_replaced_master_key_seals_nothing_until_they_find_the_newer(village, settings, tmp_path, superuser_connection):
    for file in Path(settings.KEYS_DIR).glob("*.key"):
        (tmp_path / file.name).write_text(file.read_text())
    settings.KEYS_DIR = tmp_path
    seen = os.stat(tmp_path).st_mtime_ns
    assert master.epoch() == 1
    superuser_connection.execute("INSERT INTO vault_epoch (number, began_at, marks) VALUES (2, now(), '')")
    with pytest.raises(MasterReplaced), village.inside():
        Person.objects.create(name="Hana")
    (tmp_path / "master-2.key").write_text("ab" * 32)
    os.utime(tmp_path, ns=(seen, seen))  # two changes in one tick: the directory looks as it did
    assert master.epoch() == 1
    with village.inside():
        hana = Person.objects.create(name="Hana")
        assert DataKey.objects.get(pk=hana.pk).epoch == 2
    with village.inside():
        assert Person.objects.get(pk=hana.pk).name == "Hana"
