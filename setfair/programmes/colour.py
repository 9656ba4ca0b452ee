"""A programme's own colour, held to what everyone can read (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import colorsys
import re

PAPER = "#FBF8F3"
ENOUGH = 4.5


def is_colour(text: str) -> bool:
    return re.fullmatch(r"#[0-9A-Fa-f]{6}", text) is not None


def contrast(one: str, other: str = PAPER) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def can_be_read(colour: str) -> bool:
    return contrast(colour) >= ENOUGH


def darker(colour: str) -> str:
    """The nearest colour of the same hue that can be read on paper; the colour itself when it can."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    while not can_be_read(colour):
        lightness -= 0.01
        colour = "#" + "".join(f"{round(max(part, 0) * 255):02X}" for part in colorsys.hls_to_rgb(hue, max(lightness, 0), saturation))
    return colour


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = ((p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for p in (c / 255 for c in _parts(colour)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
