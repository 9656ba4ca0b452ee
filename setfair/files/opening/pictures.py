"""A picture is looked at once and drawn anew: what was not drawn (where it was taken, by which phone, what hangs on its end) is not in it."""

from __future__ import annotations

import io
import warnings

from PIL import ExifTags, Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from setfair.core.bounds import NotTaken

from .kinds import JPEG, PNG

LONGEST = 2560
"""Signs on a photographed letter can be read at this size."""
MOST_POINTS = 50_000_000
"""Counted from the first lines of the file, before a point of it is drawn."""
LARGE_PNG = 4 * 1024 * 1024
QUALITY = 85

Image.MAX_IMAGE_PIXELS = MOST_POINTS
PLUGINS = {JPEG: JpegImagePlugin.JpegImageFile, PNG: PngImagePlugin.PngImageFile}
Image.preinit()
READ_BEFOREHAND = (ExifTags, TiffImagePlugin)
"""What would else be read from the disk in the middle of the work, when nothing can be read any more."""
warnings.simplefilter("error", Image.DecompressionBombWarning)


def drawn_anew(data: bytes, kind: str) -> tuple[str, bytes, str]:
    """Kind, bytes and size (`1200x900`) of the new picture; a large PNG comes out as JPEG."""
    try:
        with PLUGINS[kind](io.BytesIO(data)) as found:
            wide, high = found.size
            if wide * high > MOST_POINTS:
                raise NotTaken("too_many_points")
            picture = _drawn(found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise NotTaken("too_many_points") from None
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError):
        raise NotTaken("broken_picture") from None
    return _saved(picture, kind)


def _drawn(found: Image.Image) -> Image.Image:
    found.draft("RGB", (LONGEST, LONGEST))
    found.load()
    picture = ImageOps.exif_transpose(found)
    picture = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    picture.thumbnail((LONGEST, LONGEST))
    anew = Image.new(picture.mode, picture.size)
    anew.paste(picture)
    return anew


def _saved(picture: Image.Image, kind: str) -> tuple[str, bytes, str]:
    size = f"{picture.width}x{picture.height}"
    if kind == PNG:
        written = io.BytesIO()
        picture.save(written, "PNG", optimize=False)
        if written.tell() <= LARGE_PNG:
            return PNG, written.getvalue(), size
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return JPEG, written.getvalue(), size
