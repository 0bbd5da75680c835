"""Whole timelines worked out by hand, each moment with its arithmetic.

Every phrase takes 1000 ms, and the tones take what `TONES` says. Speech starts on the grid of
24 ms, counted numbers on their second. What is said ahead comes as late as it may: it ends 0.3 s
before the countdown, or 1 s before the start where a gap of 5 s or more has no countdown; lines of
one chain are 0.2 s apart, and each start is rounded down to the grid. What follows a moment is
rounded up to the grid.
"""

from __future__ import annotations

import pytest

from voiceguide import coach, library, script
from voiceguide.model.audio import ToneSound, Utterance
from voiceguide.model.roles import ToneRole
from voiceguide.model.timeline import Speech, Timeline
from voiceguide.script.unroll import unroll

LENGTHS_MS: dict[ToneRole, int] = {
    "countdown": 100,
    "start": 400,
    "rest": 500,
    "switch": 450,
    "release": 300,
    "halfway": 300,
    "rep": 60,
    "wake": 500,
    "finish": 900,
}
TONES = {role: ToneSound(role, length_ms) for role, length_ms in LENGTHS_MS.items()}

Event = tuple[str, str, int, int]
"""(kind, role, start in ms, end in ms)"""


def planned(text: str) -> Timeline:
    read = script.read(text.encode(), "by-hand.yaml")
    assert read.routine is not None
    session = unroll(read.routine, library.load(), sound_ms=lambda _: 1000).session
    assert session is not None
    return coach.plan(
        session, coach.load("en"), lambda text: Utterance(text, 1000), TONES, voice="by hand"
    ).timeline


SIDES = """
voiceguide: 1
title: Two sides, then reps
coach: {talk: names}
steps:
  - {exercise: bird, duration: 20s, sides: left-right, switch: 10s}
  - {rest: 12s}
  - {exercise: frog, reps: 3, pace: 2s}
"""
SIDES_EVENTS: list[Event] = [
    ("segment", "prepare", 0, 5000),  # the built-in 5 s before the first work
    ("segment", "work", 5000, 25000),
    ("segment", "switch", 25000, 35000),
    ("segment", "work", 35000, 55000),
    ("segment", "rest", 55000, 67000),
    ("segment", "work", 67000, 73000),  # 3 x 2 s
    # 5 s to get ready are too short for a countdown: 5000 - 1000 - 1000 = 3000 = 125 x 24
    ("speech", "name", 3000, 4000),
    ("tone", "start", 5000, 5400),
    ("tone", "countdown", 22000, 22100),
    ("tone", "countdown", 23000, 23100),
    ("tone", "countdown", 24000, 24100),
    ("tone", "switch", 25000, 25450),
    # The switch counts down from 32000: 32000 - 300 - 1000 = 30700 = 1279.2 x 24
    ("speech", "side", 30696, 31696),
    ("tone", "countdown", 32000, 32100),
    ("tone", "countdown", 33000, 33100),
    ("tone", "countdown", 34000, 34100),
    ("tone", "start", 35000, 35400),
    ("tone", "countdown", 52000, 52100),
    ("tone", "countdown", 53000, 53100),
    ("tone", "countdown", 54000, 54100),
    ("tone", "rest", 55000, 55500),
    # 64000 - 300 - 1000 = 62700 = 2612.5 x 24; 7.2 s after the last sound, so no lead-in
    ("speech", "name", 62688, 63688),
    ("tone", "countdown", 64000, 64100),
    ("tone", "countdown", 65000, 65100),
    ("tone", "countdown", 66000, 66100),
    ("tone", "start", 67000, 67400),  # rep 1
    ("tone", "rep", 69000, 69060),
    ("tone", "rep", 71000, 71060),
    ("tone", "finish", 72100, 73000),  # 0.9 s, and it ends with the session
]

