"""The script's own words and its safety lines: always spoken, and where (3.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from contract.row import TIED, Cue, Plan, moment_ms, name_of
from contract.scalars import matches

_GRID_MS = 24


def check(plan: Plan) -> list[str]:
    """Words that are missing, changed or in the wrong place."""
    found = [*_own_words(plan), *_rounds(plan), *_timed_words(plan), *_safety(plan)]
    return [f"3.6: {line}" for line in found]


def _own_words(plan: Plan) -> Iterator[str]:
    """The script's own words: a talk, a rest and a wait always, a set-up once it begins."""
    spoken: dict[int, list[Cue]] = defaultdict(list)
    for cue in plan.speech("script"):
        spoken[cue["about"]].append(cue)
    for row, segment in plan.pairs:
        if row is None or not row.say or row.coach.talk == "beeps":
            continue
        index = segment["index"]
        mine = [cue for cue in spoken[index] if matches(row.say, cue["text"])]
        if row.kind == "work":
            if not mine and not plan.dropped(index, "script", gone=True):
                yield f"{row.say!r} is not spoken, and nothing says why"
        elif len(mine) != 1:
            yield f"{row.say!r} is spoken {len(mine)} times for {name_of(segment)}"
        elif mine[0]["segment"] != index or mine[0]["end_ms"] > segment["end_ms"]:
            yield f"{row.say!r} at {mine[0]['start_ms']} ms leaves {name_of(segment)}"
        elif mine[0]["form"] != "full":
            yield f"{row.say!r} was shortened"


def _rounds(plan: Plan) -> Iterator[str]:
    """What a round of an `amrap` is: told once, before it or as it begins."""
    for row, segment in plan.pairs:
        if row is None or not row.told:
            continue
        index = segment["index"]
        mine = [cue for cue in plan.speech("script") if cue["about"] == index]
        if row.coach.talk == "beeps":
            yield from (f"{cue['text']!r} is told at beeps" for cue in mine)
        elif len(mine) != 1:
            if mine or not plan.dropped(index, "script", gone=True):
                yield f"the round of {name_of(segment)} is told {len(mine)} times"
        elif not _in_order(row.told, mine[0]["text"]):
            yield f"the round of {name_of(segment)} is {row.told}, told as {mine[0]['text']!r}"


def _in_order(pieces: tuple[str, ...], text: str) -> bool:
    place = 0
    for piece in pieces:
        place = text.casefold().find(piece.casefold(), place) + len(piece)
        if place < len(piece):
            return False
    return True


def _timed_words(plan: Plan) -> Iterator[str]:
    """The `cues` of work: at their moment, or later in the segment where that is taken."""
    for row, segment in plan.pairs:
        if row is None or row.coach.talk == "beeps":
            continue
        for at, say, sound in row.cues:
            if not say:
                continue
            due = moment_ms(at, segment)
            if sound:
                due = next(
                    tone["end_ms"] for tone in plan.tones("script") if tone["start_ms"] == due
                )
            alone = [other for _, other, _ in row.cues].count(say) == 1
            told = [
                cue
                for cue in plan.speech("script")
                if cue["segment"] == segment["index"]
                and matches(say, cue["text"])
                and cue["start_ms"] >= due - _GRID_MS
            ]
            if not told:
                if not plan.dropped(segment["index"], "script", gone=True):
                    yield f"{say!r} of {name_of(segment)} is not spoken at {due} ms"
            elif alone and told[0]["start_ms"] >= due + _GRID_MS and not _taken(plan, told[0], due):
                yield f"{say!r} comes at {told[0]['start_ms']} ms, and {due} was free"


def _taken(plan: Plan, cue: Cue, due: int) -> bool:
    """Whether something stands in the way of `cue` at the moment when it is due."""
    end = due + cue["end_ms"] - cue["start_ms"] + 1000
    return any(
        other is not cue
        and other["start_ms"] < end
        and other["end_ms"] > due - 1000
        and (
            other["kind"] == "speech"
            or other["role"] in TIED | {"countdown", "wake", "rep", "release", "script"}
        )
        for other in plan.timeline["cues"]
    )


def _without(lines: list[str], text: str) -> str:
    """What is left of a cue when these lines, which begin like another, are taken out of it."""
    for line in lines:
        text = text.replace(line.rstrip("."), "")
    return text


def _safety(plan: Plan) -> Iterator[str]:
    """Each safety line once a session, before the first work that it is about."""
    due: dict[str, int] = {}
    for row, segment in plan.pairs:
        if row and row.kind == "work" and row.safety:
            for line in row.safety:
                due.setdefault(line, segment["start_ms"])
    told = plan.speech("safety")
    for line, start in due.items():
        longer = [other for other in due if line in other and line != other]
        mine = [cue for cue in told if line.rstrip(".") in _without(longer, cue["text"])]
        if len(mine) != 1 or mine[0]["end_ms"] > start:
            yield f"safety {line!r}, due before {start} ms: {[c['start_ms'] for c in mine]}"
