"""Text in pixels: fonts that have the letters."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from functools import lru_cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_FONTS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "NotoSansJP-Regular.otf",
    "Arial Unicode.ttf", "arial.ttf", "msgothic.ttc", "Hiragino Sans GB.ttc",
)  # fmt: skip
"""Asked, in this order, for letters that Pillow's own font has not."""


def drawable(text: str) -> str:
    """The text as far as some font here can draw it, a plain letter in place of a marked one."""
    font = font_for(text, 20)
    return "".join(
        next((form for form in (letter, _plain(letter)) if _can_draw(font, form)), "")
        for letter in text
    )


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)[:1]


@lru_cache
def font_for(text: str, size: float) -> Font:
    """The font that can draw most of `text`; of equals the one that comes with Pillow."""
    fonts = (ImageFont.load_default(size), *_system_fonts(size))
    return max(fonts, key=lambda font: sum(_can_draw(font, letter) for letter in text))


@lru_cache
def _system_fonts(size: float) -> tuple[ImageFont.FreeTypeFont, ...]:
    found = []
    for name in _FONTS:
        with suppress(OSError):
            found.append(ImageFont.truetype(name, size))
    return tuple(found)


@lru_cache(maxsize=4096)
def _can_draw(font: Font, letter: str) -> bool:
    """Whether a font has a letter: what it draws is then not its box for an unknown one."""
    if letter.isspace():
        return True
    unknown, drawn = font.getmask("\U0010fffe"), font.getmask(letter)
    return drawn.size != unknown.size or bytes(drawn) != bytes(unknown)
