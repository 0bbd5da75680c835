"""The timeline as a whole: its shape, the row of segments, chapters (section 4)."""

from __future__ import annotations

from typing import Any

from contract.row import Plan
from contract.scalars import matches

KINDS = frozenset({"talk", "prepare", "work", "rest", "switch", "wait"})
SPEECH = frozenset(
    {"script", "safety", "name", "side", "setup", "amount", "equipment", "halfway", "remaining",
     "rep", "tip", "praise", "block", "round", "rest", "countdown", "finish"}
)  # fmt: skip
TONES = frozenset(
    {
        "countdown",
        "start",
        "rest",
        "switch",
        "release",
        "halfway",
        "rep",
        "wake",
        "earcon",
        "finish",
        "script",
    }
)
MOST_CHAPTERS = 255
MOST_SPEED = 1.15


def check(timeline: dict[str, Any]) -> list[str]:
    """Whether it is a timeline at all: segments touch, cues are in order and of known roles."""
    found: list[str] = []
    duration = timeline["duration_ms"]
    end = 0
    for place, segment in enumerate(timeline["segments"]):
        if segment["index"] != place or segment["kind"] not in KINDS:
            found.append(f"segment {place} is numbered {segment['index']}, a {segment['kind']}")
        if segment["start_ms"] != end or segment["end_ms"] < end:
            found.append(f"segment {place} starts at {segment['start_ms']} ms, not at {end}")
        end = segment["end_ms"]
    if end != duration:
        found.append(f"the last segment ends at {end} ms, the session at {duration}")
    starts = [cue["start_ms"] for cue in timeline["cues"]]
    if starts != sorted(starts):
        found.append("cues are not in the order of their starts")
    found += [line for cue in timeline["cues"] for line in _cue(cue, timeline)]
    found += [line for item in timeline["dropped"] for line in _dropped(item, timeline)]
    return [f"4: {line}" for line in found]


def _cue(cue: dict[str, Any], timeline: dict[str, Any]) -> list[str]:
    what = f"{cue['kind']} {cue['role']} at {cue['start_ms']} ms"
    found: list[str] = []
    if not 0 <= cue["start_ms"] < cue["end_ms"] <= timeline["duration_ms"]:
        found.append(f"{what} ends at {cue['end_ms']}, the session at {timeline['duration_ms']}")
    segments = timeline["segments"]
    if not 0 <= cue["segment"] < len(segments) or not _within(cue, segments[cue["segment"]]):
        found.append(f"{what} does not start in segment {cue['segment']}")
    if cue["role"] not in (SPEECH if cue["kind"] == "speech" else TONES):
        found.append(f"{what} has a role that is not known")
    if cue["kind"] == "speech":
        if not cue["text"] or not cue["spoken"] or cue["form"] not in {"full", "short", "name"}:
            found.append(f"{what} has form {cue['form']!r}, text {cue['text']!r}")
        if not 1.0 <= cue["speed"] <= MOST_SPEED:
            found.append(f"{what} has speed {cue['speed']}")
        if cue["about"] is not None and not 0 <= cue["about"] < len(segments):
            found.append(f"{what} is about segment {cue['about']}, which is not there")
    return found


def _within(cue: dict[str, Any], segment: dict[str, Any]) -> bool:
    """In a segment that lasts; a tone that ends the session belongs to the last."""
    return bool(segment["start_ms"] <= cue["start_ms"] < segment["end_ms"])


def _dropped(item: dict[str, Any], timeline: dict[str, Any]) -> list[str]:
    what = f"dropped {item['role']} {item['text']!r}"
    found: list[str] = []
    if item["role"] not in SPEECH | TONES or not item["reason"]:
        found.append(f"{what} has no reason, or a role that is not known")
    if not 0 <= item["segment"] < len(timeline["segments"]):
        found.append(f"{what} is of segment {item['segment']}, which is not there")
    if item["role"] == "script" and not timeline["warnings"]:
        found.append(f"{what} is the script's own, and no warning says so")
    return found


def check_chapters(plan: Plan) -> list[str]:
    """Chapters touch and begin where blocks, or else steps with work, begin."""
    chapters = plan.timeline["chapters"]
    found: list[str] = []
    end = 0
    for chapter in chapters:
        if chapter["start_ms"] != end or chapter["end_ms"] <= end or not chapter["title"]:
            found.append(f"{chapter} does not follow at {end} ms")
        end = chapter["end_ms"]
    if end != plan.duration_ms:
        found.append(f"the last chapter ends at {end} ms")
    if len(chapters) > MOST_CHAPTERS:
        found.append(f"{len(chapters)} chapters")
    blocks = _block_starts(plan)
    starts = set(blocks) or _step_starts(plan)
    if len(starts | {0}) <= MOST_CHAPTERS:
        told = {chapter["start_ms"] for chapter in chapters}
        if told != starts | {0}:
            found.append(f"chapters start at {sorted(told)}, parts at {sorted(starts | {0})}")
        for chapter in chapters:
            names = blocks.get(chapter["start_ms"])
            if names and not any(matches(f"{{}}{name}{{}}", chapter["title"]) for name in names):
                found.append(f"{chapter} is to be called after {names}")
            if blocks and not names and not matches(plan.script["title"], chapter["title"]):
                found.append(f"{chapter} is to be called as the session")
    return [f"4: {line}" for line in found]


def _block_starts(plan: Plan) -> dict[int, tuple[str, ...]]:
    """Names of the blocks that begin at each moment; an added talk belongs to what follows."""
    starts: dict[int, tuple[str, ...]] = {}
    added: int | None = None
    for row, segment in plan.pairs:
        if row is None:
            added = segment["start_ms"] if added is None else added
            continue
        if row.begins:
            starts[segment["start_ms"] if added is None else added] = row.begins
        added = None
    return starts


def _step_starts(plan: Plan) -> set[int]:
    """Where the steps of the top level that hold work begin; what lies before the first is its."""
    working = {row.top for row, _ in plan.pairs if row and row.kind == "work"}
    starts: dict[int, int] = {}
    added: int | None = None
    for row, segment in plan.pairs:
        if row is None:
            added = segment["start_ms"] if added is None else added
            continue
        if row.top in working:
            starts.setdefault(row.top, segment["start_ms"] if added is None else added)
        added = None
    first = min(starts, default=None)
    return {0 if top == first else ms for top, ms in starts.items()}
