"""Judges the plan of a composed script by the wishes and the library alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from voiceguide import library
from voiceguide.compose import Wishes
from voiceguide.model.exercise import Move
from voiceguide.model.timeline import Segment, Timeline

MOVES = library.load().moves
MAY_BE_DROPPED = {"praise", "tip"}
WARM_UP, COOL_DOWN = "Warm-up", "Cool-down"


def faults(session: Timeline, wishes: Wishes) -> list[str]:
    """All that is wrong with the plan of a session that was composed in English."""
    return [fault for check in CHECKS for fault in check(session, wishes)]


def efforts(session: Timeline) -> list[Segment]:
    return [segment for segment in session.segments if segment.kind == "work"]


def moves(session: Timeline, *, of_work: bool = False) -> list[tuple[Move, int]]:
    """Each move with its level, once for each time that it is begun."""
    done = [
        (segment.exercise, segment.level)
        for segment in efforts(session)
        if not of_work or segment.block not in {WARM_UP, COOL_DOWN}
    ]
    return [(MOVES[move_id], level or 1) for (move_id, level), _ in groupby(done) if move_id]


def needs(move: Move, level: int) -> tuple[str, ...]:
    return library.at_level(move, level).equipment


def place(move: Move) -> str | None:
    if move.areas[0] == "breath":
        return None
    return "up" if move.position in {"standing", "chair"} else "floor"


def places(session: Timeline) -> list[str]:
    found = (place(move) for move, _ in moves(session))
    return [where for where, _ in groupby(filter(None, found))]


def of_length(session: Timeline, wishes: Wishes) -> Iterator[str]:
    if session.duration_ms != wishes.minutes * 60_000:
        yield f"it lasts {session.duration_ms} ms"


def of_words(session: Timeline, _: Wishes) -> Iterator[str]:
    for dropped in session.dropped:
        if dropped.role not in MAY_BE_DROPPED:
            yield f"{dropped.role} {dropped.text!r} is not said in full: {dropped.reason}"
    yield from session.warnings
    early = " ".join(cue.text for cue in session.speech if cue.end_ms <= 30_000)
    if not re.search(r"\bstop\b.*\bpain\b", early, re.IGNORECASE):
        yield f"no note on safety in the first 30 s: {early}"


def of_parts(session: Timeline, _: Wishes) -> Iterator[str]:
    blocks = [block for block, _ in groupby(segment.block for segment in efforts(session))]
    if blocks[0] != WARM_UP or blocks[-1] != COOL_DOWN or len(blocks) < 3:
        yield f"its parts are {blocks}"
    for segment in efforts(session):
        parts = MOVES[segment.exercise or ""].parts
        if segment.block == WARM_UP and not {"raise", "mobilise"} & {*parts}:
            yield f"{segment.label} is no warm-up"
        if segment.block == COOL_DOWN and "cool-down" not in parts:
            yield f"{segment.label} is no cool-down"


def of_equipment(session: Timeline, wishes: Wishes) -> Iterator[str]:
    for move, level in moves(session):
        for item in needs(move, level):
            things = re.split(r", | or ", item)
            bare = [re.sub(r"^an? |s$", "", thing) for thing in things]
            given = [re.sub(r"s$", "", thing) for thing in wishes.equipment]
            bands = "band" in given and any(thing.endswith(" band") for thing in bare)
            if not bands and not {*bare} & {*given}:
                yield f"{move.id} needs {item}"


def of_areas(session: Timeline, wishes: Wishes) -> Iterator[str]:
    def area(move: Move) -> str:
        return next((each for each in move.areas if each in wishes.areas), move.areas[0])

    work = [move for move, _ in moves(session, of_work=True)]
    for move in work:
        if wishes.areas and area(move) not in wishes.areas:
            yield f"{move.id} is for none of the areas"
        if "run drill" not in wishes.areas and move.areas[0] == "run drill":
            yield f"{move.id} is a drill"
    for one, other in pairwise(work):
        if len(wishes.areas) != 1 and area(one) == area(other):
            yield f"{one.id} and {other.id} are for the same area"


def of_order(session: Timeline, _: Wishes) -> Iterator[str]:
    done = moves(session)
    twice = [move_id for move_id, n in Counter(move.id for move, _ in done).items() if n > 1]
    if twice:
        yield f"{twice} come twice"
    for (one, _), (other, _) in pairwise(moves(session, of_work=True)):
        if other.id in one.not_with:
            yield f"{one.id} and {other.id} are neighbours"
    work = moves(session, of_work=True)
    hard = [min(3, move.effort + level - 1) for move, level in work]
    if len({*hard}) > 1 and hard[-1] == max(hard):
        yield f"the hardest is the last: {work[-1][0].id}"
    practised = False
    for move, level in done:
        practised |= move.id == "hip-hinge"
        careful = library.at_level(move, level).safety and needs(move, level)
        if careful and "lower back" in move.areas and not practised:
            yield f"{move.id} comes before the hinge without weight"


def of_position(session: Timeline, wishes: Wishes) -> Iterator[str]:
    where = places(session)
    allowed = {
        "any": [["up"], ["floor"], ["up", "floor"], ["floor", "up"]],
        "standing-first": [["up"], ["up", "floor"]],
        "floor-first": [["floor"], ["floor", "up"]],
        "standing": [["up"]],
        "floor": [["floor"]],
    }
    if where and where not in allowed[wishes.position]:
        yield f"one is {where}"


def of_sides(session: Timeline, _: Wishes) -> Iterator[str]:
    times: Counter[tuple[Any, ...]] = Counter()
    for segment in efforts(session):
        if segment.side in {"left", "right"}:
            times[segment.exercise, segment.set, segment.side] += segment.length_ms
    for (move_id, number, side), ms in times.items():
        other = "right" if side == "left" else "left"
        if times[move_id, number, other] != ms:
            yield f"{move_id} has {ms} ms on the {side}"


CHECKS = (
    of_length, of_words, of_parts, of_equipment, of_areas, of_order, of_position, of_sides,
)  # fmt: skip
