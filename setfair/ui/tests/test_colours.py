"""Every pair of colours that words are set in can be read, by day and by night (WCAG 2.2: 4.5, edges 3)."""

import re
from pathlib import Path

import pytest

from setfair.ui import views

SHEET = (Path(views.__file__).parent / "static/ui/base.css").read_text()
WORDS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "sea") for ground in ("paper", "surface", "sand", "mist")],
    *[(tone, f"{tone}-tint") for tone in ("clay", "sky", "moss", "amber", "red", "plum")],
    *[("ink", f"{tone}-tint") for tone in ("clay", "sky", "moss", "amber", "red", "plum")],
    *[(tone, ground) for tone in ("clay", "red", "sea-deep") for ground in ("paper", "surface")],
    *[("sea", f"{tone}-tint") for tone in ("sky", "moss", "amber", "red", "plum")],
    ("on-sea", "sea"),
    ("on-sea", "sea-deep"),
    ("sea-deep", "mist"),
    ("paper", "ink"),
    ("focus-ink", "focus"),
]
EDGES = [("edge", "paper"), ("edge", "surface"), ("sea", "paper"), ("red", "surface")]


def tokens(block):
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9A-F]{6})", block))


BLOCKS = re.findall(r":root[^{,]*\{([^}]*)\}", SHEET)
LIGHT, NIGHT, ASKED_NIGHT = [tokens(block) for block in BLOCKS if "--paper:" in block]
THEMES = {"light": LIGHT, "dark": {**LIGHT, **NIGHT}}


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert (round(contrast("#FFFFFF", "#000000"), 1), round(contrast("#23302F", "#FBF8F3"), 1)) == (21.0, 12.9)


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme):
    colours = THEMES[theme]
    weak = {(ink, ground): round(contrast(colours[ink], colours[ground]), 2) for ink, ground in WORDS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_can_be_seen(theme):
    colours = THEMES[theme]
    assert {pair: r for pair in EDGES if (r := contrast(*(colours[name] for name in pair))) < 3} == {}


def test_the_night_that_is_asked_for_is_the_night_that_falls():
    assert NIGHT == ASKED_NIGHT
