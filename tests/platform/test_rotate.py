"""A new master key while Setfair serves: what was shredded opens nowhere afterwards, an old copy included, and everything else does."""

import json
import shutil
import subprocess
import sys

import pytest

from config import manifest, places
from config.manifest import Manifest
from tests.platform.installation import Installation

pytestmark = pytest.mark.slow
CHAIR = "{} needs a chair by the door"


class Place(Installation):
    def asking(self, *asked: str) -> subprocess.Popen:
        """The application's own code, in its own role, in a process of its own."""
        keys = {"SETFAIR_KEYS_DIR": str(self.data / "keys"), "SETFAIR_SECRET_FILE": str(self.data / "secret.key")}
        own = {"SETFAIR_DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "config.settings", **keys}
        command = [sys.executable, "-m", "tests.platform.words", *asked]
        return subprocess.Popen(command, cwd=places.ROOT, env=self.environment(**own), stdout=subprocess.PIPE, text=True)

    def words(self, *asked: str) -> dict:
        return answer(self.asking(*asked))

    def did(self, module: str, *arguments: str, **besides: str) -> None:
        done = self.run(module, *arguments, **besides)
        assert (done.returncode, done.stderr) == (0, "")

    def keys(self) -> list[str]:
        return sorted(path.name for path in (self.data / "keys").iterdir())

    def copies(self) -> list[str]:
        return sorted(path.name for path in self.keys_copy.iterdir())


def answer(process: subprocess.Popen) -> dict:
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(said)


@pytest.fixture
def places_of():
    made = [Place.founded(), Place.founded()]
    yield made
    for place in made:
        place.clear()


def test_what_was_shredded_opens_nowhere_after_a_rotation_and_everything_else_does(places_of):
    place, elsewhere = places_of
    place.start()
    place.words("sow")
    before, stay = place.words("told"), place.words("stay")["stay"]
    assert before == {
        "opened": {"Hana": CHAIR.format("Hana"), "Omar": CHAIR.format("Omar"), "Nela": "never here"},
        "named": ["Hana", "Omar"],
        "at": ["Hana", "Omar"],
        "code": before["code"],
        "epochs": [1],
    }
    place.did("config.backup")
    (old,) = (place.data / "backups").glob("*.dump")
    assert place.words("shred") == {"gone": 1}
    place.words("more")

    # While it serves, and while a process that knows the old key goes on writing.
    busy, done = place.asking("busy", str(place.home / "done")), place.home / "done"
    place.did("config.rotate")
    done.touch()
    written = answer(busy)
    assert (written["lost"], written["written"] > 3) == (0, True)
    after = place.words("told")
    assert after == {
        "opened": {"Hana": "gone", "Omar": CHAIR.format("Omar"), "Nela": CHAIR.format("Nela")},
        "named": ["Omar", "Nela"],
        "at": ["Omar", "Nela"],
        "code": before["code"],
        "epochs": [2],
    }
    assert place.words("draft", stay) == {"draft": "half a sentence", "step": "JBSWY3DPEHPK3PXP"}
    assert place.keys() == ["marks.key", "master-2.key"]
    assert place.copies() == ["data-keys-2.json", "marks.key", "master-2.key", "secret.key"]
    assert place.page() in (200, 302)

    # Whoever runs the server speaks for the only administrator: nobody else could, so that is enough.
    place.words("alone")
    refused = place.run("config.back_in", "nowhere-at-all")
    assert (refused.returncode, "There is no programme" in refused.stderr, place.words("steps")) == (1, True, {"steps": 1})
    place.did("config.back_in", "rotation-trial")
    assert place.words("steps") == {"steps": 0}
    place.end()

    # The copy from before, with the newest data keys: all but what was shredded, found by name again.
    elsewhere.did("config.restore", str(old), FORCE="1", BACKUP_KEYS_DIR=str(place.keys_copy))
    elsewhere.start()
    opened = {"Hana": "gone", "Omar": CHAIR.format("Omar"), "Nela": "never here"}
    assert elsewhere.words("told") == {"opened": opened, "named": ["Omar"], "at": ["Omar"], "code": before["code"], "epochs": [2]}
    assert elsewhere.keys() == ["marks.key", "master-2.key"]
    assert elsewhere.words("draft", stay) == {"draft": None, "step": "JBSWY3DPEHPK3PXP"}
    elsewhere.end()

    # The same copy with today's master key and without the data keys: nothing.
    shutil.copy(old, elsewhere.home / "stolen.dump")
    told = Manifest.read(old)
    told.keys.pop("master-1.key")
    told.keys["master-2.key"] = manifest.fingerprint(place.keys_copy / "master-2.key")
    told.write(elsewhere.home / "stolen.dump")
    (elsewhere.keys_copy / "data-keys-2.json").unlink()
    elsewhere.did("config.restore", str(elsewhere.home / "stolen.dump"), FORCE="1")
    refused = elsewhere.run("config.run")
    assert refused.returncode == 1
    line = f"setfair: The data need master-1.key, which is not in {elsewhere.data / 'keys'}: put the key back before starting.\n"
    assert refused.stderr == line


def test_a_rotation_that_was_cut_off_is_finished_by_the_next_start(places_of):
    place, _elsewhere = places_of
    place.start()
    place.words("sow")
    place.end()
    first = (place.data / "keys" / "master-1.key").read_text()
    (place.data / "keys" / "master-2.key").write_text("cd" * 32)
    place.start()
    told = place.words("told")
    assert (told["opened"]["Hana"], told["named"], told["epochs"], place.keys()) == (
        CHAIR.format("Hana"),
        ["Hana", "Omar"],
        [2],
        ["marks.key", "master-2.key"],
    )
    place.end()

    # Cut off once more, between the last row and the end of the old key.
    for folder in (place.data / "keys", place.keys_copy):
        (folder / "master-1.key").write_text(first)
    place.start()
    assert place.keys() == ["marks.key", "master-2.key"]
    assert place.copies() == ["data-keys-2.json", "marks.key", "master-2.key", "secret.key"]
    place.end()

    # Without its keys it does not begin at all.
    for name, told_of in (("marks.key", "another marks.key than is"), ("master-2.key", "data here but no key")):
        (place.data / "keys" / name).rename(place.home / name)
        refused = place.run("config.run")
        assert (refused.returncode, told_of in refused.stderr) == (1, True), refused.stderr
        (place.home / name).rename(place.data / "keys" / name)
