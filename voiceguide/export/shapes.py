"""Plain shapes that make a picture, and how they look; `svg` and `cover` draw them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from voiceguide.model.timeline import SegmentKind

Paint = SegmentKind | Literal["paper", "ink", "faint", "line", "label"]
"""What a shape is painted as; which colour that is depends on the light."""

LIGHT: Mapping[Paint, str] = MappingProxyType(
    {
        "paper": "#faf8f4", "ink": "#1c212b", "faint": "#596273", "line": "#c9c7c0",
        "label": "#1c212b",
        "work": "#e8682f", "rest": "#2f8790", "switch": "#4472b8", "prepare": "#b47f12",
        "talk": "#7d8698", "wait": "#8a63b8",
    }
)  # fmt: skip
DARK: Mapping[Paint, str] = MappingProxyType(
    {
        "paper": "#161a22", "ink": "#f1eee6", "faint": "#a0a7b6", "line": "#3a4152",
        "label": "#161a22",
        "work": "#ff7a45", "rest": "#3f8f99", "switch": "#7ba7ea", "prepare": "#f0c453",
        "talk": "#77819a", "wait": "#a184cf",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; x runs to the right, y down, both from the top left corner."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    tip: str = ""
    """What it stands for, in words."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text that stands on `y`."""

    x: float
    y: float
    size: float
    paint: Paint
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, in units of its own; later shapes lie upon earlier ones."""

    width: float
    height: float
    title: str
    description: str
    language: str
    shapes: tuple[Box | Text, ...]


def width_of(text: str, size: float) -> float:
    """How wide a text is in most fonts without serifs, and seldom wider, font size `size`."""
    return size * sum(map(_width, text))


def wrap(text: str, size: float, width: float, most_lines: int) -> list[str]:
    """The text in lines of at most `width`, broken at spaces if there are any.

    What is left after `most_lines` is cut, and an ellipsis tells of it.
    """
    lines: list[str] = []
    for word in _words(text, size, width):
        longer = f"{lines[-1]}{word}" if lines else word
        if lines and width_of(longer.rstrip(), size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
        if len(lines) > most_lines:
            break
    kept = [line.strip() for line in lines[:most_lines]]
    if len(lines) > most_lines:
        kept[-1] = _cut(kept[-1], size, width)
    return kept


def _words(text: str, size: float, width: float) -> Iterator[str]:
    """The words of a text, those that are too long in parts; a space after each last part."""
    for word in text.split():
        part = ""
        for letter in word:
            if width_of(part + letter, size) > width:
                yield part
                part = ""
            part += letter
        yield f"{part} "


def _cut(line: str, size: float, width: float) -> str:
    while line and width_of(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    """In font sizes, as in DejaVu Sans, which is wider than most."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    return 0.75 if letter.isupper() else 0.62


_WIDTHS = (("ijl.,:;'!|I() -", 0.36), ("tfr", 0.41), ("w", 0.82), ("mMW@%", 1.0))
