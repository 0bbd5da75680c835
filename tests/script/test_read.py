"""What is written becomes what it means: values, kinds of steps, the whole example."""

from __future__ import annotations

from typing import Any

import pytest

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import (
    Block,
    Coach,
    Defaults,
    Every,
    Exercise,
    Range,
    Repeat,
    Rest,
    Routine,
    Say,
    Sound,
    TimedCue,
    Variable,
    Voice,
    Wait,
)
from voiceguide.script import read

EXAMPLE = """\
# yaml-language-server: $schema=../voiceguide/routine.schema.json
voiceguide: 1                  # format number, required
title: Lunch-break legs        # required
description: Eight minutes, no equipment.
language: en
level: 1

voice: {engine: auto, rate: 150, pronounce: {RDL: R D L}}
coach: {talk: full, countdown: 3, count_reps: last-3, halfway: true, remaining: [10s], praise: true}
defaults: {rest: 30s, switch: 5s, pace: 3s}

steps:
  - say: Welcome. Find some floor space.
  - block: Warm up
    steps:
      - exercise: marching on the spot
        duration: 45s
      - rest: 15s
  - block: Main
    coach: {count_reps: all}
    steps:
      - repeat: 2
        rest: 1m
        steps:
          - exercise: reverse lunge
            reps: 8
            tempo: 2-1-1-0
            sides: left-right
          - rest: 20s
          - exercise: plank
            duration: [20s, 30s]
            rest: 15s
            cues:
              - at: half
                say: "Squeeze, and keep breathing"
  - say: Done. Walk around and breathe.
"""


def routine_of(text: str | bytes) -> Routine:
    script = read(text, "run.yaml")
    assert script.faults == ()
    assert script.routine is not None
    return script.routine


def step_of(body: str) -> Any:
    """The only step of a script with that step."""
    (step,) = routine_of(f"voiceguide: 1\ntitle: T\nsteps:\n  - {body}\n").steps
    return step


def value_of(key: str, written: str) -> Any:
    """The value of a key of an exercise."""
    return getattr(step_of(f"{{exercise: x, {key}: {written}}}"), key)


