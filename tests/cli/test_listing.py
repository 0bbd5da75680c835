"""The text form of a timeline, and what it says of the scripts that ship."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.cli.listing import listing
from voiceguide.cli.outline import outline
from voiceguide.cli.sources import find
from voiceguide.model.options import Options
from voiceguide.model.timeline import Dropped, Segment, Speech, Timeline, Tone
from voiceguide.model.wording import clock

GOLDEN = Path(__file__).parents[1] / "golden"

SESSION = Timeline(
    title="Legs",
    language="en",
    voice="silent:silent@150",
    estimated=False,
    duration_ms=75_250,
    segments=(
        Segment(index=0, kind="talk", label=None, start_ms=0, end_ms=3_000),
        Segment(index=1, kind="prepare", label=None, start_ms=3_000, end_ms=8_000, block="Main"),
        Segment(
            index=2, kind="work", label="Lunge", start_ms=8_000, end_ms=40_000, block="Main",
            side="left", reps=8, unit="reps", tempo="2-1-1-0", set=1, sets=2, round=1, rounds=3,
        ),
        Segment(
            index=3, kind="switch", label=None, start_ms=40_000, end_ms=45_250, block="Main"
        ),
        Segment(
            index=4, kind="work", label="Lunge", start_ms=45_250, end_ms=75_250, block="Main",
            side="right", reps=8, unit="reps", tempo="2-1-1-0", set=1, sets=2, round=1, rounds=3,
        ),
    ),
    cues=(
        Speech(
            role="script", start_ms=500, end_ms=2_900, text="Welcome.", spoken="Welcome.",
            about=None, segment=0,
        ),
        Speech(
            role="name", start_ms=3_100, end_ms=5_000, text="Lunge, left.", spoken="Lunge, left.",
            about=2, form="short", speed=1.1, segment=1,
        ),
        Tone(role="start", start_ms=8_000, end_ms=8_400, sound="start", segment=2),
    ),
    dropped=(Dropped(role="tip", text="Chest up", segment=2, reason="no room"),),
    equipment=("a loop band",),
    warnings=("the switch is short",),
)  # fmt: skip

LISTED = """\
Legs, 1:15.25, spoken by silent:silent@150

   0   0:00.000   3.000  talk
       0:00.500   2.400   script    "Welcome."

Main
   1   0:03.000   5.000  prepare
       0:03.100   1.900   name      "Lunge, left." [short] [x1.1]
   2   0:08.000  32.000  work       Lunge, left, 8 reps, tempo 2-1-1-0, set 1 of
                                    2, round 1 of 3
       0:08.000   0.400   start     ~ start
   3   0:40.000   5.250  switch
   4   0:45.250  30.000  work       Lunge, right, 8 reps, tempo 2-1-1-0, set 1
                                    of 2, round 1 of 3

work            1:02.000    82 %
rest            0:00.000     0 %
switch          0:05.250     7 %
prepare         0:05.000     7 %
talk            0:03.000     4 %
total           1:15.250   100 %
speech in it    0:04.300     6 %

equipment: a loop band
left out, segment 2, tip: "Chest up" (no room)
warning: the switch is short
"""


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0:00"),
        (59_999, "0:59.999"),
        (485_000, "8:05"),
        (60_500, "1:00.5"),
        (3_723_250, "1:02:03.25"),
    ],
)
def test_clock(ms: int, shown: str) -> None:
    assert clock(ms) == shown


def test_a_listing_tells_segments_cues_sums_and_what_found_no_room() -> None:
    assert listing(SESSION, 80) == LISTED


def test_a_narrow_listing_breaks_between_words() -> None:
    told = listing(SESSION, 40)
    assert max(map(len, told.splitlines())) <= 40
    assert " ".join(told.split()) == " ".join(LISTED.split())
    assert "\n   2   0:08.000  32.000  work\n         Lunge, left, 8 reps, tempo\n" in told
    assert "\n         ~ start\n" in told


def test_without_a_width_there_is_a_line_for_each_segment_and_each_cue() -> None:
    rows = [line for line in listing(SESSION).splitlines() if line.startswith(" ")]
    assert len(rows) == len(SESSION.segments) + len(SESSION.cues)


def test_an_outline_counts_both_sides_once() -> None:
    (item,) = outline(SESSION)
    assert (item.block, item.label, item.amount) == ("Main", "Lunge", "8 reps, each side")


EACH_KIND = (
    "first-steps", "run-warmup", "upper-glutes-10",  # each kind of step; drills; sides on the floor
    "amrap-10", "band-legs-20", "box-breathing", "emom", "pyramid", "run-walk-week-4", "snack-day",
)  # fmt: skip
"""Of the sessions that ship one of each kind: a change that is heard is seen in few files."""


@pytest.mark.parametrize("name", EACH_KIND)
def test_one_of_each_kind_that_ships_sounds_as_it_did(
    name: str, golden: Callable[[Path, str], None]
) -> None:
    """Lengths are those of the silent engine: in proportion to the text, the same everywhere."""
    timeline = pipeline.plan(find(name).source, Options(engine="silent"))
    golden(GOLDEN / f"{name}.timeline", listing(timeline))
