"""What grows from week to week, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline
from voiceguide.pipeline.programmes import plan_programme

Call = Callable[..., Any]
Write = Callable[[str, str], str]


@pytest.mark.parametrize(
    ("progress", "reps", "sets"),
    [
        ("{}", [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]),
        ("{reps: +1 a week, sets: +1 at week 4, deload: week 4}",
         [0, 1, 2, 0, 3, 4], [0, 0, 0, 0, 1, 1]),
        ("{reps: +2 every 2 weeks}", [0, 0, 2, 2, 4, 4], [0, 0, 0, 0, 0, 0]),
        ("{reps: [+1 a week, -3 at week 5]}", [0, 1, 2, 3, 1, 2], [0, 0, 0, 0, 0, 0]),
        ("{sets: [+1 at week 2, +1 at week 5], deload: every 3 weeks}",
         [0, 0, 0, 0, 0, 0], [0, 1, 0, 1, 2, 0]),
        ("{reps: +1 a week, deload: [week 2, 3]}", [0, 0, 0, 1, 2, 3], [0, 0, 0, 0, 0, 0]),
    ],
)  # fmt: skip
def test_what_a_week_has_more(
    call: Call, write: Write, legs: str, progress: str, reps: list[int], sets: list[int]
) -> None:
    text = (
        f"programme: 1\ntitle: T\nweeks: 6\ndays: [monday]\nsessions: [{legs}]\n"
        f"progress: {progress}\n"
    )
    called = call("program", write("p.yaml", text), "--plan", "--estimate", "--json")
    sessions = json.loads(called.out)["sessions"]
    assert [each["more_reps"] for each in sessions] == reps
    assert [each["more_sets"] for each in sessions] == sets


KINDS = """\
voiceguide: 1
title: Every kind of work
defaults: {prepare: 0s, rest: 10s, pace: 2s, switch: 5s}
steps:
  - {exercise: own move, reps: 10}
  - {exercise: squat, reps: [12, 10]}
  - {exercise: reverse lunge, reps: 4-6, sides: left-right}
  - {exercise: hip thrust}
  - {exercise: side plank, reps: 2, hold: 5s, sides: none}
  - {exercise: plank, duration: 20s, sets: 2}
  - {exercise: plank, hold: 20s}
  - {exercise: easy run, duration: 1m, distance: 200 m}
  - repeat: 2
    steps:
      - {exercise: push-up, reps: 3}
  - amrap: 1m
    steps:
      - {exercise: squat, reps: 5}
"""


def planned(text: str, progress: str) -> list[Timeline]:
    Path("kinds.yaml").write_text(text, encoding="utf-8")
    programme = (
        "programme: 1\ntitle: T\nweeks: 2\ndays: [monday]\nsessions: [kinds.yaml]\n"
        f"progress: {progress}\n"
    )
    source = Source(programme.encode(), "p.yaml", Path())
    timetable = plan_programme(source, Options(engine="silent"), estimate=True)
    return [each.timeline for each in timetable.sessions]


def counts(timeline: Timeline) -> dict[str, list[int]]:
    """Reps of each set, or whole seconds of what is not counted; of sides the left."""
    found: dict[str, list[int]] = {}
    for segment in timeline.segments:
        if segment.kind == "work" and segment.side != "right":
            amount = segment.reps or segment.length_ms // 1000
            found.setdefault(segment.label or "", []).append(amount)
    return found


@pytest.mark.usefixtures("folder")
def test_only_what_is_counted_grows() -> None:
    first, second = planned(KINDS, "{reps: +2 a week, sets: +1 at week 2}")
    before, after = counts(first), counts(second)
    assert before["own move"] == [10]
    assert after["own move"] == [12, 12]
    assert before["Squat"] == [12, 10]
    assert after["Squat"] == [14, 12, 12]
    assert after["Reverse lunge"] == [6, 6]
    assert before["Hip thrust"] == [10, 10, 10]
    assert after["Hip thrust"] == [12, 12, 12, 12]
    assert after["Side plank"] == [4, 4]
    assert after["Push-up"] == [5, 5], "rounds are sets already"
    for timed in ("Plank", "easy run"):
        assert after[timed] == before[timed]
    told = [cue.text for cue in second.speech]
    assert any("6 to 8 reps" in text for text in told)
    assert any("5 reps" in text for text in told), "a round of an amrap stays as it is"


@pytest.mark.usefixtures("folder")
def test_both_sides_grow_alike() -> None:
    _, second = planned(KINDS, "{reps: +2 a week, sets: +1 at week 2}")
    lunges = [s for s in second.segments if s.kind == "work" and s.label == "Reverse lunge"]
    assert [(s.set, s.side, s.reps) for s in lunges] == [
        (1, "left", 6), (1, "right", 6), (2, "left", 6), (2, "right", 6),
    ]  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_reps_and_sets_never_fall_below_one() -> None:
    _, second = planned(KINDS, "{reps: -11 a week, sets: -5 at week 2}")
    assert counts(second)["own move"] == [1]
    assert counts(second)["Hip thrust"] == [1]


@pytest.mark.usefixtures("folder")
def test_sets_that_are_added_rest_as_long_as_the_last() -> None:
    text = (
        "voiceguide: 1\ntitle: T\nsteps:\n"
        "  - {exercise: squat, reps: [5, 5, 5], rest: [10s, 20s]}\n"
    )
    _, second = planned(text, "{sets: +2 at week 2}")
    assert [s.length_ms for s in second.segments if s.kind == "rest"] == [
        10_000, 20_000, 20_000, 20_000,
    ]  # fmt: skip


def test_values_by_week_and_lengths_by_hand(call: Call, programme: str) -> None:
    """Squats, lunges of both sides and a run, 1 s a rep; 2 s before each and between sets."""
    called = call("program", programme, "--plan", "--estimate", "--engine", "silent", "--json")
    sessions = json.loads(called.out)["sessions"]
    assert [each["variables"] for each in sessions[::2]] == [
        {"run": "10s"}, {"run": "12s"}, {"run": "14s"},
    ]  # fmt: skip
    by_hand = [
        2 + 3 + 2 + 3 + 2 + (2 + 2 + 2) + 2 + 10,
        2 + 4 + 2 + 4 + 2 + 4 + 2 + (3 + 2 + 3) + 2 + (3 + 2 + 3) + 2 + 12,
        2 + 3 + 2 + 3 + 2 + (2 + 2 + 2) + 2 + 14,
    ]
    announced_ms = sessions[0]["duration_ms"] - 1000 * by_hand[0]
    assert 1000 <= announced_ms <= 4000
    assert [each["duration_ms"] - announced_ms for each in sessions[::2]] == [
        1000 * seconds for seconds in by_hand
    ]
    amounts = [[step["amount"] for step in each["steps"]] for each in sessions[::2]]
    assert amounts == [
        ["2 x 3 reps", "2 reps, each side", "10 s"],
        ["3 x 4 reps", "2 x 3 reps, each side", "12 s"],
        ["2 x 3 reps", "2 reps, each side", "14 s"],
    ]