def test_the_example_of_the_format_reads_in_full() -> None:
    assert routine_of(EXAMPLE) == Routine(
        title="Lunch-break legs",
        description="Eight minutes, no equipment.",
        level=1,
        voice=Voice(engine="auto", rate=150, pronounce=(("RDL", "R D L"),)),
        coach=Coach(
            talk="full", countdown=3, count_reps=3, halfway=True, remaining=(10_000,), praise=True
        ),
        defaults=Defaults(rest=30_000, switch=5_000, pace=3_000),
        steps=(
            Say(say=Phrase("Welcome. Find some floor space.")),
            Block(
                block="Warm up",
                steps=(
                    Exercise(exercise="marching on the spot", duration=45_000),
                    Rest(rest=15_000),
                ),
            ),
            Block(
                block="Main",
                coach=Coach(count_reps="all"),
                steps=(
                    Repeat(
                        repeat=2,
                        rest=60_000,
                        steps=(
                            Exercise(
                                exercise="reverse lunge",
                                reps=8,
                                tempo="2-1-1-0",
                                sides="left-right",
                            ),
                            Rest(rest=20_000),
                            Exercise(
                                exercise="plank",
                                duration=(20_000, 30_000),
                                rest=15_000,
                                cues=(
                                    TimedCue(at="half", say=Phrase("Squeeze, and keep breathing")),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            Say(say=Phrase("Done. Walk around and breathe.")),
        ),
    )


def test_steps_know_their_line_and_their_path() -> None:
    block = routine_of(EXAMPLE).steps[2]
    assert isinstance(block, Block)
    repeat = block.steps[0]
    assert isinstance(repeat, Repeat)
    plank = repeat.steps[2]
    assert isinstance(plank, Exercise)
    assert (block.line, block.path) == (19, "steps[2]")
    assert (plank.line, plank.path) == (30, "steps[2].steps[0].steps[2]")
    assert plank.cues[0].line == 34


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("45", 45_000),
        ("045", 45_000),
        ("+45", 45_000),
        ("2.5", 2_500),
        (".5", 500),
        ('"45"', 45_000),
        ("45s", 45_000),
        ("2.5s", 2_500),
        ("1m30s", 90_000),
        ("1m 30s", 90_000),
        ("2 min", 120_000),
        ("2 minutes", 120_000),
        ("90 sec", 90_000),
        ("90S", 90_000),
        ("1h", 3_600_000),
        ("1 h 30 min", 5_400_000),
        ("0:45", 45_000),
        ("1:30", 90_000),
        ("10:00", 600_000),
        ("90:00", 5_400_000),
        ("1:02:30", 3_750_000),
        ("0:02.5", 2_500),
        ("12h", 43_200_000),
        ("0.0015s", 2),
        ("0.001", 1),
        ('"{round}"', Variable("round")),
    ],
)
def test_durations(written: str, ms: int) -> None:
    assert value_of("duration", written) == ms


@pytest.mark.parametrize("key", ["rest", "switch", "prepare"])
@pytest.mark.parametrize("written", ["0", "0s", "0:00"])
def test_a_pause_may_be_zero(key: str, written: str) -> None:
    assert value_of(key, written) == 0


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("reps", "8", 8),
        ("reps", "010", 10),
        ("reps", '"3"', 3),
        ("reps", "10-20", Range(10, 20)),
        ("reps", "10 to 20", Range(10, 20)),
        ("reps", '"{rounds}"', Variable("rounds")),
        ("reps", "[12, 10-12, 8]", (12, Range(10, 12), 8)),
        ("hold", "10s", 10_000),
        ("pace", "2s", 2_000),
        ("tempo", "3-1-1-0", "3-1-1-0"),
        ("tempo", "2.5-0-x-0", "2.5-0-X-0"),
        ("tempo", '"2 - 1 - 1 - 0"', "2-1-1-0"),
        ("sets", "3", 3),
        ("sets", '"{round}"', Variable("round")),
        ("target", "85 %", "85 %"),
        ("target", "[20 kg, 25 kg]", ("20 kg", "25 kg")),
        ("rest_range", "[8s, 20s]", (8_000, 20_000)),
        ("prepare", "auto", "auto"),
        ("level", "2", 2),
        ("level", "single-leg", "single-leg"),
        ("order", "per-side", "per-side"),
        ("starts", "up", "up"),
        ("cues", "[{at: 20s, say: a}]", (TimedCue(at=20_000, say=Phrase("a")),)),
        ("cues", "[{at: -10s, say: a}]", (TimedCue(at=-10_000, say=Phrase("a")),)),
    ],
)
def test_values_of_an_exercise(key: str, written: str, value: object) -> None:
    assert value_of(key, written) == value


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("no", "no"),
        ("true", "true"),
        ("010", "010"),
        ("1:30", "1:30"),
        ("2026-02-03", "2026-02-03"),
        ("0x1E", "0x1E"),
        ('"null"', "null"),
        ("'it''s'", "it's"),
        ('"cafe\\u0301"', "caf\u00e9"),
        ('"a\\u200bb"', "a\u200bb"),
        ("Set {set} of {sets}", "Set {set} of {sets}"),
        ("|\n      two\n      lines", "two\nlines\n"),
    ],
)
def test_text_is_taken_as_written_in_nfc(written: str, text: str) -> None:
    assert step_of(f"say: {written}") == Say(say=Phrase(text))


