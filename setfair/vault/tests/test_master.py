"""Master keys: files outside the database, one for each purpose derived, none in common."""

import os
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from setfair.vault import master

KEY_1, KEY_2, MARKS = "11" * 32, "22" * 32, "33" * 32


@pytest.fixture
def keys(settings, tmp_path):
    """`keys({1: ..., 2: ...})` puts those files in place of the real ones, `marks` beside them."""
    settings.KEYS_DIR = tmp_path

    def put(found, marks=""):
        for file in tmp_path.glob("*.key"):
            file.unlink()
        for epoch, text in found.items():
            (tmp_path / f"master-{epoch}.key").write_text(text)
        if marks:
            (tmp_path / "marks.key").write_text(marks)
        master.look_again()

    yield put
    master.look_again()


@pytest.mark.parametrize("found", [{}, {1: "22" * 16}, {1: KEY_1, 2: ""}])
def test_without_usable_keys_it_says_so_in_plain_words(keys, found):
    keys(found)
    with pytest.raises(ImproperlyConfigured, match="no usable master key"):
        master.masters()


def test_codes_on_paper_outlive_the_master_key(keys):
    keys({1: KEY_1}, MARKS)
    before = master.digest("code", "7F3K22QM")
    keys({2: KEY_2}, MARKS)
    assert master.epoch() == 2
    assert master.digest("code", "7F3K22QM") == before


def test_codes_of_an_installation_without_a_file_of_marks_outlive_its_first_master_key_too(keys):
    keys({1: KEY_1})
    before, wrap = master.digest("code", "7F3K22QM"), master.derived(1, "wrap")
    inherited = [f"{key.hex()} {purpose}" for purpose, key in master.inherited(bytes.fromhex(KEY_1)).items()]
    keys({2: KEY_2}, "\n".join([MARKS, *inherited]))
    assert master.digest("code", "7F3K22QM") == before
    assert master.mark_key("draft") != master.mark_key("code")
    assert wrap not in [bytes.fromhex(line.split()[0]) for line in inherited]


def test_what_tells_of_a_person_stands_on_the_newest_master_and_is_looked_for_under_each(keys):
    here = uuid.uuid4()
    keys({1: KEY_1}, MARKS)
    before, address = master.blind(here, "hana"), master.trace("contact", "hana@mail.example")
    keys({1: KEY_1, 2: KEY_2}, MARKS)
    assert master.blinds(here, ["hana"]) == [[before], [master.blind(here, "hana")]]
    assert master.traces("contact", "hana@mail.example") == [address, master.trace("contact", "hana@mail.example")]
    keys({2: KEY_2}, MARKS)
    assert before not in master.blinds(here, ["hana"])[0]
    assert address not in master.traces("contact", "hana@mail.example")


def test_a_key_that_comes_or_goes_is_noticed(keys, tmp_path):
    keys({1: KEY_1})
    assert master.epoch() == 1
    (tmp_path / "master-2.key").write_text(KEY_2)
    os.utime(tmp_path, ns=(1, 1))
    assert master.epoch() == 2
    (tmp_path / "master-1.key").unlink()
    os.utime(tmp_path, ns=(2, 2))
    with pytest.raises(KeyError):
        master.derived(1, "wrap")


def test_one_purpose_cannot_stand_in_for_another(keys):
    keys({1: KEY_1})
    assert master.digest("code", "x") != master.digest("link", "x")
    assert master.derived(1, "wrap") != master.derived(1, "code") != bytes.fromhex(KEY_1)
    with pytest.raises(InvalidTag):
        master.unsealed("session", master.sealed("second step", b"words"))


def test_another_installation_has_other_digests(keys):
    keys({1: KEY_1})
    ours = master.digest("code", "7F3K22QM")
    keys({1: KEY_2})
    assert master.digest("code", "7F3K22QM") != ours


def test_a_name_stands_for_something_else_next_door(keys):
    keys({1: KEY_1})
    here, there = uuid.uuid4(), uuid.uuid4()
    assert len(master.blind(here, "hana")) == 10
    assert master.blind(here, "hana") == master.blind(here, "hana")
    assert master.blind(here, "hana") != master.blind(there, "hana")


@pytest.mark.parametrize("words", [b"", b"x", b"w" * 100_000])
def test_what_belongs_to_no_programme_is_sealed_too(keys, words):
    keys({1: KEY_1, 2: KEY_2})
    noise = master.sealed("second step", words)
    assert master.unsealed("second step", noise) == words
    assert noise != master.sealed("second step", words)
    with pytest.raises(InvalidTag):
        master.unsealed("second step", noise[:-1] + bytes([noise[-1] ^ 1]))
