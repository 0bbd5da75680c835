"""What is said, and what may not be: talk levels, names, blocks (3, 3.3, 3.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from contract.row import TIED, Coaching, Cue, Plan, Segment, name_of
from contract.scalars import matches
from contract.tones import CLEAR_MS
from contract.whole import SPEECH

_GRID_MS = 24
_BREATH_MS = 500
"""The longest pause between two lines of the coach that follow each other."""
_LEVELS = {
    "full": SPEECH,
    "short": SPEECH - {"praise", "tip"},
    "names": frozenset({"script", "safety", "block", "name", "side"}),
    "beeps": frozenset({"safety"}),
}


def check(plan: Plan) -> list[str]:
    """Every cue that is missing, not allowed or not where it belongs."""
    return [
        *(f"3, levels: {line}" for line in _levels(plan)),
        *(f"3.3: {line}" for line in _names(plan)),
        *(f"2: {line}" for line in _blocks(plan)),
        *(f"3.6: {line}" for line in _shortened(plan)),
    ]


def _levels(plan: Plan) -> Iterator[str]:
    """Roles that the level of neither segment, where it sounds and what it is about, allows."""
    for cue in plan.speech():
        places = {cue["segment"], cue["about"]} & plan.coaching.keys()
        coaches = [plan.coaching[index] for index in places]
        if not any(_may(cue["role"], coach) for coach in coaches):
            yield f"{cue['role']} {cue['text']!r} at {cue['start_ms']} ms"


def _may(role: str, coach: Coaching) -> bool:
    switched = {"halfway": coach.halfway, "tip": coach.tips, "praise": coach.praise}
    return role in _LEVELS[coach.talk] and switched.get(role, True)


def _names(plan: Plan) -> Iterator[str]:
    """Every named segment is told, with its side, ahead where there is room."""
    told: dict[int, list[Cue]] = defaultdict(list)
    for cue in plan.speech("name", "side"):
        told[cue["about"]].append(cue)
    for place, (row, segment) in enumerate(plan.pairs):
        index = segment["index"]
        if row is None or not row.named or row.coach.talk == "beeps":
            continue
        if not told[index]:
            if not plan.dropped(index, "name", "side", gone=True):
                yield f"{name_of(segment)} is not named, and nothing says why"
            continue
        words = " ".join(cue["text"] for cue in told[index]).casefold()
        if segment["side"] in {"left", "right"} and segment["side"] not in words:
            yield f"{name_of(segment)} is told without its side: {words!r}"
        first = told[index][0]
        if first["role"] == "name" and segment["label"].casefold() not in words:
            yield f"{name_of(segment)} is told without its name: {words!r}"
        if row.coach.breathes and not row.coach.wake_ms:
            yield from _breathing(plan, segment, first)
        elif first["segment"] == index and place and not row.coach.breathes:
            yield from _missed(plan, plan.pairs[place - 1][1], segment, first)


def _breathing(plan: Plan, segment: Segment, cue: Cue) -> Iterator[str]:
    start = max(segment["start_ms"], 500)
    busy = [other["end_ms"] for other in plan.speech() if other["end_ms"] <= cue["start_ms"]]
    late = cue["start_ms"] - max([start, *busy])
    if not 0 <= late < _BREATH_MS or cue["segment"] != segment["index"]:
        yield f"{name_of(segment)} is named at {cue['start_ms']} ms, not as it starts"


def _missed(plan: Plan, gap: Segment, segment: Segment, cue: Cue) -> Iterator[str]:
    """A name said in its own segment, where the gap before it had room for these very words."""
    if gap["kind"] not in {"rest", "switch", "prepare"}:
        return
    coach = plan.coaching[gap["index"]]
    taken = [tone["end_ms"] for tone in plan.tones(*TIED) if tone["start_ms"] == gap["start_ms"]]
    start = max([gap["start_ms"], *taken, 500])
    first = {"safety", "script", "name", "side"}
    held = [
        other
        for other in plan.speech()
        if other["start_ms"] < gap["end_ms"]
        and gap["start_ms"] < other["end_ms"]
        and other["role"] in first
    ]
    room = gap["end_ms"] - CLEAR_MS - start - coach.wake_ms - 2 * _GRID_MS
    if not held and cue["end_ms"] - cue["start_ms"] <= room:
        yield f"{name_of(segment)} is named only as it runs, and {room} ms were free before it"


def _blocks(plan: Plan) -> Iterator[str]:
    """Each block is announced, ahead or in it, or listed; and nothing is announced elsewhere."""
    told = plan.speech("block")
    known: set[str] = set()
    claimed: list[Cue] = []
    for place, (row, _) in enumerate(plan.pairs):
        for name in row.begins if row else ():
            around = _around(plan, place, name)
            mine = [
                cue
                for cue in told
                if matches(f"{{}}{name}{{}}", cue["text"]) and cue["segment"] in around
            ]
            claimed += mine
            listed = any(plan.dropped(index, "block", gone=True) for index in around)
            silent = row is not None and name in row.silent
            if not (mine or listed or name in known or silent):
                yield f"block {name!r} is not announced, and nothing says why"
            known.add(name)
    for cue in told:
        if cue not in claimed:
            yield f"block {cue['text']!r} is announced at {cue['start_ms']} ms, outside of it"


def _around(plan: Plan, place: int, name: str) -> set[int]:
    """Indices of the segments of a block, of the gaps before it and of the effort before those."""
    around = set()
    for row, segment in plan.pairs[place:]:
        if row and name not in row.blocks:
            break
        around.add(int(segment["index"]))
    for segment in reversed(plan.segments[:place]):
        around.add(segment["index"])
        if segment["kind"] == "work":
            break
    return around


def _shortened(plan: Plan) -> Iterator[str]:
    """At level full, a line in a shorter form is listed; what is said in full is not."""
    for cue in plan.speech("name", "side", "amount", "block", "round"):
        places = {cue["segment"], cue["about"]} & plan.coaching.keys()
        if any(plan.coaching[index].talk != "full" for index in places):
            continue
        of = {
            index: {item["form"] for item in plan.dropped(index, cue["role"])} for index in places
        }
        listed = set().union(*of.values())
        what = f"{cue['role']} {cue['text']!r}"
        if cue["form"] not in {"full", *listed}:
            yield f"{what} is in form {cue['form']}, and nothing says why"
        if cue["form"] == "full" and of.get(cue["about"], set()) - {None, "full"}:
            yield f"{what} is full, and listed as {listed}"
