"""Sessions read aloud, as text: what somebody hears who sees nothing and knows no move.

Each line of a transcript is a moment and its words, as the engine gets them; in brackets what
begins then. A person reads them line by line: could it be done without a picture?
`--update-golden` writes them again; the diff is to be read in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shipped import planned

from voiceguide.model.timeline import Timeline
from voiceguide.model.wording import clock, describe

GOLDEN = Path(__file__).parent / "golden" / "transcripts"


@pytest.mark.parametrize(
    "name", ["run-warmup", "upper-glutes-10", "band-legs-20", "hip-hinge-school"]
)
def test_a_session_reads_as_it_did(name: str, golden: Callable[[Path, str], None]) -> None:
    text = "".join(f"{line}\n" for line in transcript(planned(name)))
    golden(GOLDEN / f"{name}.txt", text)


def transcript(timeline: Timeline) -> Iterator[str]:
    """What is heard, in order: spoken words, counts apart, and what begins."""
    starts = [(s.start_ms, f"[{s.kind}: {describe(s)}]" if s.label else f"[{s.kind}]")
              for s in timeline.segments]  # fmt: skip
    words = [(cue.start_ms, cue.spoken) for cue in timeline.speech if cue.role != "rep"]
    for ms, line in sorted(starts + words, key=lambda each: each[0]):
        yield f"{clock(ms - ms % 1000):>5}  {line}"
