"""Tones against rows: boundaries, countdowns, counting, holds, the finish (3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from contract.row import TIED, Coaching, Cue, Plan, Row, Segment, moment_ms

COUNTED_MS = 10_000
"""Segments shorter than this have no countdown."""
CLEAR_MS = 300
"""Between what is said ahead and the countdown, or the start."""
QUIET_MS = 500
"""Nothing but a boundary tone sounds before this moment of the session."""
FINISH_MS = 900
_SECOND_MS = 1000
_TICK_MS = 100
_GRID_MS = 24


def check(plan: Plan) -> list[str]:
    """Every tone that is missing, in the wrong place or of the wrong kind."""
    found = [*_boundaries(plan), *_countdowns(plan), *_counting(plan), *_sounds(plan)]
    return [*(f"3.4: {line}" for line in found), *(f"2: {line}" for line in _own_sounds(plan))]


def _own_sounds(plan: Plan) -> Iterator[str]:
    """The script's own sounds in work: each at its moment, whole, clear of all other signals."""
    signals = plan.tones("countdown", *TIED)
    for row, segment in plan.pairs:
        if row is None or segment["kind"] != "work":
            continue
        own = [tone for tone in plan.tones("script") if tone["segment"] == segment["index"]]
        heard = sorted((tone["start_ms"], tone["sound"]) for tone in own)
        due = sorted((moment_ms(at, segment), sound) for at, _, sound in row.cues if sound)
        if heard != due:
            yield f"sounds of segment {segment['index']} are {heard}, the script says {due}"
        for tone in own:
            if tone["end_ms"] > segment["end_ms"]:
                yield f"{tone['sound']} at {tone['start_ms']} ms leaves its segment"
            for other in signals:
                begins = other["start_ms"]
                if other["role"] == "finish" and other["end_ms"] == plan.duration_ms:
                    begins = other["end_ms"]  # a sound up to the end leaves it the last moment
                if begins < tone["end_ms"] and tone["start_ms"] < other["end_ms"]:
                    yield f"{tone['sound']} at {tone['start_ms']} ms sounds over {other['role']}"


def _boundaries(plan: Plan) -> Iterator[str]:
    last = max((i for i, seg in enumerate(plan.segments) if seg["kind"] != "talk"), default=None)
    actual: dict[int, list[str]] = {}
    for tone in plan.tones(*TIED):
        actual.setdefault(tone["start_ms"], []).append(tone["role"])
    if last == len(plan.segments) - 1:
        finish = next(iter(plan.tones("finish")), None)
        yield from _finish(plan, finish)
        if finish:
            actual[finish["start_ms"]].remove("finish")
    for place, after in enumerate(plan.segments):
        before = plan.segments[place - 1] if place else None
        roles = {"finish"} if last is not None and place == last + 1 else _roles(before, after)
        coaches = {plan.coaching[seg["index"]].starts for seg in (before, after) if seg}
        told = actual.pop(after["start_ms"], [])
        wanted = bool(roles) and True in coaches
        if told and (not wanted or len(told) > 1 or told[0] not in roles):
            yield f"{told} on the boundary at {after['start_ms']} ms, not {sorted(roles)}"
        if wanted and coaches == {True} and not told:
            yield f"no {sorted(roles)} on the boundary at {after['start_ms']} ms"
    yield from (f"{told} at {ms} ms, which is no boundary" for ms, told in actual.items() if told)


def _roles(before: Segment | None, after: Segment) -> set[str]:
    """What may sound between two segments; either of two where a side changes without a gap."""
    if after["kind"] == "work":
        sides = {after["side"], before["side"] if before else None}
        return {"start", "switch"} if sides == {"left", "right"} else {"start"}
    if before is None or before["kind"] != "work":
        return set()
    return {"switch"} if after["kind"] == "switch" else {"rest"}


