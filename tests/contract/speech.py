"""What is said, and what may not be: talk levels, names, words of the script (3.3, 3.6, 3.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from contract.cues import CLEAR_MS
from contract.row import TIED, Coaching, Cue, Plan, Row, Segment
from contract.scalars import duration_ms, matches
from contract.whole import SPEECH

HALFWAY_MS, REMAINING_MS = 60_000, 30_000
"""The shortest work that has them."""
LATE_MS = 2000
"""How late the time left may be told; the contract has no figure, and later it is not true."""
APART = 5
"""A line of praise does not come again within so many."""
_GRID_MS = 24
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
        *(f"3.6: {line}" for line in _own_words(plan)),
        *(f"3.6: {line}" for line in _timed_words(plan)),
        *(f"3.6: {line}" for line in _safety(plan)),
        *(f"3.6: {line}" for line in _shortened(plan)),
        *(f"3.8: {line}" for line in _during(plan)),
        *(f"3.8: {line}" for line in _set_up(plan)),
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
                yield f"{_segment(segment)} is not named, and nothing says why"
            continue
        words = " ".join(cue["text"] for cue in told[index]).casefold()
        if segment["side"] in {"left", "right"} and segment["side"] not in words:
            yield f"{_segment(segment)} is told without its side: {words!r}"
        first = told[index][0]
        if first["role"] == "name" and segment["label"].casefold() not in words:
            yield f"{_segment(segment)} is told without its name: {words!r}"
        if row.coach.breathes:
            yield from _breathing(plan, segment, first)
        elif first["segment"] == index and place:
            yield from _missed(plan, plan.pairs[place - 1][1], segment, first)


def _breathing(plan: Plan, segment: Segment, cue: Cue) -> Iterator[str]:
    start = max(segment["start_ms"], 500)
    busy = [other["end_ms"] for other in plan.speech() if other["end_ms"] <= cue["start_ms"]]
    late = cue["start_ms"] - max([start, *busy])
    if not 0 <= late < _GRID_MS or cue["segment"] != segment["index"]:
        yield f"{_segment(segment)} is named at {cue['start_ms']} ms, not as it starts"


def _missed(plan: Plan, gap: Segment, segment: Segment, cue: Cue) -> Iterator[str]:
    """A name said in its own segment, where the gap before it had room for these very words."""
    if gap["kind"] not in {"rest", "switch", "prepare"}:
        return
    coach = plan.coaching[gap["index"]]
    taken = [tone["end_ms"] for tone in plan.tones(*TIED) if tone["start_ms"] == gap["start_ms"]]
    start = max([gap["start_ms"], *taken, 500])
    first = {"safety", "script"}
    held = [o for o in plan.speech() if o["segment"] == gap["index"] and o["role"] in first]
    room = gap["end_ms"] - CLEAR_MS - start - coach.wake_ms - 2 * _GRID_MS
    if not held and cue["end_ms"] - cue["start_ms"] <= room:
        yield f"{_segment(segment)} is named only as it runs, and {room} ms were free before it"


def _own_words(plan: Plan) -> Iterator[str]:
    """The script's own words: a talk, a rest and a wait always, a set-up once it begins."""
    spoken: dict[int, list[Cue]] = defaultdict(list)
    for cue in plan.speech("script"):
        spoken[cue["about"]].append(cue)
    for row, segment in plan.pairs:
        if row is None or not row.say:
            continue
        index = segment["index"]
        mine = [cue for cue in spoken[index] if matches(row.say, cue["text"])]
        if row.coach.talk == "beeps":
            if mine:
                yield f"{row.say!r} is spoken at talk: beeps"
        elif row.kind == "work":
            if not mine and not plan.dropped(index, "script", gone=True):
                yield f"{row.say!r} is not spoken, and nothing says why"
        elif len(mine) != 1:
            yield f"{row.say!r} is spoken {len(mine)} times for {_segment(segment)}"
        elif mine[0]["segment"] != index or mine[0]["end_ms"] > segment["end_ms"]:
            yield f"{row.say!r} at {mine[0]['start_ms']} ms leaves {_segment(segment)}"
        elif mine[0]["form"] != "full":
            yield f"{row.say!r} was shortened"


def _timed_words(plan: Plan) -> Iterator[str]:
    """The `cues` of work: at their moment, or later in the segment where that is taken."""
    for row, segment in plan.pairs:
        if row is None or row.coach.talk == "beeps":
            continue
        for at, say in row.cues:
            due = _moment(at, segment)
            told = [
                cue
                for cue in plan.speech("script")
                if cue["segment"] == segment["index"] and matches(say, cue["text"])
                and cue["start_ms"] >= due - _GRID_MS
            ]
            if not told:
                if not plan.dropped(segment["index"], "script", gone=True):
                    yield f"{say!r} of {_segment(segment)} is not spoken at {due} ms"
            elif told[0]["start_ms"] >= due + _GRID_MS and not _taken(plan, told[0], due):
                yield f"{say!r} comes at {told[0]['start_ms']} ms, and {due} was free"


def _taken(plan: Plan, cue: Cue, due: int) -> bool:
    """Whether something stands in the way of `cue` at the moment when it is due."""
    end = due + cue["end_ms"] - cue["start_ms"] + 1000
    return any(
        other is not cue
        and other["start_ms"] < end
        and other["end_ms"] > due - 1000
        and (other["kind"] == "speech" or other["role"] in TIED | {"countdown", "wake"})
        for other in plan.timeline["cues"]
    )


def _moment(at: str, segment: Segment) -> int:
    start, end = int(segment["start_ms"]), int(segment["end_ms"])
    if at == "half":
        return (start + end) // 2
    return end - duration_ms(at[1:]) if at.startswith("-") else start + duration_ms(at)


def _safety(plan: Plan) -> Iterator[str]:
    """Each safety line once a session, before the first work that it is about."""
    due: dict[str, int] = {}
    for row, segment in plan.pairs:
        if row and row.kind == "work" and row.safety:
            due.setdefault(row.safety, segment["start_ms"])
    told = plan.speech("safety")
    for line, start in due.items():
        mine = [cue for cue in told if cue["text"].rstrip(".") == line.rstrip(".")]
        if len(mine) != 1 or mine[0]["end_ms"] > start:
            yield f"safety {line!r}, due before {start} ms: {[c['start_ms'] for c in mine]}"


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


def _during(plan: Plan) -> Iterator[str]:
    """Halfway, time left, praise: only in work long enough, and when they are true."""
    for cue in (*plan.speech("halfway", "remaining"), *plan.tones("halfway")):
        segment = next(seg for seg in plan.segments if seg["index"] == cue["segment"])
        length = segment["end_ms"] - segment["start_ms"]
        least = HALFWAY_MS if cue["role"] == "halfway" else REMAINING_MS
        if segment["kind"] != "work" or length < least:
            yield f"{cue['role']} at {cue['start_ms']} ms in {_segment(segment)}"
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
            yield f"{_segment(segment)} has no {role}, and nothing says why"


def _set_up(plan: Plan) -> Iterator[str]:
    """Set-up text in full belongs to a first set."""
    rows = plan.rows
    for cue in plan.speech("setup"):
        row = rows.get(cue["about"])
        if row is None or row.kind != "work":
            yield f"setup {cue['text']!r} is about no work"
        elif cue["form"] == "full" and row.set != 1:
            yield f"setup {cue['text']!r} in full, for set {row.set}"


def _segment(segment: Segment) -> str:
    return f"segment {segment['index']} ({segment['label'] or segment['kind']})"