@pytest.mark.parametrize(
    ("body", "step"),
    [
        ("{rest: 30s, say: Breathe}", Rest(rest=30_000, say=Phrase("Breathe"))),
        ("{say: Breathe, rest: 30s}", Rest(rest=30_000, say=Phrase("Breathe"))),
        ("{rest: 1m, label: walk, rest_range: [30s, 2m]}",
         Rest(rest=60_000, label="walk", rest_range=(30_000, 120_000))),
        ("{say: Go, within: 4s}", Say(say=Phrase("Go"), within=4_000)),
        ("{exercise: x, reps: 5, rest: 15s, say: Slow, prepare: 5s}",
         Exercise(exercise="x", reps=5, rest=15_000, say=Phrase("Slow"), prepare=5_000)),
        ("{exercise: x, reps: 6, hold: 10s, release: 3s}",
         Exercise(exercise="x", reps=6, hold=10_000, release=3_000)),
        ("{exercise: run, distance: 800 m, pace: own, estimate: 4m}",
         Exercise(exercise="run", distance="800 m", pace="own", estimate=240_000)),
        ("{exercise: x, reps: [8, 6], rest: [30s], sets: 2}",
         Exercise(exercise="x", reps=(8, 6), rest=(30_000,), sets=2)),
        ("{sound: bell}", Sound(sound="bell")),
        ("{every: 1m, rounds: 12, steps: [{rest: 1s}]}",
         Every(every=60_000, rounds=12, steps=(Rest(rest=1_000),))),
        ("{repeat: 3, rest: 1m, rest_label: walk, steps: [{rest: 1s}]}",
         Repeat(repeat=3, rest=60_000, rest_label="walk", steps=(Rest(rest=1_000),))),
        ("{block: B, defaults: {pace: own}, steps: [{exercise: run, distance: 1 km}]}",
         Block(block="B", defaults=Defaults(pace="own"),
               steps=(Exercise(exercise="run", distance="1 km"),))),
        ("{wait: Ready?, estimate: 1m}", Wait(wait="Ready?", estimate=60_000)),
        ("{rest: 1s, optional: false}", Rest(rest=1_000)),
        ("{rest: 1s, optional: true}", Rest(rest=1_000, optional=True)),
    ],
)  # fmt: skip
def test_kinds_of_steps(body: str, step: object) -> None:
    assert step_of(body) == step


@pytest.mark.parametrize(
    ("written", "coach"),
    [
        ("{wake: false}", Coach(wake=False)),
        ("{wake: 1.5s}", Coach(wake=1_500)),
        ("{countdown: 0, starts: FALSE}", Coach(countdown=0, starts=False)),
        ("{count_reps: none, remaining: []}", Coach(count_reps="none", remaining=())),
        ("{count_reps: last-5}", Coach(count_reps=5)),
    ],
)
def test_what_the_coach_is_told(written: str, coach: Coach) -> None:
    text = f"voiceguide: 1\ntitle: T\ncoach: {written}\nsteps: [{{rest: 1s}}]\n"
    assert routine_of(text).coach == coach


@pytest.mark.parametrize(
    ("written", "language"), [("en", "en"), ("EN-us", "en-US"), ("en-GB", "en-GB")]
)
def test_languages_that_have_a_phrase_book(written: str, language: str) -> None:
    text = f"voiceguide: 1\ntitle: T\nlanguage: {written}\nsteps: [{{rest: 1s}}]\n"
    assert routine_of(text).language == language


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r"),
    ],
    ids=["utf-8", "bom", "bom-text", "crlf-text", "crlf", "cr"],
)
def test_a_byte_order_mark_and_any_line_break_are_accepted(encode: Any) -> None:
    assert routine_of(encode(EXAMPLE)) == routine_of(EXAMPLE)


def test_aliases_repeat_what_they_name() -> None:
    text = "voiceguide: 1\ntitle: T\nsteps:\n- &a {rest: 1s}\n- say: x\n- *a\n"
    assert [type(step) for step in routine_of(text).steps] == [Rest, Say, Rest]


def test_a_long_flat_script_is_read() -> None:
    text = "voiceguide: 1\ntitle: T\nsteps:\n" + "- {exercise: x, duration: 1s}\n" * 20_001
    assert len(routine_of(text).steps) == 20_001
