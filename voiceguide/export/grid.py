"""The grid of a picture: where a time lies, and what lies in each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from voiceguide.model.timeline import Cue, Segment

RUN = 528
"""How wide a whole row is."""
THIN = 2
"""Neighbours that are thinner are drawn as one."""

_MOST_ROWS = 6
_ROWS_S = (
    (4, 1), (10, 2), (20, 5), (40, 10), (60, 15), (120, 30), (180, 60), (300, 60), (600, 120),
    (900, 300), (1200, 300), (1800, 600), (3600, 900), (7200, 1800),
)  # fmt: skip
"""Seconds in a row, and from one tick of its axis to the next."""

Item = TypeVar("Item", bound=Segment | Cue)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a time lies: in rows of one length, one below the other."""

    row_ms: int
    tick_ms: int
    n_rows: int
    left: float
    top: float
    """Of the tallest bar in the first row."""
    bar: float
    """Height of the tallest bar."""
    pitch: float
    """From one row to the next."""

    def x(self, ms: float, row: int) -> float:
        """Of a time in a row; the end of a row is not the start of the next."""
        return self.left + (ms - row * self.row_ms) * RUN / self.row_ms

    def floor(self, row: int) -> float:
        """What the bars of a row stand on."""
        return self.top + row * self.pitch + self.bar


def scale(duration_ms: int) -> tuple[int, int, int]:
    """Length of a row and of a tick of its axis in ms, and how many rows there are."""
    fitting = (row for row in _ROWS_S if row[0] * 1000 * _MOST_ROWS >= duration_ms)
    row_s, tick_s = next(fitting, _ROWS_S[-1])
    return row_s * 1000, tick_s * 1000, max(1, -(-duration_ms // (row_s * 1000)))


@dataclass(frozen=True, slots=True)
class Piece(Generic[Item]):
    """What of one item, or of several thin neighbours, lies in one row."""

    row: int
    start_ms: int
    end_ms: int
    items: tuple[Item, ...]

    @property
    def length_ms(self) -> int:
        """From start to end, in ms."""
        return self.end_ms - self.start_ms

    def edges(self, grid: Grid) -> tuple[float, float]:
        """Left and right."""
        return grid.x(self.start_ms, self.row), grid.x(self.end_ms, self.row)


def pieces(items: Iterable[Item], grid: Grid) -> Iterator[Piece[Item]]:
    """The items cut at the ends of rows, thin neighbours joined until they can be seen."""
    thin_ms = THIN * grid.row_ms / RUN
    joined: list[Piece[Item]] = []
    for piece in _cut(items, grid.row_ms):
        if joined and not (
            piece.row == joined[0].row
            and piece.start_ms < joined[0].start_ms + thin_ms
            and max(piece.length_ms, joined[0].length_ms) < thin_ms
        ):
            yield _join(joined)
            joined = []
        joined.append(piece)
    if joined:
        yield _join(joined)


def _cut(items: Iterable[Item], row_ms: int) -> Iterator[Piece[Item]]:
    for item in items:
        for row, start_ms, end_ms in in_rows(item.start_ms, item.end_ms, row_ms):
            yield Piece(row, start_ms, end_ms, (item,))


def _join(joined: Sequence[Piece[Item]]) -> Piece[Item]:
    items = tuple(item for piece in joined for item in piece.items)
    return Piece(joined[0].row, joined[0].start_ms, joined[-1].end_ms, items)


def in_rows(start_ms: int, end_ms: int, row_ms: int) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of each part of a time."""
    for row in range(start_ms // row_ms, max(end_ms - 1, start_ms) // row_ms + 1):
        yield row, max(start_ms, row * row_ms), min(end_ms, (row + 1) * row_ms)
