"""The moves of the source articles as they are heard: each by its name alone, at any level."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.library import load
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Segment, Speech, Timeline

LIBRARY = load()


def plan(*steps: str, header: str = "") -> Timeline:
    lines = "".join(f"  - {step}\n" for step in steps)
    text = f"voiceguide: 1\ntitle: Moves\n{header}\nsteps:\n{lines}"
    source = Source(text.encode(), "moves.yaml", Path())
    return pipeline.plan(source, Options(engine="silent"), estimate=True)


def alone(name: str, level: int = 1) -> Timeline:
    return plan(f"{{exercise: {name}, level: {level}, prepare: auto}}")


def test_the_level_may_go_up_with_the_rounds_and_stays_at_the_highest_there_is() -> None:
    step = '{repeat: 3, steps: [{exercise: squat, reps: 2, level: "{round}"}]}'
    assert [segment.level for segment in work(plan(step))] == [1, 2, 2]


def work(timeline: Timeline) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.kind == "work"]


def said(timeline: Timeline, *roles: str, before: int | None = None) -> list[Speech]:
    """What is said in these roles, before a moment."""
    last = timeline.duration_ms if before is None else before
    return [cue for cue in timeline.speech if cue.role in roles and cue.end_ms <= last]


# Name, sets, markers in all, sides of the first set: three sets of ten, a side at a time.
ARTICLE = [
    ("hip thrust", 3, 30, [None]),
    ("fire hydrant", 3, 60, ["left", "right"]),
    ("Bulgarian split squat", 3, 60, ["left", "right"]),
    ("clam shells", 3, 60, ["left", "right"]),
    ("donkey kick", 3, 60, ["right", "left"]),
    ("Romanian deadlift", 3, 30, [None]),
    ("lateral lunge", 3, 60, ["left", "right"]),
    ("side leg lift", 3, 60, ["left", "right"]),
    ("crab walk", 3, 60, ["left", "right"]),
]


@pytest.mark.parametrize(("name", "sets", "markers", "sides"), ARTICLE)
def test_sets_markers_and_sides_are_those_of_the_article(
    name: str, sets: int, markers: int, sides: list[str | None]
) -> None:
    efforts = work(alone(name))
    assert {segment.sets for segment in efforts} == {sets}
    assert sum(len(segment.marks_ms) for segment in efforts) == markers
    assert [segment.side for segment in efforts] == sides * sets


@pytest.mark.parametrize("name", [row[0] for row in ARTICLE])
def test_markers_are_evenly_spaced_by_the_tempo(name: str) -> None:
    for segment in work(alone(name)):
        assert {b - a for a, b in pairwise(segment.marks_ms)} == {segment.rep_ms}
        assert segment.marks_ms[0] == segment.start_ms


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("name", [row[0] for row in ARTICLE])
def test_the_set_up_is_heard_before_the_first_set_and_not_again(name: str, level: int) -> None:
    timeline = alone(name, level)
    first, *others = work(timeline)
    (setup, *again) = [cue for cue in said(timeline, "setup") if cue.form == "full"]
    assert setup.end_ms < first.start_ms
    # The other side is told in short; nothing of the set-up comes in sets two and three.
    later = [segment.start_ms for segment in others if segment.set and segment.set > 1]
    assert all(cue.start_ms < later[0] for cue in again)


@pytest.mark.parametrize(
    ("name", "level", "thing"),
    [
        ("hip thrust", 2, "band"),
        ("clam shell", 2, "band"),
        ("donkey kick", 2, "band"),
        ("lateral lunge", 2, "band"),
        ("lateral lunge", 3, "ankle weights"),
        ("side leg lift", 3, "band"),
        ("crab walk", 1, "band"),
        ("Bulgarian split squat", 2, "weight"),
        ("Romanian deadlift", 2, "weights"),
    ],
)
def test_what_a_progression_needs_is_listed_and_told_before_the_first_set(
    name: str, level: int, thing: str
) -> None:
    timeline = alone(name, level)
    assert any(thing in item for item in timeline.equipment)
    before = " ".join(
        cue.text for cue in said(timeline, "setup", before=work(timeline)[0].start_ms)
    )
    assert thing in before


@pytest.mark.parametrize("name", ["Bulgarian split squat", "Romanian deadlift", "squat"])
def test_without_a_progression_no_weights_are_spoken_of(name: str) -> None:
    assert not any("weight" in cue.text for cue in alone(name).speech if cue.role != "tip")


def test_squeeze_is_told_of_the_hip_thrust_and_not_on_every_rep() -> None:
    timeline = alone("hip thrust")
    squeezes = [cue for cue in timeline.speech if "squeeze" in cue.text.lower()]
    assert 1 <= len(squeezes) <= 3
    assert work(timeline)[0].tempo == "2-0-1-1"  # two seconds down


def test_a_single_leg_thrust_doubles_the_markers() -> None:
    efforts = work(alone("hip thrust", 3))
    assert sum(len(segment.marks_ms) for segment in efforts) == 60
    assert [segment.side for segment in efforts] == ["left", "right"] * 3


@pytest.mark.parametrize(
    ("name", "level", "least_ms"),
    [
        ("clam shell", 1, 5_000),
        ("side leg lift", 1, 5_000),
        ("donkey kick", 2, 10_000),
    ],
)
def test_there_is_time_to_roll_over_or_to_move_the_band(
    name: str, level: int, least_ms: int
) -> None:
    gaps = [segment for segment in alone(name, level).segments if segment.kind == "switch"]
    assert gaps
    assert all(segment.length_ms >= least_ms for segment in gaps)


@pytest.mark.parametrize("name", ["clam shell", "side leg lift"])
def test_the_side_to_lie_on_is_told_before_each_side_works(name: str) -> None:
    timeline = alone(name)
    for segment, lie in zip(work(timeline), ["right", "left"], strict=False):
        told = [cue.text for cue in timeline.speech
                if cue.about == segment.index and cue.end_ms <= segment.start_ms]  # fmt: skip
        assert any(f"your {lie} side" in text for text in told)


def test_the_band_moves_to_the_other_foot_in_the_words_of_the_second_side() -> None:
    timeline = alone("donkey kick", 2)
    second = work(timeline)[1]
    told = " ".join(cue.text for cue in timeline.speech if cue.about == second.index)
    assert "left foot" in told
    assert "right" not in told


@pytest.mark.parametrize("name", [row[0] for row in ARTICLE if row[3] == [None]])
def test_where_both_sides_work_together_no_side_is_told(name: str) -> None:
    told = " ".join(cue.text for cue in alone(name).speech)
    assert not re.search(r"\b(left|right)\b", told, re.IGNORECASE)


@pytest.mark.parametrize("name", [row[0] for row in ARTICLE if row[3] != [None]])
def test_the_words_of_the_second_side_have_left_and_right_changed(name: str) -> None:
    """Nothing is left over of the first, and no placeholder of either."""
    timeline = alone(name)
    first, second = work(timeline)[:2]
    texts = {
        segment.index: " ".join(
            cue.text for cue in timeline.speech
            if cue.about == segment.index and cue.role in {"name", "side"}
        )
        for segment in (first, second)
    }  # fmt: skip
    for segment, text in zip((first, second), texts.values(), strict=True):
        other = {"left": "right", "right": "left"}[str(segment.side)]
        assert str(segment.side) in text.lower()
        assert other not in text.lower()
    assert not any("{" in cue.text for cue in timeline.speech)


@pytest.mark.parametrize("name", ["hip hinge", "Romanian deadlift", "deadlift"])
@pytest.mark.parametrize("talk", ["full", "short"])
def test_the_straight_back_is_heard_before_the_first_rep_of_a_hinge(name: str, talk: str) -> None:
    timeline = plan(f"{{exercise: {name}, prepare: auto}}", header=f"coach: {{talk: {talk}}}")
    first = work(timeline)[0]
    told = " ".join(cue.text for cue in said(timeline, "setup", "safety", before=first.start_ms))
    assert re.search("back straight|neutral spine", told)


def test_crab_walks_have_their_steps_both_ways_and_tell_the_range() -> None:
    timeline = alone("crab walk")
    assert {segment.reps for segment in work(timeline)} == {10}
    assert {segment.unit for segment in work(timeline)} == {"steps"}
    assert any("10 to 20 steps" in cue.text for cue in timeline.speech)


def test_one_number_changes_only_what_it_is_of() -> None:
    """An unwritten rest is filled in and listed; written, it alone is another."""
    usual = plan("{exercise: hip thrust}")
    other = plan("{exercise: hip thrust, rest: 40s}")
    lengths = [[(s.kind, s.length_ms) for s in t.segments] for t in (usual, other)]
    assert [row for row in lengths[0] if row[0] == "rest"] == [("rest", 30_000)] * 2
    assert [row for row in lengths[1] if row[0] == "rest"] == [("rest", 40_000)] * 2
    assert [row for row in lengths[0] if row[0] != "rest"] == [
        row for row in lengths[1] if row[0] != "rest"
    ]


def test_only_the_moves_that_are_written_appear() -> None:
    chosen = plan("{exercise: clam shell}", "{exercise: donkey kick}")
    assert {segment.exercise for segment in work(chosen)} == {"clam-shell", "donkey-kick"}


def test_five_seconds_are_a_session() -> None:
    assert plan("{exercise: squat, duration: 5s, prepare: 0s}").duration_ms == 5_000


def test_what_a_routine_needs_is_the_sum_of_what_its_moves_need() -> None:
    moves = ["crab walk", "Bulgarian split squat", "deadlift", "donkey kick"]
    timeline = plan(*(f"{{exercise: {name}}}" for name in moves))
    needed = [
        item for name in moves for item in (LIBRARY.find(name) or LIBRARY.moves[""]).equipment
    ]
    assert list(timeline.equipment) == list(dict.fromkeys(needed))


@pytest.mark.parametrize("name", ["clam shell", "side leg lift", "open book"])
def test_who_lies_on_the_other_side_hears_which_one_is_up(name: str) -> None:
    """ "Right side. Lie on your left side." would be two sides at once."""
    first, other = (cue.text for cue in alone(name).speech if cue.role in {"name", "side"}
                    and cue.about in {s.index for s in work(alone(name))[:2]})  # fmt: skip
    assert first.endswith(", left side up.")
    assert other.startswith("Right side up. ")


def test_who_lies_on_the_side_that_works_hears_its_name() -> None:
    names = [cue.text for cue in alone("side plank").speech if cue.role == "name"]
    assert names[0] == "Side plank, left side."
