"""Fitting words into a stretch of free time: shorter, faster, later, or not at all.

A `Region` is the room in which the coach speaks ahead of one part: a gap, the end of an effort,
or, where there is neither, the beginning of the part itself. This is the only module that decides
what happens to words that do not fit (`docs/script-format.md`, "Timing", 6).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import product
from operator import itemgetter
from typing import Literal

from voiceguide.coach.words import Line
from voiceguide.model.phrase import Phrase
from voiceguide.model.timeline import Form
from voiceguide.model.units import MP3_FRAME_MS, ceil_to, floor_to

PAUSE_MS = 200
"""Between two cues."""
SPEEDS = (1.05, 1.10, 1.15)
"""Steps of speaking faster; 1.15 is as far as it goes."""

Span = tuple[int, int]
"""(from, until) in ms."""
_from, _until = itemgetter(0), itemgetter(1)
Align = Literal["head", "tail"]
"""As early, or as late as can be."""
Length = Callable[[Phrase], int]
"""Phrase -> length of its clip in ms, at speed 1.0."""


class Rank(IntEnum):
    """Who gives way to whom, after `docs/script-format.md`, "Timing": the lower, the firmer."""

    SAFETY = 0
    NAME = 1
    OWN = 2
    """The script's words about an exercise: they may run on into its work."""
    BLOCK = 3
    AMOUNT = 4
    ROUND = 5
    EQUIPMENT = 6
    SETUP = 7
    REST = 8


MUST = range(Rank.SAFETY, Rank.OWN + 1)
"""Ranks that are placed together, before all others."""
MAY = range(Rank.BLOCK, Rank.REST + 1)


@dataclass(frozen=True, slots=True)
class Take:
    """One way to say a line."""

    line: Line
    form: Form
    phrase: Phrase
    speed: float
    length_ms: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A line at its time."""

    take: Take
    start_ms: int

    @property
    def end_ms(self) -> int:
        """When its clip ends."""
        return self.start_ms + self.take.length_ms


@dataclass(frozen=True, slots=True)
class Item:
    """A line that wants a place in a region."""

    line: Line
    rank: Rank
    within: Span
    """It may not leave this span."""
    align: Align


def takes(line: Line, length: Length) -> Iterator[Take]:
    """All ways to say a line, best first: its forms, then the shortest one faster."""
    for form, phrase in line.forms:
        yield Take(line, form, phrase, 1.0, length(phrase))
    form, phrase = line.forms[-1]
    for speed in SPEEDS:
        yield Take(line, form, phrase, speed, sped_ms(length(phrase), speed))


def sped_ms(length_ms: int, speed: float) -> int:
    """Length of a clip spoken faster, rounded up as the clip itself is."""
    hundredths = round(speed * 100)
    return -(-length_ms * 100 // hundredths)


def free_spans(
    windows: Iterable[Span], taken: Iterable[Span], pause_ms: int = PAUSE_MS
) -> list[Span]:
    """The parts of `windows` that keep `pause_ms` from everything in `taken`.

    Windows are in the order of time, and so is what is left of them.
    """
    blocked = sorted((start - pause_ms, end + pause_ms) for start, end in taken)
    spans: list[Span] = []
    passed = 0
    for low, high in windows:
        while passed < len(blocked) and blocked[passed][1] <= low:
            passed += 1
        free_from = low
        for number in range(passed, len(blocked)):
            start, end = blocked[number]
            if start >= high:
                break
            if start > free_from:
                spans.append((free_from, start))
            free_from = max(free_from, end)
        if free_from < high:
            spans.append((free_from, high))
    return spans


def first_fit(spans: Sequence[Span], length_ms: int, earliest: int, latest: int) -> int | None:
    """The first start on the MP3 frame grid from `earliest`, ending by `latest`."""
    for number in range(bisect_left(spans, earliest, key=_until), len(spans)):
        low, high = spans[number]
        if low > latest:
            break
        start = max(low, earliest)
        snapped = ceil_to(start, MP3_FRAME_MS)
        end = min(high, latest)
        if snapped + length_ms <= end:
            return snapped
        if start + length_ms <= end:
            return start
    return None


def last_fit(spans: Sequence[Span], length_ms: int, earliest: int, latest: int) -> int | None:
    """The last start on the MP3 frame grid, ending by `latest`."""
    for number in reversed(range(bisect_right(spans, latest, key=_from))):
        low, high = spans[number]
        if high < earliest:
            break
        start = min(high, latest) - length_ms
        snapped = floor_to(start, MP3_FRAME_MS)
        begin = max(low, earliest)
        if snapped >= begin:
            return snapped
        if start >= begin:
            return start
    return None


@dataclass(slots=True)
class Region:
    """Free time and what is said in it."""

    about: int
    """Part index of what it speaks of."""
    room: tuple[int, ...]
    """Indices of the stretches it lies in."""
    windows: Callable[[int], list[Span]]
    """Free time, with so many tones of the countdown given way."""
    n_ticks: int
    """How many tones may give way."""
    items: list[Item] = field(default_factory=list)
    """In the order in which they are spoken."""
    placed: list[Placed] = field(default_factory=list)
    given_way: int = 0

    def fit(self, ranks: range, length: Length, taken: Sequence[Span]) -> list[Item]:
        """Places the items of these ranks, all of them if at all possible.

        Lines are shortened, then spoken faster, and at last tones of the countdown give way.

        Returns:
            the items that found no place, least important first; what could be placed is.
        """
        wanted = [item for item in self.items if item.rank in ranks]
        missed: list[Item] = []
        while wanted:
            if self._fit_all(wanted, length, taken):
                return missed
            dropped = max(wanted, key=lambda item: item.rank)
            wanted.remove(dropped)
            missed.append(dropped)
        return missed

    def _fit_all(self, wanted: Sequence[Item], length: Length, taken: Sequence[Span]) -> bool:
        """Places all of these, with as little loss as possible; False where it cannot be done."""
        ranks = {item.rank for item in wanted}
        takes_ticks = Rank.OWN not in ranks and not ranks.isdisjoint({Rank.SAFETY, Rank.NAME})
        for given_way in range(self.n_ticks + 1 if takes_ticks else 1):
            spans = free_spans(self.windows(given_way), taken)
            for order in _orders(wanted):
                for choice in _choices(order, length, spans):
                    if (placed := _lay(order, choice, spans)) is not None:
                        self.placed, self.given_way = placed, given_way
                        if order[0] is not wanted[0]:
                            self.items.sort(key=lambda item: item is not order[0])
                        return True
        return False

    def add(self, item: Item, length: Length, taken: Sequence[Span]) -> bool:
        """Places one more item, if everything that is placed keeps its form."""
        chosen = {id(placed.take.line): placed.take for placed in self.placed}
        order = [each for each in self.items if id(each.line) in chosen or each is item]
        spans = free_spans(self.windows(self.given_way), taken)
        for take in takes(item.line, length):
            choice = [take if each is item else chosen[id(each.line)] for each in order]
            if (placed := _lay(order, choice, spans)) is not None:
                self.placed = placed
                return True
        return False

    def ease(self, by_ms: int, taken: Sequence[Span]) -> None:
        """Ends its words so much earlier, where that costs nothing."""
        chosen = {id(placed.take.line): placed.take for placed in self.placed}
        items = [item for item in self.items if id(item.line) in chosen]
        windows = self.windows(self.given_way)
        windows[-1:] = [(low, high - by_ms) for low, high in windows[-1:]]
        spans = free_spans(windows, taken)
        self.placed = _lay(items, [chosen[id(i.line)] for i in items], spans) or self.placed

    def spans(self) -> list[Span]:
        """What is taken by its words."""
        return [(placed.start_ms, placed.end_ms) for placed in self.placed]


def _orders(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The order in which items are spoken, and one that may fit where that does not.

    Two gaps in a row may hold the safety line and the name, but not the name and the safety line.
    """
    yield list(items)
    firmest = min(items, key=lambda item: item.rank)
    if firmest.rank == Rank.SAFETY and firmest is not items[0]:
        yield [firmest, *(item for item in items if item is not firmest)]


