"""Where the coach may speak ahead of each part: which free time belongs to which announcement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from voiceguide.coach.ahead import Ahead, Ranked
from voiceguide.coach.frame import Stretch, as_long_as_its_words
from voiceguide.coach.gaps import Align, Item, Rank, Region, Span
from voiceguide.coach.words import Line
from voiceguide.model.session import Coaching

EFFORT_TAIL_MS = 10_000
"""Without a gap, the next part is told in so much of the effort's end."""
MIN_EFFORT_MS = 20_000
"""A shorter effort is not talked over."""
BEFORE_WAIT_MS = 20_000
"""What comes after a wait is told so long before it, or in it: sooner, it would be forgotten."""
PIECE_MS = 120_000
"""Words further apart than this are not laid out together: that would grow with the square."""

Run = tuple[Stretch, ...]


def build(stretches: Sequence[Stretch], ahead: Ahead) -> list[Region]:
    """The regions of a session in the order of time, each with all that might be said in it."""
    regions = [
        region
        for run, target in _gaps_and_targets(stretches)
        for region in _regions(run, target, stretches, ahead)
    ]
    return [region for region in regions if region.items]


def at_start(region: Region, target: Stretch) -> Region:
    """An announcement that found no room before, moved to the beginning of its own part."""
    own = (target.start_ms, target.end_ms)
    items = (
        replace(item, within=own, align="head")
        for item in region.items
        if item.line.about == target.part_index
    )
    return _region((target,), items, target.part_index)


def is_gap(stretch: Stretch) -> bool:
    """Whether a stretch has free time in which the coach may speak of what comes next."""
    return stretch.part.kind != "work" and not as_long_as_its_words(stretch)


def on_the_boundary(coaching: Coaching) -> bool:
    """Words instead of tones: the name is spoken as the part begins, as breathing needs it."""
    return coaching.talk == "names" and coaching.countdown == 0 and not coaching.starts


def _gaps_and_targets(stretches: Sequence[Stretch]) -> Iterator[tuple[Run, Stretch | None]]:
    """Each run of gaps with the named part it leads to; a talk between them does not part them."""
    run: list[Stretch] = []
    for stretch in stretches:
        if stretch.part.named:
            yield tuple(run), stretch
            run = []
        if is_gap(stretch):
            if run and run[-1].index != stretch.index - 1:
                yield tuple(run), None
                run = []
            run.append(stretch)
    if run:
        yield tuple(run), None


def _regions(
    run: Run, target: Stretch | None, stretches: Sequence[Stretch], ahead: Ahead
) -> Iterator[Region]:
    chain = () if target is None else ahead.chains.get(target.part_index, ())
    if target is None or on_the_boundary(target.part.coaching):
        for piece in _pieces(run):
            yield _region(piece, _inside(piece, ahead), piece[-1].part_index)
        if target is not None:
            yield _announcing(target, (target,), chain, "head", target.start_ms)
    elif run:
        waits = [number for number, stretch in enumerate(run, 1) if stretch.part.kind == "wait"]
        after = run[waits[-1] :] if waits else run
        align: Align = "tail" if after else "head"  # nobody knows how long the listener waits
        lately_ms = run[-1].start_ms - BEFORE_WAIT_MS
        start_ms = after[0].start_ms if after else max(run[0].start_ms, lately_ms)
        region = _announcing(target, run, chain, align, start_ms)
        *early, late = _pieces(run) if align == "tail" else [run]
        for piece in early:
            yield _region(piece, _inside(piece, ahead), piece[-1].part_index)
        region.items = _inside(late, ahead) + region.items
        yield region
    else:
        before = stretches[target.index - 1] if target.index else None
        if before is not None and _is_long_effort(before):
            yield _announcing(target, (before,), chain, "tail", before.end_ms - EFFORT_TAIL_MS)
        else:
            yield _announcing(target, (target,), chain, "head", target.start_ms)


def _pieces(run: Run) -> list[Run]:
    """A long run in pieces, counted from its end, in which what is told need not heed the rest."""
    end_ms = run[-1].end_ms if run else 0
    pieces = groupby(run, key=lambda stretch: (end_ms - stretch.end_ms) // PIECE_MS)
    return [tuple(piece) for _, piece in pieces]


def _inside(run: Run, ahead: Ahead) -> list[Item]:
    """What is told at the beginning of each gap."""
    return [
        Item(line, rank, (stretch.start_ms, stretch.end_ms), "head")
        for stretch in run
        for line, rank in ahead.inside.get(stretch.part_index, ())
    ]


def _is_long_effort(stretch: Stretch) -> bool:
    part = stretch.part
    return part.kind == "work" and not part.own_pace and stretch.length_ms >= MIN_EFFORT_MS


def _announcing(
    target: Stretch, room: Run, chain: Iterable[Ranked], align: Align, start_ms: int
) -> Region:
    span = (start_ms, room[-1].end_ms)
    over_work = room[0].part.kind == "work" and (room[0] is not target or target.part.reps)
    items = (
        Item(_brief(line) if over_work and rank == Rank.SETUP else line, rank, span, align)
        for line, rank in chain
    )
    return _region(room, items, target.part_index)


def _brief(line: Line) -> Line:
    """Only its shortest form: nobody follows a long set-up in the middle of an effort."""
    return Line(line.role, line.forms[-1:], line.about)


def _region(room: Run, items: Iterable[Item], about: int) -> Region:
    return Region(
        about=about,
        room=tuple(stretch.index for stretch in room),
        windows=lambda given_way: _windows(room, given_way),
        n_ticks=len(room[-1].countdown_ms),
        items=list(items),
    )


def _windows(room: Run, given_way: int) -> list[Span]:
    """Free time in a room, joined where no tone parts it."""
    windows: list[Span] = []
    for stretch in room:
        ticks = given_way if stretch is room[-1] else 0
        low, high = stretch.speech_from_ms, stretch.speech_until_ms(ticks)
        if windows and windows[-1][1] == low:
            windows[-1] = (windows[-1][0], high)
        elif low < high:
            windows.append((low, high))
    return windows
