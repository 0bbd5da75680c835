"""Segments against rows: kinds, lengths and fields (sections 1, 2 and 3.1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from contract.row import Plan, Row, Segment, name_of

_STEP_MS = 500
"""A talk is as long as its words take, rounded up to this."""
_AFTER_MS = 400
_QUIET_MS = 500
_GRID_MS = 24
"""Speech may start on the grid of MP3 frames."""


def align(
    rows: list[Row], timeline: dict[str, Any]
) -> tuple[list[tuple[Row | None, Segment]], list[str]]:
    """Each segment that lasts with its row, or what keeps them from agreeing."""
    pairs: list[tuple[Row | None, Segment]] = []
    filled: dict[int, int] = defaultdict(int)
    todo = list(reversed(rows))
    for segment in timeline["segments"]:
        length = segment["end_ms"] - segment["start_ms"]
        if length == 0:
            continue
        while todo and _vanished(todo[-1], segment, filled):
            gone = todo.pop()
            if gone.begins and todo:
                todo[-1] = replace(todo[-1], begins=(*gone.begins, *todo[-1].begins))
        if _added(segment, timeline, todo[-1] if todo else None):
            pairs.append((None, segment))
            continue
        if not todo:
            return pairs, [f"1: {name_of(segment)} is more than the script has"]
        row = todo.pop()
        wanted = row.length_ms if row.fills is None else _left_over(row, filled)
        if row.kind != segment["kind"] or wanted not in (None, length):
            told = "as its words take" if wanted is None else f"{wanted} ms"
            return pairs, [f"1: {name_of(segment)} is to be {row.kind} {row.label or ''} of {told}"]
        for slot, _ in row.slots:
            filled[slot] += length
        pairs.append((row, segment))
    todo = [row for row in todo if not _may_vanish(row, filled)]
    return pairs, [f"1: {len(todo)} rows are missing at the end, first {todo[-1]}"] if todo else []


def _left_over(row: Row, filled: dict[int, int]) -> int:
    return dict(row.slots)[row.fills or 0] - filled[row.fills or 0]


def _may_vanish(row: Row, filled: dict[int, int]) -> bool:
    if row.fills is not None:
        return _left_over(row, filled) == 0
    return row.kind == "prepare" and row.length_ms is None and row.coach.talk == "beeps"


def _vanished(row: Row, segment: Segment, filled: dict[int, int]) -> bool:
    return _may_vanish(row, filled) and (row.fills is not None or segment["kind"] != row.kind)


def _added(segment: Segment, timeline: dict[str, Any], row: Row | None) -> bool:
    """Whether it is a talk that the coach had to add for a safety line."""
    if segment["kind"] != "talk":
        return False
    inside = [cue for cue in timeline["cues"] if cue["segment"] == segment["index"]]
    roles = {cue["role"] for cue in inside if cue["kind"] == "speech"}
    if "safety" not in roles or "script" in roles:
        return False
    length = segment["end_ms"] - segment["start_ms"]
    return row is None or row.kind != "talk" or row.length_ms != length


def check(plan: Plan) -> list[str]:
    """Fields of every segment, the length of every talk, and of every slot."""
    found: list[str] = []
    for row, segment in plan.pairs:
        if row is None:
            if not plan.timeline["warnings"]:
                found.append(f"3.1: {name_of(segment)} was added without a warning")
            continue
        found += [f"4: {name_of(segment)}: {line}" for line in _fields(row, segment)]
    return [*found, *_slots(plan), *_talks(plan)]


def _fields(row: Row, segment: Segment) -> list[str]:
    start = segment["start_ms"]
    wanted: dict[str, Any] = {"block": row.blocks[-1] if row.blocks else None}
    if row.loops is not None:
        rounds = row.loops[-1] if row.loops else (None, None)
        wanted["loops"] = [list(turn) for turn in row.loops]
        wanted["round"], wanted["rounds"] = rounds
    if row.kind == "work":
        wanted |= {"side": row.side, "set": row.set, "sets": row.sets}
        wanted |= {"target": row.target, "distance": row.distance, "hold_ms": row.hold_ms}
        if row.hold_ms is None or segment["reps"] is not None:
            wanted["reps"] = row.reps
        if not row.timed:
            wanted["own_pace"] = row.own_pace
        if row.rep_ms:
            wanted["rep_ms"] = row.rep_ms
            wanted["marks_ms"] = [start + mark for mark in row.marks_ms]
        if segment["exercise"] is None and segment["label"].casefold() != (row.label or ""):
            wanted["label"] = row.label
    if row.kind == "rest" and row.label:
        wanted["label"] = row.label
    return [
        f"{key} is {segment[key]!r}, the script says {value!r}"
        for key, value in wanted.items()
        if _plain(segment[key]) != _plain(value)
    ]


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _slots(plan: Plan) -> list[str]:
    lengths: dict[tuple[int, int], int] = defaultdict(int)
    for row, segment in plan.pairs:
        for slot in row.slots if row else ():
            lengths[slot] += segment["end_ms"] - segment["start_ms"]
    return [
        f"2: slot {number} lasts {length} ms, not {slot_ms}"
        for (number, slot_ms), length in lengths.items()
        if length != slot_ms
    ]


def _talks(plan: Plan) -> list[str]:
    """The length of each `say` without `within`, and of each added talk, from its words."""
    found: list[str] = []
    for row, segment in plan.pairs:
        length = segment["end_ms"] - segment["start_ms"]
        measured = row is None or (row.kind == "talk" and row.length_ms is None and row.say)
        if not measured:
            continue
        role = "script" if row else "safety"
        words = [cue for cue in plan.speech(role) if cue["segment"] == segment["index"]]
        if len(words) != 1:
            found.append(f"2: {name_of(segment)} has {len(words)} cues of its own words")
            continue
        before = _lead_ms(plan, segment, words[0])
        spoken = words[0]["end_ms"] - words[0]["start_ms"]
        least = before + spoken + _AFTER_MS
        wanted = {-(-(least + slack) // _STEP_MS) * _STEP_MS for slack in range(_GRID_MS)}
        if length not in wanted:
            found.append(
                f"2: {name_of(segment)} lasts {length} ms, its words need {sorted(wanted)}"
            )
    return found


def _lead_ms(plan: Plan, segment: Segment, words: dict[str, Any]) -> int:
    """What comes before the words: the quiet start, a tone on the boundary, or the lead-in."""
    start = int(segment["start_ms"])
    if start == 0:
        return _QUIET_MS
    if any(tone["end_ms"] == words["start_ms"] for tone in plan.tones("wake")):
        return plan.coaching[segment["index"]].wake_ms
    sounding = [
        int(cue["end_ms"])
        for cue in plan.timeline["cues"]
        if cue is not words and cue["start_ms"] <= start < cue["end_ms"]
    ]
    return max(sounding, default=start) - start
