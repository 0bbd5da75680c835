"""The cover of a file: the picture of its session as pixels."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from voiceguide.export.lettering import drawable, font_for
from voiceguide.export.picture import COVER, draw
from voiceguide.export.shapes import DARK, Box, Picture
from voiceguide.model.timeline import Timeline

_FINER = 2
"""Drawn so many times larger and then made smaller: smooth edges."""
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def cover(timeline: Timeline) -> bytes:
    """A square PNG, for players that show it from 40 pixels wide to a few hundred."""
    return png(draw(timeline, COVER))


def png(picture: Picture) -> bytes:
    """A picture as PNG on a dark ground, a pixel for each of its units."""
    width, height = round(picture.width), round(picture.height)
    pixels = Image.new("RGB", (width * _FINER, height * _FINER), DARK["paper"])
    brush = ImageDraw.Draw(pixels)
    for shape in picture.shapes:
        x, y, colour = shape.x * _FINER, shape.y * _FINER, DARK[shape.paint]
        if isinstance(shape, Box):
            # Pillow paints the right and the lower edge too.
            right, lower = x + shape.width * _FINER - 1, y + shape.height * _FINER - 1
            brush.rectangle((x, y, max(right, x), max(lower, y)), colour)
        else:
            text = drawable(shape.text)
            font = font_for(text, shape.size * _FINER)
            brush.text((x, y), text, colour, font, anchor=_ANCHORS[shape.anchor])
    file = io.BytesIO()
    pixels.reduce(_FINER).save(file, "PNG")
    return file.getvalue()