def _choices(items: Sequence[Item], length: Length, spans: Sequence[Span]) -> Iterator[list[Take]]:
    """Ways to say all items, those with the least loss first; none that is too long as a whole."""
    room = sum(high - low for low, high in spans)
    full = [next(takes(item.line, length)) for item in items]
    yield full
    ways = [list(enumerate(takes(item.line, length))) for item in items]
    for combination in sorted(product(*ways), key=lambda combi: sum(loss for loss, _ in combi))[1:]:
        choice = [take for _, take in combination]
        if sum(take.length_ms for take in choice) <= room:
            yield choice


def _lay(
    items: Sequence[Item], choice: Sequence[Take], spans: Sequence[Span]
) -> list[Placed] | None:
    """The items at their times, in the order of time; None where they do not fit."""
    pairs = list(zip(items, choice, strict=True))
    placed: list[Placed] = []
    earliest = 0
    for item, take in (pair for pair in pairs if pair[0].align == "head"):
        low, high = item.within
        start = first_fit(spans, take.length_ms, max(low, earliest), high)
        if start is None:
            return None
        placed.append(Placed(take, start))
        earliest = placed[-1].end_ms + PAUSE_MS
    free = free_spans(spans, [(each.start_ms, each.end_ms) for each in placed])
    latest = max((high for _, high in free), default=0)
    for item, take in reversed([pair for pair in pairs if pair[0].align == "tail"]):
        low, high = item.within
        start = last_fit(free, take.length_ms, low, min(high, latest))
        if start is None:
            return None
        placed.append(Placed(take, start))
        latest = start - PAUSE_MS
    return sorted(placed, key=lambda each: each.start_ms)
