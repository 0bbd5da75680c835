"""How much of each session is speech, at each level of talk, with a voice that is measured.

    python benchmarks/talk.py [ENGINE]

Takes every script that ships, those of the cookbook and those of the tests of languages. `after the
first round` counts only the time in which nothing is new: a session is cut behind each of its
efforts, and a cut counts where its effort has been done before, on that side.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from voiceguide import pipeline
from voiceguide.model.errors import ScriptError
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.timeline import Segment, Timeline

ROOT = Path(__file__).parents[1]
SHIPPED = sorted([*ROOT.glob("scripts/*.yaml"), *ROOT.glob("docs/cookbook/*.yaml")])
SPOKEN = sorted(ROOT.glob("tests/languages/*/*.yaml"))
LEVELS: tuple[Talk, ...] = ("full", "short", "names", "beeps")


def plan(script: Path, talk: Talk, engine: str) -> Timeline:
    """The timeline of a script at a level of talk, with measured lengths of speech."""
    source = Source(script.read_bytes(), script.name, script.parent)
    return pipeline.plan(source, Options(engine=engine, talk=talk))


def share(timeline: Timeline) -> float:
    """The part of a session that is speech, 0 to 1."""
    return _spoken_ms(timeline, timeline.segments) / timeline.duration_ms


def later_share(timeline: Timeline) -> float | None:
    """The same after the first round: of the time in which nothing is new; None without any."""
    later = [segment for cut in _cuts(timeline) for segment in cut]
    length_ms = sum(segment.length_ms for segment in later)
    return _spoken_ms(timeline, later) / length_ms if length_ms else None


def _cuts(timeline: Timeline) -> Iterator[list[Segment]]:
    """Efforts that have been done before, each with the gap and the words that lead to it."""
    known: set[tuple[str | None, str | None]] = set()
    cut: list[Segment] = []
    for segment in timeline.segments:
        cut.append(segment)
        if segment.kind == "work":
            effort = (segment.label, segment.side)
            if effort in known:
                yield cut
            known.add(effort)
            cut = []


def _spoken_ms(timeline: Timeline, segments: list[Segment] | tuple[Segment, ...]) -> int:
    indices = {segment.index for segment in segments}
    return sum(cue.end_ms - cue.start_ms for cue in timeline.speech if cue.segment in indices)


def _row(script: Path, engine: str) -> str:
    name = script.relative_to(ROOT).with_suffix("").as_posix()
    try:
        plans = [plan(script, talk, engine) for talk in LEVELS]
    except ScriptError:
        return f"{name:<32}  its own words do not fit with this voice"
    minutes = plans[0].duration_ms / 60_000
    whole = (f"{share(timeline):5.0%}" for timeline in plans)
    later = (f"{part:5.0%}" if (part := later_share(t)) is not None else "    -" for t in plans)
    return f"{name:<32}{minutes:6.1f}  {' '.join(whole)}  {' '.join(later)}"


def main() -> None:
    """Prints the table."""
    engine = sys.argv[1] if len(sys.argv) > 1 else "pyttsx3"
    heads = "".join(f"{talk:>6}" for talk in LEVELS)
    print(f"{'speech in all, after the first round':<32}{'min':>6} {heads} {heads}")
    for script in (*SHIPPED, *SPOKEN):
        print(_row(script, engine), flush=True)


if __name__ == "__main__":
    main()
