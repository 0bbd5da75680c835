"""What stands around the work: the warm-up, and the cool-down that takes what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from voiceguide.compose.choice import Choice
from voiceguide.compose.draw import Draw
from voiceguide.compose.session import Slot
from voiceguide.model.exercise import Area

_STRETCHES_MS = (30_000, 25_000, 35_000, 20_000, 40_000, 45_000)
"""What a stretch may last, the usual length first."""
_FILLER_MS = range(25_000, 90_001)
_BREATH_MS = range(25_000, 180_001)
"""What the last move may last; longer where all of the session is breathing."""
_MINUTE_MS = 60_000
"""From here on the filler would be told that half of it is done."""
_LONG_MS = 1_200_000
"""A session of this length begins with two moves that raise the pulse."""

_BESIDE: Mapping[Area, tuple[Area, ...]] = {
    "upper glutes": ("glutes", "hips"),
    "glutes": ("hips", "hamstrings"),
    "hamstrings": ("hips", "glutes"),
    "lower back": ("hips", "core"),
    "calves": ("legs",),
    "legs": ("hips", "glutes", "calves"),
    "hips": ("glutes", "mobility"),
    "core": ("lower back",),
    "upper body": (),
    "mobility": ("hips", "upper body", "lower back"),
    "run drill": ("hips", "hamstrings", "calves", "legs"),
    "breath": ("upper body",),
}
"""What is loosened before an area works, and stretched after it, beside the area itself."""


def warm_up(draw: Draw, target_ms: int) -> tuple[Slot, ...]:
    """What raises the pulse, then what loosens, up to a length; one move at least."""
    wanted = _around(draw.wishes.areas or {choice.area for choice in draw.pool.work})
    practice = _practice(draw)
    taken: list[Slot] = []
    for choice in (*practice, *_raising(draw, target_ms), *_loosening(draw, wanted)):
        slot = draw.slot(choice)
        if choice not in [other.choice for other in taken] and (
            _sum(taken) + slot.length_ms <= target_ms
        ):
            taken.append(slot)
    return tuple(sorted(taken, key=lambda slot: slot.choice in practice))


def cool_down(
    draw: Draw, length_ms: int, work: Sequence[Slot], used: Collection[str]
) -> tuple[Slot, ...] | None:
    """Stretches for what has worked, then easy breathing for the time that is left."""
    zone = next((slot.choice.zone for slot in reversed(work) if slot.choice.zone), None)
    lasts = _BREATH_MS if zone is None else _FILLER_MS
    last = work[-1].choice.rank
    wanted = _around({slot.choice.area for slot in work})
    stretches = sorted(
        (
            choice
            for choice in draw.pool.by_part["cool-down"]
            if zone is not None and choice.zone == zone and choice.id not in used
        ),
        key=lambda choice: (-len(wanted & {*choice.move.areas}), draw.drawn[choice.id]),
    )
    ways: list[tuple[tuple[bool, int, int], tuple[Slot, ...]]] = []
    for preference, stretch_ms in enumerate(_STRETCHES_MS):
        slots: list[Slot] = []
        for choice in (None, *stretches):
            slots += [] if choice is None else [_stretch(draw, choice, stretch_ms)]
            filler = _filler(draw, length_ms - _sum(slots), lasts)
            if filler is not None:
                slots_in_order = sorted(slots, key=lambda s: abs(s.choice.rank - last))
                cost = (filler.work_ms >= _MINUTE_MS, preference, -len(slots))
                ways.append((cost, (*slots_in_order, filler)))
    return min(ways, key=lambda way: way[0])[1] if ways else None


def _practice(draw: Draw) -> tuple[Choice, ...]:
    """The hinge without weight, where one with weight may come and there is time for both."""
    loaded = any(choice.loads_the_back for choice in draw.pool.work)
    if draw.pool.practice is None or not loaded or draw.zones[0] != "up":
        return ()
    return (draw.pool.practice,)


def _raising(draw: Draw, target_ms: int) -> tuple[Choice, ...]:
    if set(draw.wishes.areas) == {"breath"}:
        return ()
    runs = "run drill" in draw.wishes.areas
    options = [
        choice
        for choice in draw.pool.by_part["raise"]
        if choice.zone == draw.zones[0]
        and choice.effort <= draw.wishes.level
        and draw.slot(choice).length_ms <= target_ms
    ]
    options.sort(
        key=lambda each: (
            bool(each.needs),
            runs and -draw.slot(each).length_ms,
            draw.drawn[each.id],
        )
    )
    chosen = options[: 2 if draw.wishes.length_ms >= _LONG_MS else 1]
    return tuple(sorted(chosen, key=lambda each: each.effort))


def _loosening(draw: Draw, wanted: Collection[Area]) -> Iterator[Choice]:
    """What loosens the areas, that for areas not loosened yet first."""
    work = {choice.id for choice in draw.pool.work}
    left = [
        choice
        for choice in draw.pool.by_part["mobilise"]
        if choice.zone == draw.zones[0] and {*choice.move.areas} & {*wanted}
    ]
    loosened: set[Area] = set()
    while left:
        best = min(
            left,
            key=lambda each: (
                bool(each.needs),
                each.id in work,
                -len({*each.move.areas} & {*wanted} - loosened),
                draw.drawn[each.id],
            ),
        )
        left.remove(best)
        loosened |= {*best.move.areas}
        yield best


def _stretch(draw: Draw, choice: Choice, stretch_ms: int) -> Slot:
    timed = choice.move.duration_ms is not None
    return draw.times.slot(choice, work_ms=stretch_ms if timed else None)


def _filler(draw: Draw, length_ms: int, lasts: range) -> Slot | None:
    """The move that takes exactly this time; None where it would be too short or too long."""
    least = draw.times.slot(draw.pool.filler, work_ms=0).length_ms
    work_ms = length_ms - least
    if work_ms not in lasts:
        return None
    return draw.times.slot(draw.pool.filler, work_ms=work_ms)


def _around(areas: Iterable[Area]) -> set[Area]:
    """Areas and those beside them."""
    return {near for area in areas for near in (area, *_BESIDE[area])}


def _sum(slots: Iterable[Slot]) -> int:
    return sum(slot.length_ms for slot in slots)