SETS = """
voiceguide: 1
title: Two sets, counted
coach: {count_reps: all, praise: false}
steps:
  - {exercise: frog, reps: 4, pace: 3s, sets: 2, rest: 40s}
  - {say: Done.}
"""
SETS_EVENTS: list[Event] = [
    ("segment", "prepare", 0, 5000),
    ("segment", "work", 5000, 17000),  # 4 x 3 s
    ("segment", "rest", 17000, 57000),
    ("segment", "work", 57000, 69000),
    ("segment", "talk", 69000, 71500),  # finish 900 + words 1000 + 400 = 2300, up to 2500
    # The amount: 5000 - 1000 - 1000 = 3000 = 125 x 24. The name: 3000 - 200 - 1000 = 1800 = 75 x 24
    ("speech", "name", 1800, 2800),
    ("speech", "amount", 3000, 4000),
    ("tone", "start", 5000, 5400),  # rep 1
    ("speech", "rep", 8000, 9000),  # numbers come at the start of their rep, off the grid too
    ("speech", "rep", 11000, 12000),
    ("speech", "rep", 14000, 15000),
    ("tone", "rest", 17000, 17500),
    # 0.1 s after the tone: 17600 = 733.3 x 24, so 734 x 24
    ("speech", "rest", 17616, 18616),
    # The amount: 54000 - 300 - 1000 = 52700 = 2195.8 x 24 -> 52680. The name: 51480 = 2145 x 24,
    # 32.9 s after the last sound, so with a lead-in
    ("tone", "wake", 50980, 51480),
    ("speech", "name", 51480, 52480),
    ("speech", "amount", 52680, 53680),
    ("tone", "countdown", 54000, 54100),
    ("tone", "countdown", 55000, 55100),
    ("tone", "countdown", 56000, 56100),
    ("tone", "start", 57000, 57400),
    ("speech", "rep", 60000, 61000),
    ("speech", "rep", 63000, 64000),
    ("speech", "rep", 66000, 67000),
    ("tone", "finish", 69000, 69900),  # on the boundary, for talk follows
    ("speech", "script", 69912, 70912),  # 69900 = 2912.5 x 24
]

HOLDS = """
voiceguide: 1
title: Words, then holds
coach: {talk: names, count_reps: none}
steps:
  - {say: Hello.}
  - {exercise: bird, hold: 5s, reps: 3, release: 2s}
"""
HOLDS_EVENTS: list[Event] = [
    ("segment", "talk", 0, 2000),  # quiet start 500 + words 1000 + 400 = 1900, up to 2000
    ("segment", "prepare", 2000, 7000),
    ("segment", "work", 7000, 26000),  # 3 x 5 s, and 2 x 2 s between them
    ("speech", "script", 504, 1504),  # 500 = 20.8 x 24
    ("speech", "name", 4992, 5992),  # 7000 - 1000 - 1000 = 5000 = 208.3 x 24
    ("tone", "start", 7000, 7400),  # hold 1
    ("tone", "release", 12000, 12300),
    ("tone", "rep", 14000, 14060),  # hold 2
    ("tone", "release", 19000, 19300),
    ("tone", "rep", 21000, 21060),  # hold 3, whose end is the finish
    ("tone", "finish", 25100, 26000),
]

BREATHS = """
voiceguide: 1
title: Breathing
coach: {talk: names, countdown: 0, starts: false, wake: false}
steps:
  - repeat: 2
    steps:
      - {exercise: in, duration: 4s, prepare: 0}
      - {rest: 2s, label: hold}
      - {exercise: out, duration: 6s}
"""
BREATHS_EVENTS: list[Event] = [
    ("segment", "work", 0, 4000),
    ("segment", "rest", 4000, 6000),
    ("segment", "work", 6000, 12000),
    ("segment", "work", 12000, 16000),
    ("segment", "rest", 16000, 18000),
    ("segment", "work", 18000, 24000),
    # Each name on the start of its segment, the first after the quiet start
    ("speech", "name", 504, 1504),  # 500 = 20.8 x 24
    ("speech", "name", 4008, 5008),  # 4000 = 166.7 x 24
    ("speech", "name", 6000, 7000),  # 250 x 24
    ("speech", "name", 12000, 13000),  # 500 x 24
    ("speech", "name", 16008, 17008),  # 16000 = 666.7 x 24
    ("speech", "name", 18000, 19000),  # 750 x 24
]


