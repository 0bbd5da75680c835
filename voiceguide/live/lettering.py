"""Words in letters as large as a terminal allows: to be read from three metres."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SMALLEST = 9
"""Below so many pixels letters cannot be told apart."""
_HALVES = np.array([" ", "▀", "▄", "█"])
"""Two pixels, one above the other, make a character."""


def fit(text: str, columns: int, rows: int) -> tuple[str, ...] | None:
    """The text in the largest letters that fit, as lines of equal length; None where none do.

    Text with other digits in the same places comes out as large.
    """
    size = _size(re.sub(r"\d", "0", text), columns, rows)
    return draw(text, size) if size else None


@lru_cache(maxsize=64)
def draw(text: str, size: int) -> tuple[str, ...]:
    """The text in letters of `size` pixels, two of which make a row."""
    left, top, right, bottom = (round(edge) for edge in _font(size).getbbox(text))
    picture = Image.new("1", (max(right - left, 1), max(bottom - top, 1)))
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"  # whole pixels: there is no grey in a terminal
    pen.text((-left, -top), text, font=_font(size), fill=1)
    pixels = np.asarray(picture, dtype=np.uint8)
    pixels = np.pad(pixels, ((0, len(pixels) % 2), (0, 0)))
    return tuple("".join(row) for row in _HALVES[pixels[::2] + 2 * pixels[1::2]])


@lru_cache(maxsize=64)
def _size(text: str, columns: int, rows: int) -> int | None:
    for size in range(2 * rows + SMALLEST, SMALLEST - 1, -1):
        left, top, right, bottom = _font(size).getbbox(text)
        if right - left <= columns and bottom - top <= 2 * rows:
            return size
    return None


@lru_cache(maxsize=256)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
