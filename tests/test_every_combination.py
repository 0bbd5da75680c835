"""Each way to write an amount, with all sides, orders, sets and places: timed as by hand.

The lengths are worked out here, from the script alone; nothing of the planner is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Segment, Timeline

PREPARE_MS, REST_MS, SWITCH_MS, BETWEEN_MS = 5_000, 12_000, 6_000, 9_000
SLOT_MS = 900_000
ROUNDS = 2


@dataclass(frozen=True)
class Amount:
    """One way to say how much, and what it comes to."""

    keys: str
    """With `{}` in the place of a value, for an amount that may differ from set to set."""
    values: tuple[str, ...]
    """One for each of three sets; the first of them for all, where there is no list."""
    lengths_ms: tuple[int, ...]
    marks_ms: tuple[tuple[int, ...], ...] = ((), (), ())
    """Starts of the reps or holds in each set."""


def _marks(counts: Sequence[int], each_ms: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(turn * each_ms for turn in range(count)) for count in counts)


AMOUNTS = {
    "duration": Amount("duration: {}", ("20s", "7.3s", "65s"), (20_000, 7_300, 65_000)),
    "reps": Amount(
        "reps: {}, pace: 2.5s", ("8", "1", "5"), (20_000, 2_500, 12_500), _marks((8, 1, 5), 2_500)
    ),
    "a range": Amount(
        "reps: {}, tempo: 2-0-X-0",
        ("4-6", "10-20", "1-3"),
        (12_000, 30_000, 3_000),
        _marks((4, 10, 1), 3_000),
    ),
    "a hold": Amount(
        "hold: {}", ("15s", "0.5s", "40s"), (15_000, 500, 40_000), _marks((1, 1, 1), 2_000)
    ),
    "holds": Amount(
        "hold: {}, reps: 3, release: 1s",
        ("5s", "10s", "2s"),
        (17_000, 32_000, 8_000),
        ((0, 6_000, 12_000), (0, 11_000, 22_000), (0, 3_000, 6_000)),
    ),
    "holds without a release": Amount(
        "hold: 4s, reps: {}, release: 0",
        ("2", "4", "1"),
        (8_000, 16_000, 4_000),
        _marks((2, 4, 1), 4_000),
    ),
    "own pace, estimated": Amount(
        "reps: {}, pace: own, estimate: 25s", ("8", "6", "4"), (25_000, 25_000, 25_000)
    ),
    "own pace, by reps": Amount("reps: {}, pace: own", ("8", "6", "4"), (24_000, 18_000, 12_000)),
}
SIDES = {
    "none": (None,),
    "left-right": ("left", "right"),
    "right-left": ("right", "left"),
    "each": ("left", "right"),
    "alternate": ("alternate",),
    "left": ("left",),
}
ORDERS = ("per-set", "per-side")
SETS = ("one", "two", "list")
PLACES = ("plain", "repeat", "every", "block")

Row = tuple[str, int, str | None, int | None]
"""(kind, length in ms, side, set)"""


def script(amount: Amount, sides: str, order: str, sets: str, place: str) -> str:
    value = f"[{', '.join(amount.values)}]" if sets == "list" else amount.values[0]
    keys = amount.keys.replace("{}", value)
    around = f"rest: {REST_MS}, switch: {SWITCH_MS}".replace("000", "")
    n_sets = "sets: 2, " if sets == "two" else ""
    own = f"exercise: hop, {keys}, {n_sets}sides: {sides}, order: {order}"
    if place == "block":
        step = f"{{block: B, defaults: {{{around}, prepare: 5s}}, steps: [{{{own}}}]}}"
    elif place == "repeat":
        step = f"{{repeat: {ROUNDS}, rest: 9s, steps: [{{{own}, {around}}}]}}"
    elif place == "every":
        step = f"{{every: 15m, rounds: {ROUNDS}, steps: [{{{own}, {around}}}]}}"
    else:
        step = f"{{{own}, {around}}}"
    return f"voiceguide: 1\ntitle: T\nsteps:\n- {step}\n"


def exercise(amount: Amount, sides: str, order: str, sets: str) -> Iterator[Row]:
    """The rows of the exercise alone."""
    n_sets = {"one": 1, "two": 2, "list": 3}[sets]
    lengths = amount.lengths_ms if sets == "list" else amount.lengths_ms[:1] * n_sets
    turns: Sequence[tuple[int, str | None]] = [
        (number, side) for number in range(n_sets) for side in SIDES[sides]
    ]
    if order == "per-side":
        turns = [(number, side) for side in SIDES[sides] for number in range(n_sets)]
    before: tuple[int, str | None] | None = None
    for number, side in turns:
        if before is not None:
            same = before[0] == number if order == "per-set" else before[1] != side
            yield ("switch", SWITCH_MS, None, None) if same else ("rest", REST_MS, None, None)
        yield "work", lengths[number], side, number + 1
        before = number, side


def expected(rows: Sequence[Row], place: str) -> list[Row]:
    prepare: Row = ("prepare", PREPARE_MS, None, None)
    if place == "repeat":
        return [prepare, *rows, ("rest", BETWEEN_MS, None, None), *rows]
    if place == "every":
        left = SLOT_MS - sum(length for _, length, _, _ in rows)
        return [prepare, *[*rows, ("rest", left, None, None)] * ROUNDS]
    return [prepare, *rows]


def plan(text: str) -> Timeline:
    return pipeline.plan(
        Source(text.encode(), "script.yaml", Path()), Options(engine="silent"), estimate=True
    )


def as_row(segment: Segment) -> Row:
    return segment.kind, segment.length_ms, segment.side, segment.set


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        (
            "hold: 5s, reps: 2, rest: 1s, release: '{set}'",
            [("work", 11), ("rest", 1), ("work", 12), ("rest", 1), ("work", 13)],
        ),
        (
            "duration: 5s, rest: '{set}'",
            [("work", 5), ("rest", 1), ("work", 5), ("rest", 2), ("work", 5)],
        ),
        (
            "reps: 2, rest: 0, pace: '{set}', sides: left-right, switch: '{set}'",
            [(kind, n * length) for n in (1, 2, 3)
             for kind, length in (("work", 2), ("switch", 1), ("work", 2))],
        ),
        (
            "reps: '{set}', rest: 0, pace: 1s, sides: each, switch: '{sets}', order: per-side",
            [("work", 1), ("work", 2), ("work", 3), ("switch", 3),
             ("work", 1), ("work", 2), ("work", 3)],
        ),
    ],
)  # fmt: skip
def test_a_number_may_be_that_of_the_set(keys: str, rows: list[tuple[str, int]]) -> None:
    step = f"{{exercise: hop, sets: 3, prepare: '{{sets}}', {keys}}}"
    segments = plan(f"voiceguide: 1\ntitle: T\nsteps: [{step}]\n").segments
    assert [(s.kind, s.length_ms // 1000) for s in segments] == [("prepare", 3), *rows]


COMBINATIONS = tuple(product(AMOUNTS, PLACES, SIDES, ORDERS, SETS))
PART = 7
"""The quick tests take each seventh: prime to every list above, so that all values come up."""


def check(combination: tuple[str, str, str, str, str]) -> None:
    name, place, sides, order, sets = combination
    amount = AMOUNTS[name]
    text = script(amount, sides, order, sets, place)
    timeline = plan(text)
    rows = expected(list(exercise(amount, sides, order, sets)), place)
    assert [as_row(segment) for segment in timeline.segments] == rows, text
    assert timeline.duration_ms == sum(length for _, length, _, _ in rows), text
    for segment in timeline.segments:
        if segment.kind == "work":
            marks = amount.marks_ms[(segment.set or 1) - 1 if sets == "list" else 0]
            found = tuple(mark - segment.start_ms for mark in segment.marks_ms)
            assert found == marks, text
    if len(SIDES[sides]) > 1:
        left, right = (
            sum(segment.length_ms for segment in timeline.segments if segment.side == side)
            for side in ("left", "right")
        )
        assert left == right > 0, text


def test_a_part_of_all_combinations_is_timed_as_by_hand() -> None:
    for combination in COMBINATIONS[::PART]:
        check(combination)


@pytest.mark.slow
def test_every_combination_is_timed_as_by_hand() -> None:
    for combination in COMBINATIONS:
        check(combination)
