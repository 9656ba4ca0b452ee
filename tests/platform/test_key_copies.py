"""The copies of the keys are of these data, or nothing is written over and nothing is destroyed."""

import pytest

from config import key_copies, keyring, places


@pytest.fixture
def copies(monkeypatch, tmp_path):
    """A new installation's keys, and a place for their copies."""
    for name, path in {"KEYS_DIR": "keys", "SECRET_FILE": "secret.key", "DATA_DIR": "data"}.items():
        monkeypatch.setenv(f"SETFAIR_{name}", str(tmp_path / path))
    monkeypatch.setenv("BACKUP_KEYS_DIR", str(tmp_path / "copies"))
    keyring.make()
    return places.backup_keys_dir()


def lying(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_copies_follow_what_is_here(copies):
    key_copies.bring_up_to_date()
    assert sorted(lying(copies)) == ["marks.key", "master-1.key", "secret.key"]
    keyring.make_next()
    keyring.retire_older(2)
    assert [path.name for path in key_copies.retired()] == ["master-1.key"]
    key_copies.bring_up_to_date()
    assert sorted(lying(copies)) == ["marks.key", "master-2.key", "secret.key"]


@pytest.mark.parametrize("theirs", [{"master-7.key", "marks.key", "secret.key"}, {"master-7.key"}, {"master-1.key", "secret.key"}])
def test_a_fresh_start_beside_the_keys_of_other_data_leaves_them_as_they_are(copies, theirs):
    copies.mkdir()
    for name in theirs:
        (copies / name).write_text("ab" * 32 + "\n")
    (copies / "data-keys-7.json").write_text("theirs")
    there = lying(copies)
    assert (key_copies.are_anothers(), key_copies.retired()) == (True, [])
    for act in (key_copies.demand_apart, key_copies.add, key_copies.bring_up_to_date):
        with pytest.raises(key_copies.NotOurs):
            act()
    assert lying(copies) == there


def test_a_copy_that_is_newer_than_these_data_stays(copies):
    key_copies.bring_up_to_date()
    (copies / "master-2.key").write_text("cd" * 32 + "\n")
    key_copies.bring_up_to_date()
    assert "master-2.key" in lying(copies)
