"""Each kind of workout in the cookbook is what its source says: worked out by hand, and golden."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from contract import findings, read

from voiceguide import pipeline
from voiceguide.cli.listing import listing
from voiceguide.cli.outline import outline
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Segment, Timeline, Tone, dump
from voiceguide.model.wording import clock

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "cookbook.md"
GOLDEN = ROOT / "tests" / "golden" / "cookbook"
SCRIPTS = {path.stem: path for path in sorted((ROOT / "docs" / "cookbook").glob("*.yaml"))}
HEAD = re.compile(
    r"# (?P<title>.+)\n#\n#   For +(?P<audience>.+(?:\n#    +.+)*)\n"
    r"#   Source +(?P<source>.+(?:\n#    +.+)*)\n\n(?P<script>voiceguide: 1\n(?s:.*))"
)
TOLD = re.compile(r"(<!-- generated: .*? -->\n).*(<!-- end -->)", re.DOTALL)


@cache
def planned(name: str) -> Timeline:
    """Lengths are those of the silent engine: in proportion to the text, the same everywhere."""
    source = Source(SCRIPTS[name].read_bytes(), SCRIPTS[name].name, SCRIPTS[name].parent)
    return pipeline.plan(source, Options(engine="silent"), estimate=True)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_kind_of_workout_sounds_as_it_did(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{name}.timeline", listing(planned(name)))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_kind_of_workout_is_planned_as_the_contract_says(name: str) -> None:
    script = read(SCRIPTS[name].read_text("utf-8"))
    assert findings(script, json.loads(dump(planned(name)))) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_of_it_is_lost_but_praise_and_tips(name: str) -> None:
    timeline = planned(name)
    assert timeline.warnings == ()
    assert [drop for drop in timeline.dropped if drop.role not in {"praise", "tip"}] == []


S = 1000
MIN = 60 * S


@dataclass(frozen=True)
class Sum:
    """What a workout is, worked out by hand from its source."""

    total: int
    """ms, without the `say` steps that take the time of their words."""
    work: list[int]
    gaps: list[int]
    """Lengths of the rests and changes of side, in order."""
    prepare: list[int]
    sides: str = ""
    """First letters of the sides, effort by effort."""
    marks: list[int] | None = None
    """From the start of the first effort that is counted."""


BY_HAND = {
    # 10 min, 30 s, 8 x 20 s with 7 x 10 s between, 3 min
    "tabata": Sum(
        5 * S + 10 * MIN + 30 * S + 230 * S + 3 * MIN,
        [10 * MIN, *[20 * S] * 8, 3 * MIN],
        [30 * S, *[10 * S] * 7],
        [5 * S],
    ),
    # ten slots of a minute: 15 x 2 s and 12 x 3 s of work, the rest of the minute is rest
    "emom": Sum(
        12 * S + 5 * S + 10 * MIN,
        [30 * S, 36 * S] * 5,
        [30 * S, 24 * S] * 5,
        [5 * S],
        marks=[0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28],
    ),
    # 25 reps of 3 s; rests as long as a partner takes for one rep more
    "ladder": Sum(
        10 * S + 75 * S + 96 * S,
        [3 * S, 6 * S, 9 * S, 12 * S, 15 * S, 12 * S, 9 * S, 6 * S, 3 * S],
        [6 * S, 9 * S, 12 * S, 15 * S, 18 * S, 15 * S, 12 * S, 9 * S],
        [10 * S],
        marks=[0],
    ),
    # 1 + ... + 6 = 21 reps of 3 s; 10 s of rest for each of 1 + ... + 5 = 15 reps
    "pyramid": Sum(
        10 * S + 63 * S + 150 * S,
        [3 * S, 6 * S, 9 * S, 12 * S, 15 * S, 18 * S],
        [10 * S, 20 * S, 30 * S, 40 * S, 50 * S],
        [10 * S],
        marks=[0],
    ),
    # 5 min, then 16 min of running and 5 1/2 min of walking, 5 min
    "run-walk": Sum(
        12 * S + 31 * MIN + 30 * S,
        [5 * MIN, 3 * MIN, 5 * MIN, 3 * MIN, 5 * MIN, 5 * MIN],
        [90 * S, 150 * S, 90 * S],
        [12 * S],
    ),
    # 10 sets of 5 reps of 3 + 1 + 1 = 5 s; 4 + 1 + 4 rests of 3 min
    "five-by-five": Sum(
        30 * S + 250 * S + 27 * MIN,
        [25 * S] * 10,
        [3 * MIN] * 9,
        [30 * S],
        marks=[0, 5, 10, 15, 20],
    ),
    # 8 s of words, 18 x 4 x 4 s, 4 s of words: five minutes
    "box-breathing": Sum(5 * MIN, [4 * S] * 72, [], []),
    # each side 30 + 30 + 30 s, and 10 x 5 s with 9 x 3 s between
    "physio-sheet": Sum(
        20 * S + 190 * S + 20 * S + 164 * S,
        [90 * S, 90 * S, 77 * S, 77 * S],
        [10 * S, 10 * S],
        [20 * S, 20 * S],
        "lrlr",
        marks=[0, 60],
    ),
    # 6 x 3 min and 5 x 1 min
    "boxing-rounds": Sum(5 * S + 23 * MIN, [3 * MIN] * 6, [1 * MIN] * 5, [5 * S]),
    # 8 s of words, 5 min, six times 2 min with five times 1 min between, 3 min
    "cadence": Sum(
        8 * S + 25 * MIN,
        [2 * MIN] * 6,
        [5 * MIN, *[1 * MIN] * 5, 3 * MIN],
        [],
    ),
    # five breaths of 4 s, both sides of three poses; ten at the end
    "yoga-flow": Sum(
        5 * 14 * S + 20 * S + 3 * 48 * S + 40 * S,
        [20 * S] * 7 + [40 * S],
        [8 * S] * 3,
        [14 * S] * 5,
        "rlrlrl",
        marks=[0, 4, 8, 12, 16],
    ),
    # 15 s to get ready, 5 x 20 s, 5 s of words: two minutes
    "snack": Sum(2 * MIN, [20 * S] * 5, [], [15 * S]),
    # 24 x (9 + 1) min
    "long-run": Sum(5 * S + 240 * MIN, [9 * MIN] * 24, [1 * MIN] * 24, [5 * S]),
}


def lengths(timeline: Timeline, *kinds: str) -> list[int]:
    return [segment.length_ms for segment in timeline.segments if segment.kind in kinds]


def work(timeline: Timeline) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.kind == "work"]


def test_each_script_is_worked_out_by_hand() -> None:
    assert SCRIPTS.keys() == BY_HAND.keys()


@pytest.mark.parametrize("name", SCRIPTS)
def test_its_times_are_those_worked_out_by_hand(name: str) -> None:
    timeline, by_hand = planned(name), BY_HAND[name]
    assert lengths(timeline, "work") == by_hand.work
    assert lengths(timeline, "rest", "switch") == by_hand.gaps
    assert lengths(timeline, "prepare") == by_hand.prepare
    assert "".join((segment.side or "")[:1] for segment in work(timeline)) == by_hand.sides
    counted = next((segment for segment in work(timeline) if segment.marks_ms), None)
    marks = counted and [ms - counted.start_ms for ms in counted.marks_ms]
    assert marks == (by_hand.marks and [s * S for s in by_hand.marks])


@pytest.mark.parametrize("name", SCRIPTS)
def test_its_length_is_that_worked_out_by_hand(name: str) -> None:
    """A `say` without `within` lasts as long as its words; all else is the script's own time."""
    timeline = planned(name)
    within = re.findall(r"within: (\d+)s", SCRIPTS[name].read_text("utf-8"))
    words = 0 if within else sum(lengths(timeline, "talk"))
    assert timeline.duration_ms - words == BY_HAND[name].total


