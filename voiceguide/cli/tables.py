"""Tables and paragraphs that fit the terminal, on standard output."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from voiceguide.cli.messages import put

_GAP = 2
"""Blanks between two columns."""
_READABLE = 20
"""No column is made narrower than this."""


def put_rows(rows: Sequence[Sequence[str]], *, indent: int = 0) -> None:
    """Writes a table."""
    for text in table(rows, indent=indent):
        put(text)


def put_paragraph(text: str) -> None:
    """Writes a text in lines of the terminal's width."""
    put("\n".join(_wrapped(text, shutil.get_terminal_size().columns)))


def table(rows: Sequence[Sequence[str]], *, indent: int = 0) -> list[str]:
    """The text of each row, no wider than the terminal unless a single word is.

    Columns are as wide as they need; where that is too much, the widest give way, and their cells
    go on in the next line. Where that is not enough, there are no columns: the cells of a row
    follow each other.
    """
    if not rows:
        return []
    room = shutil.get_terminal_size().columns - indent
    widths = _widths(rows, room)
    lines_of = (_flowed(row, room) if widths is None else _aligned(row, widths) for row in rows)
    return [textwrap.indent("\n".join(lines), " " * indent) for lines in lines_of]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode UAX 11: wide letters take two)."""
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.combining(letter) > 0 for letter in text)
    return len(text) - marks + sum(unicodedata.east_asian_width(each) in "WF" for each in text)


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """The width of each column; None where they cannot stand beside each other."""
    cells = list(zip(*rows, strict=True))
    widths = [max(map(columns, column)) for column in cells]
    least = [
        min(width, max(_READABLE, _longest(column)))
        for width, column in zip(widths, cells, strict=True)
    ]
    least[-1] = min(widths[-1], _READABLE)  # beyond it there is nothing to push aside
    room -= _GAP * (len(widths) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda n: (widths[n] > least[n], widths[n]))
        widths[widest] -= 1
    return widths


def _longest(cells: Sequence[str]) -> int:
    """The width of the longest word."""
    return max((columns(word) for cell in cells for word in cell.split()), default=0)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for n in range(max(map(len, cells))):
        parts = (cell[n] if n < len(cell) else "" for cell in cells)
        padded = (
            part + " " * (width - columns(part) + _GAP)
            for part, width in zip(parts, widths, strict=True)
        )
        yield "".join(padded).rstrip()


def _flowed(row: Sequence[str], room: int) -> list[str]:
    """The cells one after the other; one that does not fit begins a line of its own."""
    gap = " " * _GAP
    lines: list[str] = []
    for cell in filter(None, row):
        if lines and columns(lines[-1] + gap + cell) <= room:
            lines[-1] += gap + cell
        else:
            lines += _wrapped(gap + cell if lines else cell, room, gap)
    return lines


def _wrapped(text: str, room: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, max(room, 1), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [""]
