"""One exercise step -> its sets, sides, rests and switches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from contract.scalars import duration_ms, length_said, low, rep_ms
from voiceguide import library
from voiceguide.model.exercise import Move
from voiceguide.model.routine import Range

Step = dict[str, Any]
Scopes = tuple[dict[str, Any], ...]

SET_REST, SWITCH, PACE, RELEASE = "30s", "5s", "3s", "2s"
"""The built-in defaults."""
_AMOUNTS = ("duration", "reps", "hold")
_ROOMY_MS = 8_000
"""A change of sides this long has room for the words of the other side."""
_PER_SET = ("duration", "reps", "hold", "target")


def scope(step: Step, defaults: Scopes, key: str) -> Any:
    """The nearest written value of `key`: step, block by block outwards, script; else None."""
    return next((place[key] for place in (step, *defaults) if key in place), None)


def numbered(step: Step, loops: tuple[tuple[int, int], ...]) -> Step:
    """The step with its numbers `{round}` and `{rounds}` filled in from the innermost loop.

    Outside of any loop there is one round.
    """
    turn, turns = next((loop for loop in reversed(loops) if loop[1] > 1), (1, 1))
    known = {"{round}": str(turn), "{rounds}": str(turns)}

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(each) for each in value]
        return known.get(value, value) if isinstance(value, str) else value

    return {key: filled(value) for key, value in step.items()}


def rows(step: Step, defaults: Scopes, level: str) -> Iterator[dict[str, Any]]:
    """The fields of each row of the step, in order, without its `prepare`."""
    move = _move(step["exercise"], scope(step, defaults, "level") or level)
    step = _with_amount(step, move)
    sets = _sets(step, defaults)
    order = scope(step, defaults, "order") or (move and move.order) or "per-set"
    sides = _sides(step, defaults, move)
    switch = scope(step, defaults, "switch")
    if switch is None:
        switch = SWITCH if move is None or move.switch_ms is None else f"{move.switch_ms / 1000}s"
    turns = [(number, side) for number in range(sets) for side in sides]
    if order == "per-side":
        turns = [(number, side) for side in sides for number in range(sets)]
    before: tuple[int, str] | None = None
    for number, side in turns:
        if before and side != before[1] and (order == "per-side" or number == before[0]):
            yield {"kind": "switch", "length_ms": duration_ms(switch)}
        elif before:
            yield _rest(step, defaults, move, before[0])
        first, before = before is None, (number, side)
        roomy = duration_ms(switch) >= _ROOMY_MS
        mirrored = number == 0 and roomy and "side}" in str(step.get("say", ""))
        yield {
            **_work(step, defaults, move, number),
            "side": None if side == "none" else side,
            "set": number + 1,
            "sets": sets,
            "say": step.get("say") if first or mirrored else None,
            "safety": _safety(move),
        }


def told(step: Step, defaults: Scopes, level: str) -> tuple[list[str], tuple[str, ...]]:
    """What is said of an exercise in an `amrap`, piece by piece, and its safety line."""
    move = _move(step["exercise"], scope(step, defaults, "level") or level)
    step = _with_amount(step, move)
    sets, sides = _sets(step, defaults), _sides(step, defaults, move)
    pieces = [move.name if move else step["exercise"]]
    if sides in {("left",), ("right",), ("alternate",)}:
        pieces += ["alternating"] if sides == ("alternate",) else sides
    by_set = any(isinstance(step.get(key), list) for key in _PER_SET)
    for number in range(sets if by_set else 1):
        duration, reps, hold = (_nth(step, key, number) for key in _AMOUNTS)
        if reps and not duration:
            pieces += reps.split("-")
        if hold or duration:
            pieces.append(length_said(duration_ms(hold or duration)))
        if len(sides) > 1 and (duration or reps or hold):
            pieces.append("each side")
        target = _nth(step, "target", number)
        pieces += [piece for piece in (step.get("distance"), target) if piece]
    if sets > 1 and not by_set:
        pieces.append(f"{sets} sets")
    return pieces, _safety(move)


def _safety(move: Move | None) -> tuple[str, ...]:
    text = move.safety if move and move.safety else ""
    return tuple(filter(None, re.split(r"(?<=[.。]) ?", text)))


def _move(name: str, level: str) -> Move | None:
    move = library.load().find(name)
    if move is None:
        return None
    number = library.level_of(move, int(level) if level.isdigit() else level)
    return library.at_level(move, number or (int(level) if level.isdigit() else 1))


def _with_amount(step: Step, move: Move | None) -> Step:
    """The step; with the amount and sets of the library where it has no amount of its own."""
    if move is None or "distance" in step or any(key in step for key in _AMOUNTS):
        return step
    reps = f"{move.reps.low}-{move.reps.high}" if isinstance(move.reps, Range) else move.reps
    known = {
        "reps": None if reps is None else str(reps),
        "duration": None if move.duration_ms is None else f"{move.duration_ms / 1000}s",
        "hold": None if move.hold_ms is None else f"{move.hold_ms / 1000}s",
    }
    given = {key: value for key, value in known.items() if value}
    return {"library_sets": str(move.sets), "library": "true", **given, **step}


def _sets(step: Step, defaults: Scopes) -> int:
    if "sets" in step:
        return int(step["sets"])
    for key in _PER_SET:
        if isinstance(step.get(key), list):
            return len(step[key])
    return int(scope({}, defaults, "sets") or step.get("library_sets", "1"))


def _sides(step: Step, defaults: Scopes, move: Move | None) -> tuple[str, ...]:
    sides = scope(step, defaults, "sides") or (move.sides if move else "none")
    if sides == "each":
        both = ("left-right", "right-left")
        sides = move.sides if move and move.sides in both else "left-right"
    return tuple(sides.split("-"))


def _nth(step: Step, key: str, number: int) -> Any:
    value = step.get(key)
    return value[number] if isinstance(value, list) else value


def _rest(step: Step, defaults: Scopes, move: Move | None, number: int) -> dict[str, Any]:
    written = _nth(step, "rest", number) or scope({}, defaults, "rest")
    usual = SET_REST if move is None or move.rest_ms is None else f"{move.rest_ms / 1000}s"
    label = scope(step, defaults, "rest_label")
    length_ms = duration_ms(written or usual)
    return {"kind": "rest", "length_ms": length_ms, "label": label, "named": bool(label)}


def _work(step: Step, defaults: Scopes, move: Move | None, number: int) -> dict[str, Any]:
    told = {
        "kind": "work",
        "label": step["exercise"],
        "named": True,
        "target": _nth(step, "target", number),
        "distance": step.get("distance"),
        "cues": tuple(
            (cue["at"], cue.get("say", ""), cue.get("sound", "")) for cue in step.get("cues", ())
        ),
    }
    duration, reps, hold = (_nth(step, key, number) for key in _AMOUNTS)
    count = low(reps) if reps else None
    if hold:
        hold_ms = duration_ms(hold)
        release_ms = duration_ms(scope(step, defaults, "release") or RELEASE)
        count = count or 1
        length_ms = count * (hold_ms + release_ms) - release_ms
        each = {"rep_ms": hold_ms + release_ms, "hold_ms": hold_ms, "release_ms": release_ms}
        return {**told, **each, "reps": count, "length_ms": length_ms}
    pace = _pace(step, defaults, move)
    if duration and pace == "own" and "library" in step:
        length_ms = duration_ms(step.get("estimate", duration))
        return {**told, "own_pace": True, "length_ms": length_ms}
    if duration:
        return {**told, "length_ms": duration_ms(duration)}
    if pace == "own":
        length_ms = duration_ms(step["estimate"]) if "estimate" in step else 3000 * (count or 0)
        return {**told, "reps": count, "own_pace": True, "length_ms": length_ms}
    assert count is not None
    return {**told, "reps": count, "rep_ms": int(pace), "length_ms": count * int(pace)}


def _pace(step: Step, defaults: Scopes, move: Move | None) -> str:
    """`own`, or the ms of a rep: `pace` and `tempo` are one value, and the nearer wins."""
    for place in (step, *defaults):
        if "pace" in place:
            own = place["pace"] == "own"
            return "own" if own else str(duration_ms(place["pace"]))
        if "tempo" in place:
            return str(rep_ms(place["tempo"]))
    if move and move.tempo:
        return str(rep_ms(move.tempo))
    return str(move.pace_ms if move and move.pace_ms else duration_ms(PACE))