def test_slots_of_the_emom_begin_on_the_minute() -> None:
    first, *others = (segment.start_ms for segment in work(planned("emom")))
    assert [start - first for start in others] == [n * MIN for n in range(1, 10)]


def test_the_emom_counts_its_rounds() -> None:
    told = [cue.text for cue in planned("emom").speech if cue.role == "round"]
    assert told[-1] == "Last round, 5 of 5."


def test_box_breathing_has_no_tone_and_names_each_part_as_it_begins() -> None:
    timeline = planned("box-breathing")
    assert timeline.cues == timeline.speech
    names = [cue for cue in timeline.speech if cue.role == "name"]
    late = [cue.start_ms - seg.start_ms for cue, seg in zip(names, work(timeline), strict=True)]
    assert max(late) < 24


def test_each_breath_of_the_yoga_flow_has_its_tone_and_no_number() -> None:
    timeline = planned("yoga-flow")
    tones = [cue for cue in timeline.cues if isinstance(cue, Tone) and cue.role == "rep"]
    assert len(tones) == 7 * 4 + 9
    assert not [cue for cue in timeline.speech if cue.role == "rep"]
    assert [cue.text for cue in timeline.speech if cue.role == "amount"][-1] == "10 breaths."


def test_the_clapper_is_heard_ten_seconds_before_the_end_of_each_round() -> None:
    timeline = planned("boxing-rounds")
    claps = [cue for cue in timeline.cues if isinstance(cue, Tone) and cue.sound == "clap"]
    ends = [segment.end_ms for segment in work(timeline)]
    assert [cue.start_ms for cue in claps] == [end - 10 * S for end in ends]


def test_the_music_of_the_cadence_practice_is_heard_from_the_first_to_the_last() -> None:
    timeline = planned("cadence")
    finish = next(cue for cue in timeline.cues if cue.role == "finish")
    assert timeline.music_ms == ((0, finish.start_ms),)


def test_a_reminder_to_eat_comes_every_forty_minutes() -> None:
    told = [cue.start_ms for cue in planned("long-run").speech if cue.text.startswith("Eat")]
    assert {b - a for a, b in pairwise(told)} == {40 * MIN}
    assert len(told) == 6


def entries() -> Iterator[str]:
    """For each script: for whom it is, how long, what is done, where it is from, and its text."""
    for name, path in SCRIPTS.items():
        head = HEAD.fullmatch(path.read_text("utf-8"))
        assert head, f"{path.name} does not tell for whom it is, and its source"
        timeline = planned(name)
        spoken = sum(cue.end_ms - cue.start_ms for cue in timeline.speech) / timeline.duration_ms
        yield f"\n## {head['title']}\n\n| | |\n| --- | --- |\n"
        yield f"| For | {joined(head['audience'])} |\n"
        yield f"| Length | {clock(timeline.duration_ms)}, {spoken:.0%} of it speech |\n"
        yield f"| Outline | {'; '.join(items(timeline))} |\n"
        yield f"| Source | {joined(head['source'])} |\n"
        yield f"| File | [{path.name}](cookbook/{path.name}) |\n"
        yield f"\n```yaml\n{head['script']}```\n"
    yield "\n"


def items(timeline: Timeline) -> Iterator[str]:
    for item in outline(timeline):
        block = f"{item.block}: " if item.block else ""
        yield f"{block}{item.label}, {item.amount}"


def joined(comment: str) -> str:
    return re.sub(r"\n# +", " ", comment)


def test_the_page_shows_the_scripts(golden: Callable[[Path, str], None]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    wanted = TOLD.sub(lambda found: found[1] + "".join(entries()) + found[2], page)
    golden(PAGE, wanted)
