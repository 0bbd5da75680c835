"""What is said during work: halfway, time left, praise, set-up (3.8)."""

from __future__ import annotations

from collections.abc import Iterator

from contract.row import Plan, Row, Segment, name_of

HALFWAY_MS, REMAINING_MS = 60_000, 30_000
"""The shortest work that has them."""
LATE_MS = 2000
"""How late the time left may be told; the contract has no figure, and later it is not true."""
APART = 5
"""A line of praise does not come again within so many."""
_GRID_MS = 24


def check(plan: Plan) -> list[str]:
    """Lines in work that is too short for them, at the wrong moment, or too often."""
    return [f"3.8: {line}" for line in (*_during(plan), *_set_up(plan))]


def _during(plan: Plan) -> Iterator[str]:
    """Halfway, time left, praise: only in work long enough, and when they are true."""
    for cue in (*plan.speech("halfway", "remaining"), *plan.tones("halfway")):
        segment = next(seg for seg in plan.segments if seg["index"] == cue["segment"])
        length = segment["end_ms"] - segment["start_ms"]
        least = HALFWAY_MS if cue["role"] == "halfway" else REMAINING_MS
        if segment["kind"] != "work" or length < least:
            yield f"{cue['role']} at {cue['start_ms']} ms in {name_of(segment)}"
        left = plan.coaching[segment["index"]].remaining
        due = [length // 2] if cue["role"] == "halfway" else left
        late = [cue["start_ms"] - (segment["end_ms"] - ms) for ms in due]
        if not any(-_GRID_MS <= ms <= LATE_MS for ms in late):
            yield f"{cue['role']} at {cue['start_ms']} ms, {late} ms late"
    for row, segment in plan.pairs:
        yield from _due(plan, row, segment)
    praise = [cue["text"] for cue in plan.speech("praise")]
    for place, text in enumerate(praise):
        if text in praise[max(0, place - APART + 1) : place]:
            yield f"praise {text!r} comes again within {APART}"


def _due(plan: Plan, row: Row | None, segment: Segment) -> Iterator[str]:
    """Halfway and time left of timed work are spoken, or listed as left out."""
    length = segment["end_ms"] - segment["start_ms"]
    if row is None or not row.timed or row.coach.talk in {"names", "beeps"}:
        return
    index = segment["index"]
    said = {cue["role"] for cue in plan.timeline["cues"] if cue["segment"] == index}
    due = {
        "halfway": row.coach.halfway and length >= HALFWAY_MS,
        "remaining": length >= REMAINING_MS and any(ms < length for ms in row.coach.remaining),
    }
    for role, wanted in due.items():
        if wanted and role not in said and not plan.dropped(index, role):
            yield f"{name_of(segment)} has no {role}, and nothing says why"


def _set_up(plan: Plan) -> Iterator[str]:
    """Set-up text in full belongs to a first set."""
    rows = plan.rows
    for cue in plan.speech("setup"):
        row = rows.get(cue["about"])
        if row is None or row.kind != "work":
            yield f"setup {cue['text']!r} is about no work"
        elif cue["form"] == "full" and row.set != 1:
            yield f"setup {cue['text']!r} in full, for set {row.set}"