def _finish(plan: Plan, finish: Cue | None) -> Iterator[str]:
    """The finish of a session that ends with something else than talk."""
    last = plan.segments[-1]
    if not plan.coaching[last["index"]].starts:
        if finish:
            yield "a finish, and no boundary is to have a tone"
        return
    if finish is None:
        yield "the session ends without a finish"
        return
    ticks = [tone["end_ms"] for tone in plan.tones("countdown")]
    if finish["end_ms"] != plan.duration_ms:
        yield f"the finish ends at {finish['end_ms']} ms, the session at {plan.duration_ms}"
    if finish["end_ms"] - finish["start_ms"] > FINISH_MS:
        yield f"a finish of more than {FINISH_MS} ms"
    if max(ticks, default=0) > finish["start_ms"]:
        yield "the finish begins before the countdown has ended"


def _countdowns(plan: Plan) -> Iterator[str]:
    rows, lengths = plan.rows, set[int]()
    left: dict[int, dict[int, Cue]] = {}
    for cue in (*plan.tones("countdown"), *plan.speech("countdown")):
        left.setdefault(cue["segment"], {})[cue["start_ms"]] = cue
        if cue["kind"] == "tone":
            lengths.add(cue["end_ms"] - cue["start_ms"])
    if len(lengths) > 1 or max(lengths, default=0) >= _SECOND_MS:
        yield f"countdown tones of {sorted(lengths)} ms"
    for segment in plan.segments:
        row, cues = rows.get(segment["index"]), left.pop(segment["index"], {})
        if row is None or not _is_counted(row, segment):
            if cues:
                yield f"a countdown in segment {segment['index']} ({segment['kind']})"
            continue
        yield from _countdown(plan, row.coach, segment, cues)
    yield from (f"a countdown in segment {index}, which does not last" for index in left)


def _is_counted(row: Row, segment: Segment) -> bool:
    """Ten seconds or more of prepare, rest, switch or timed work."""
    long = bool(segment["end_ms"] - segment["start_ms"] >= COUNTED_MS)
    return long and (row.timed or row.kind in {"prepare", "rest", "switch"})