AMRAPS = """
voiceguide: 1
title: As many rounds as possible
coach: {praise: false}
steps:
  - amrap: 70s
    prepare: auto
    steps: [{exercise: frog, reps: 5}, {rest: 10s}]
  - {rest: 12s}
  - {amrap: 30s, steps: [{exercise: bird, reps: 5}]}
  - {amrap: 12s, steps: [{exercise: bird, reps: 5}]}
  - {amrap: 15s, steps: [{exercise: bird, reps: 5}]}
"""
AMRAPS_EVENTS: list[Event] = [
    # Quiet start 500 + 100 + 3 lines of 1000 + 200 + 24, + 400 = 4672, up to 5000
    ("segment", "prepare", 0, 5000),
    ("segment", "work", 5000, 75000),
    ("segment", "rest", 75000, 87000),
    ("segment", "work", 87000, 117000),
    ("segment", "work", 117000, 129000),
    ("segment", "work", 129000, 144000),
    # The round ends 1 s before the start: 3000 = 125 x 24; each line 200 + 1000 before the next
    ("speech", "name", 600, 1600),  # 25 x 24
    ("speech", "amount", 1800, 2800),  # 75 x 24
    ("speech", "script", 3000, 4000),
    ("tone", "start", 5000, 5400),
    ("tone", "halfway", 40000, 40300),
    ("speech", "halfway", 40320, 41320),  # 40300 = 1679.2 x 24
    ("tone", "wake", 64516, 65016),
    ("speech", "remaining", 65016, 66016),  # 65000 = 2708.3 x 24
    ("tone", "countdown", 72000, 72100),
    ("tone", "countdown", 73000, 73100),
    ("tone", "countdown", 74000, 74100),
    ("tone", "rest", 75000, 75500),
    # 84000 - 300 - 1000 = 82700 = 3445.8 x 24 -> 82680; 81480 = 3395 x 24; 80280 = 3345 x 24
    ("speech", "name", 80280, 81280),
    ("speech", "amount", 81480, 82480),
    ("speech", "script", 82680, 83680),
    ("tone", "countdown", 84000, 84100),
    ("tone", "countdown", 85000, 85100),
    ("tone", "countdown", 86000, 86100),
    ("tone", "start", 87000, 87400),
    ("tone", "wake", 106516, 107016),
    ("speech", "remaining", 107016, 108016),  # 107000 = 4458.3 x 24
    # No gap, so the next is told in the last 10 s: 114000 - 300 - 1000 = 112700 -> 4695 x 24
    ("speech", "name", 110280, 111280),
    ("speech", "amount", 111480, 112480),
    ("speech", "script", 112680, 113680),
    ("tone", "countdown", 114000, 114100),
    ("tone", "countdown", 115000, 115100),
    ("tone", "countdown", 116000, 116100),
    ("tone", "start", 117000, 117400),
    ("tone", "countdown", 126000, 126100),
    ("tone", "countdown", 127000, 127100),
    ("tone", "countdown", 128000, 128100),
    ("tone", "start", 129000, 129400),
    # 12 s are not talked over, so this one is told as it runs: 129400 + 100 = 129500 -> 5396 x 24
    ("speech", "name", 129504, 130504),
    ("speech", "amount", 130704, 131704),
    ("speech", "script", 131904, 132904),
    ("tone", "countdown", 141000, 141100),
    ("tone", "countdown", 142000, 142100),
    ("tone", "countdown", 143000, 143100),
    ("tone", "finish", 143100, 144000),
]


CLAPS = """
voiceguide: 1
title: Claps
coach: {praise: false}
steps:
  - exercise: bird
    duration: 40s
    prepare: 0
    cues:
      - {at: 10s, sound: clap}
      - {at: -10s, sound: clap, say: Go.}
      - {at: -3.5s, sound: clap}
"""
CLAPS_EVENTS: list[Event] = [
    ("segment", "work", 0, 40000),
    ("tone", "start", 0, 400),
    ("speech", "name", 504, 1504),  # 400 + 100 = 500 = 20.8 x 24
    ("speech", "amount", 1704, 2704),  # 1504 + 200 = 71 x 24
    ("tone", "script", 10000, 11000),  # a clap lasts 1 s here
    ("tone", "script", 30000, 31000),
    ("speech", "script", 31200, 32200),  # after the clap: 31000 + 200 = 1300 x 24
    # The clap is heard in place of the first second of the countdown, 37000
    ("tone", "script", 36500, 37500),
    ("tone", "countdown", 38000, 38100),
    ("tone", "countdown", 39000, 39100),
    ("tone", "finish", 39100, 40000),
]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (SIDES, SIDES_EVENTS),
        (SETS, SETS_EVENTS),
        (HOLDS, HOLDS_EVENTS),
        (BREATHS, BREATHS_EVENTS),
        (AMRAPS, AMRAPS_EVENTS),
        (CLAPS, CLAPS_EVENTS),
    ],
    ids=["sides", "sets", "holds", "breaths", "amraps", "claps"],
)
def test_a_timeline_is_what_it_is_by_hand(text: str, events: list[Event]) -> None:
    timeline = planned(text)
    cues: list[Event] = [
        ("speech" if isinstance(cue, Speech) else "tone", cue.role, cue.start_ms, cue.end_ms)
        for cue in timeline.cues
    ]
    segments: list[Event] = [
        ("segment", segment.kind, segment.start_ms, segment.end_ms) for segment in timeline.segments
    ]
    assert [*segments, *cues] == events
    assert timeline.duration_ms == segments[-1][3]
