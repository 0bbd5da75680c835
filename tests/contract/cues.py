"""Where speech may lie: no overlap, quiet start, lead-ins, the gap before a start (3.3, 3.5)."""

from __future__ import annotations

from collections.abc import Iterator

from contract.row import TIED, Cue, Plan
from contract.tones import CLEAR_MS, QUIET_MS

SILENCE_MS = 10_000
"""After so long without sound a lead-in comes before speech."""
EARCON_QUIET_MS = 2_000
EARCON_BEFORE_MS = 100
LATE_MS = 10_000
"""What is said ahead in an effort lies in its last 10 s."""
EFFORT_MS = 20_000
_AHEAD = ("name", "side", "amount")


def check(plan: Plan) -> list[str]:
    """Every cue that lies where none may."""
    return [
        *(f"3.5: {line}" for line in _overlaps(plan)),
        *(f"3.5: {line}" for line in _quiet_start(plan)),
        *(f"3.5: {line}" for line in _lead_ins(plan)),
        *(f"3.3: {line}" for line in _ahead(plan)),
        *(f"earcon: {line}" for line in _earcons(plan)),
    ]


def _overlaps(plan: Plan) -> Iterator[str]:
    """Speech over speech, or over a tone of a countdown or a boundary, or a sound of the script."""
    busy = [*plan.speech(), *plan.tones("countdown", "script", *TIED)]
    busy.sort(key=lambda cue: int(cue["start_ms"]))
    spoken: Cue | None = None
    tone: Cue | None = None
    for cue in busy:
        speech = cue["kind"] == "speech"
        for other in (spoken, tone if speech else None):
            if other and other["end_ms"] > cue["start_ms"]:
                yield f"{_name(other)} runs into {_name(cue)}"
        if speech:
            spoken = _later(spoken, cue)
        else:
            tone = _later(tone, cue)


def _later(one: Cue | None, other: Cue) -> Cue:
    return one if one and one["end_ms"] > other["end_ms"] else other


def _quiet_start(plan: Plan) -> Iterator[str]:
    for cue in plan.timeline["cues"]:
        # A `sound` that opens a session is as long as its segment, so it has no other place.
        free = cue["kind"] == "tone" and cue["role"] in TIED | {"script"}
        if cue["start_ms"] < QUIET_MS and not free:
            yield f"{_name(cue)} in the first {QUIET_MS} ms"


def _lead_ins(plan: Plan) -> Iterator[str]:
    """Each `wake` leads to speech after a silence, and each such speech has one."""
    heard = 0
    wake: Cue | None = None
    for cue in sorted(plan.timeline["cues"], key=lambda cue: int(cue["start_ms"])):
        if cue["role"] == "wake":
            wake = cue
            continue
        if cue["role"] == "earcon":
            continue
        silence = cue["start_ms"] - heard
        coach = plan.coaching[cue["segment"]]
        if wake:
            length = wake["end_ms"] - wake["start_ms"]
            if cue["kind"] != "speech" or wake["end_ms"] != cue["start_ms"]:
                yield f"{_name(wake)} does not lead to speech, but to {_name(cue)}"
            if silence < SILENCE_MS or length != coach.wake_ms:
                yield f"{_name(wake)} of {length} ms after {silence} ms without sound"
        elif cue["kind"] == "speech" and coach.wake_ms and silence >= SILENCE_MS + coach.wake_ms:
            yield f"{_name(cue)} has no lead-in after {silence} ms without sound"
        heard, wake = max(heard, cue["end_ms"]), None


def _earcons(plan: Plan) -> Iterator[str]:
    """One just before words out of quiet, where the coach is told so, and nowhere else."""
    left = {cue["end_ms"]: cue for cue in plan.tones("earcon")}
    heard = 0
    for cue in plan.timeline["cues"]:
        if cue["role"] in {"earcon", "wake"}:
            continue
        quiet = cue["start_ms"] - heard >= EARCON_QUIET_MS
        words = cue["kind"] == "speech" and cue["role"] not in {"rep", "countdown"}
        signal = left.pop(cue["start_ms"] - EARCON_BEFORE_MS, None)
        wanted = plan.coaching[cue["segment"]].earcon and quiet and words
        if wanted is not (signal is not None):
            yield f"{_name(cue)} has {'no' if wanted else 'an'} earcon"
        heard = max(heard, cue["end_ms"])
    yield from (f"{_name(cue)} leads to nothing" for cue in left.values())


def _ahead(plan: Plan) -> Iterator[str]:
    """Name, side and amount of a segment: where they may begin, and by when they end."""
    by_index = {seg["index"]: seg for seg in plan.segments}
    order = list(by_index)
    place = {index: at for at, index in enumerate(order)}
    counts = [
        (cue["start_ms"], cue["segment"])
        for cue in plan.timeline["cues"]
        if cue["role"] == "countdown"
    ]
    first_count: dict[int, list[int]] = {}
    for at, index in counts:
        first_count.setdefault(index, []).append(at)
    for cue in plan.speech(*_AHEAD):
        about, inside = cue["about"], cue["segment"]
        if about not in place:
            yield f"{_name(cue)} is about no segment that lasts"
            continue
        if inside == about:
            continue
        if place[inside] > place[about]:
            yield f"{_name(cue)} comes after the segment {about} that it is about"
            continue
        between = [by_index[order[at]] for at in range(place[inside], place[about])]
        ticks = [at for seg in between for at in first_count.get(seg["index"], ())]
        end = min(
            [at for at in ticks if at >= cue["start_ms"]], default=by_index[about]["start_ms"]
        )
        if cue["end_ms"] > end - CLEAR_MS:
            yield f"{_name(cue)} ends less than {CLEAR_MS} ms before {end}"
        home = by_index[inside]
        if any(seg["kind"] == "work" for seg in between[1:]):
            yield f"{_name(cue)} comes before other work than {about}"
        if home["kind"] == "work":
            short = home["end_ms"] - home["start_ms"] < EFFORT_MS
            if short or cue["start_ms"] < home["end_ms"] - LATE_MS:
                yield f"{_name(cue)} is said over the effort {inside}, too early or too short"


def _name(cue: Cue) -> str:
    text = f" {cue['text']!r}" if cue["kind"] == "speech" else ""
    return f"{cue['kind']} {cue['role']}{text} ({cue['start_ms']}-{cue['end_ms']} ms)"