def _countdown(
    plan: Plan, coach: Coaching, segment: Segment, cues: dict[int, Cue]
) -> Iterator[str]:
    index, end = segment["index"], segment["end_ms"]
    moments = [end - back * _SECOND_MS for back in range(coach.countdown, 0, -1)]
    told = []
    for moment in moments:
        near = [at for at, cue in cues.items() if moment <= beat_of(cue) < moment + _GRID_MS]
        told.append(cues.pop(near[0]) if near else None)
    for at in cues:
        yield f"a countdown at {at} ms of segment {index}, whose seconds are {moments}"
    covered = {
        at
        for at in moments
        for tone in plan.tones("script")
        if tone["start_ms"] < at + _TICK_MS and at < tone["end_ms"]
    }
    optional = {segment["start_ms"], *range(QUIET_MS), *covered}
    missing = [at for at, cue in zip(moments, told, strict=True) if not cue and at not in optional]
    if missing and missing != [at for at in moments if at not in optional][: len(missing)]:
        yield f"segment {index} lacks the countdown at {missing}, which are not the earliest"
    gone = [at for at, cue in zip(moments, told, strict=True) if not cue and at in covered]
    if len(plan.dropped(index, "countdown")) < len(gone):
        yield f"segment {index} lacks the countdown at {gone}, and nothing says why"
    if missing and not plan.dropped(index, "countdown"):
        yield f"segment {index} lacks the countdown at {missing}, and nothing says why"
    if missing and not _outranked(plan, missing[-1]):
        yield f"segment {index} lacks the countdown at {missing}, and nothing above it is said"
    for at, cue in zip(moments, told, strict=True):
        if cue and cue["kind"] == "speech":
            yield from _number(cue, (end - at) // _SECOND_MS, coach, may=coach.countdown_voice)
        elif cue and cue["start_ms"] != at:
            yield f"a countdown tone at {cue['start_ms']} ms, not {at}"


def _outranked(plan: Plan, moment: int) -> bool:
    """Whether words that come before a countdown are said so near to this second of it."""
    return any(
        cue["start_ms"] < moment + _SECOND_MS and cue["end_ms"] > moment - CLEAR_MS
        for cue in plan.speech("name", "side", "safety")
    )


def _number(cue: Cue, value: int, coach: Coaching, *, may: bool) -> Iterator[str]:
    if not may or coach.talk in {"names", "beeps"}:
        yield f"a spoken number at {cue['start_ms']} ms, at talk: {coach.talk}"
    if str(value) not in cue["text"]:
        yield f"{cue['text']!r} at {cue['start_ms']} ms, where {value} is due"


def _counting(plan: Plan) -> Iterator[str]:
    left: dict[int, list[Cue]] = {}
    for cue in (*plan.tones("rep", "release"), *plan.speech("rep")):
        left.setdefault(cue["segment"], []).append(cue)
    for index, row in plan.rows.items():
        yield from _counted(plan, row, index, left.pop(index, []))
    yield from (f"counting in segment {index}" for index in left)


def _counted(plan: Plan, row: Row, index: int, cues: list[Cue]) -> Iterator[str]:
    start = next(seg["start_ms"] for seg in plan.segments if seg["index"] == index)
    marks = [start + mark for mark in row.marks_ms]
    bare = not row.coach.starts  # "no tones at all" of the contract needs this key for it
    for turn, mark in enumerate(marks):
        if turn and row.hold_ms:
            end = mark - row.release_ms
            told = [cue for cue in cues if cue["role"] == "release" and cue["start_ms"] == end]
            may_lack = bare or row.release_ms == 0 or end < QUIET_MS
            yield from _once(told, f"release at {end} ms", may_lack=may_lack)
            cues = [cue for cue in cues if cue not in told]
        told = [cue for cue in cues if cue["role"] == "rep" and _on(cue, mark)]
        cues = [cue for cue in cues if cue not in told]
        numbers = [cue for cue in told if cue["kind"] == "speech"]
        value = _value(row.coach, turn, len(marks))
        for cue in numbers:
            yield from _number(cue, value or 0, row.coach, may=value is not None)
        if turn:
            yield from _once(told, f"rep at {mark} ms", may_lack=bare or mark < QUIET_MS)
            due = value is not None and row.coach.talk in {"full", "short"}
            if due and not numbers and not plan.dropped(index, "rep"):
                yield f"rep {turn + 1} at {mark} ms has no number, and nothing says why"
        elif told and not numbers:
            yield f"a rep tone at {mark} ms, which is the first"
    for cue in cues:
        yield f"{cue['role']} at {cue['start_ms']} ms, where nothing is counted"


def _on(cue: Cue, mark: int) -> bool:
    late = beat_of(cue) - mark
    begins = cue["kind"] == "speech" and cue["start_ms"] == mark  # the first of its segment
    return late == 0 or begins


def beat_of(cue: Cue) -> int:
    """When a tone begins, and when the stressed syllable of a number is heard."""
    beat_ms: int = cue["start_ms"] if cue.get("beat_ms") is None else cue["beat_ms"]
    return beat_ms


def _once(told: list[Cue], what: str, *, may_lack: bool) -> Iterator[str]:
    if len(told) > 1 or (not told and not may_lack):
        yield f"{len(told)} x {what}"


def _value(coach: Coaching, turn: int, turns: int) -> int | None:
    """The number due at a rep, the first being turn 0; None for a tone."""
    if coach.count_reps == "all":
        return turn + 1
    if coach.count_reps == "none":
        return None
    left = turns - turn
    return left if left <= int(coach.count_reps.removeprefix("last-")) else None


def _sounds(plan: Plan) -> Iterator[str]:
    """Roles sound different, and those of a boundary last longer than the countdown."""
    longest = max((t["end_ms"] - t["start_ms"] for t in plan.tones("countdown")), default=0)
    names: dict[str, str] = {}
    for tone in plan.tones():
        if tone["role"] == "script":
            continue
        role = names.setdefault(tone["sound"], tone["role"])
        if role != tone["role"]:
            yield f"{tone['sound']!r} stands for {role} and for {tone['role']}"
        if tone["role"] in TIED and tone["end_ms"] - tone["start_ms"] <= longest:
            yield f"{tone['role']} at {tone['start_ms']} ms is no longer than a countdown tone"
