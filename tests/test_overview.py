"""A script at a glance: its length without planning it, and what its work is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source


def source(steps: str, title: str = "Glance", header: str = "") -> Source:
    text = f"voiceguide: 1\ntitle: {title}\n{header}\nsteps:\n{steps}\n"
    return Source(text.encode(), "glance.yaml", Path())


LENGTHS = {
    "times of its own": "  - {exercise: squat, reps: 10, sets: 3}",
    "words of their own length": "  - say: Hello, and welcome.\n  - {exercise: squat, reps: 10}",
    "time to tell a set-up": "  - {exercise: squat, reps: 10, prepare: auto}",
    "a sound": "  - sound: bell\n  - {exercise: plank, duration: 30s}",
    "slots": "  - every: 1m\n    rounds: 3\n    steps: [{exercise: squat, reps: 10}]",
}


@pytest.mark.parametrize("steps", LENGTHS.values(), ids=LENGTHS)
def test_its_length_is_that_of_its_plan(steps: str) -> None:
    script = source(steps)
    planned = pipeline.plan(script, Options(engine="silent"), estimate=True)
    assert pipeline.overview(script).estimated_ms == planned.duration_ms


def test_a_script_that_is_fitted_has_the_length_that_is_asked_for() -> None:
    script = source(LENGTHS["times of its own"], header="fit: 3m")
    assert pipeline.overview(script).estimated_ms == 180_000


def areas(steps: str, title: str = "Glance") -> tuple[str, ...]:
    return pipeline.overview(source(steps, title)).areas


def test_areas_are_those_that_are_worked_most_first() -> None:
    steps = "  - {exercise: plank, duration: 60s}\n  - {exercise: calf raise, reps: 10, pace: 2s}"
    assert areas(steps) == ("core", "calves")


def test_what_takes_less_than_a_tenth_of_the_work_is_no_area() -> None:
    steps = "  - {exercise: plank, duration: 5m}\n  - {exercise: calf raise, reps: 10, pace: 2s}"
    assert areas(steps) == ("core",)


def test_moves_share_the_time_of_as_many_rounds_as_possible() -> None:
    steps = """
  - amrap: 5m
    steps: [{exercise: plank, duration: 20s}, {exercise: calf raise, reps: 10}]"""
    assert areas(steps) == ("core", "calves")


def test_work_in_words_of_its_own_is_for_what_the_title_names() -> None:
    steps = "  - {exercise: Breathe in, duration: 4s}\n  - {exercise: Hold, duration: 4s}"
    assert areas(steps, "Box breathing") == ("breath",)
    assert areas(steps, "Something else") == ()


def test_what_it_is_for_whom_and_where_from_is_as_written() -> None:
    header = "description: Short.\naudience: Everybody\nsource: Ours\nlevel: 2"
    seen = pipeline.overview(source("  - {exercise: squat, reps: 5}", header=header))
    assert (seen.description, seen.audience, seen.source) == ("Short.", "Everybody", "Ours")
    assert (seen.level, seen.equipment) == (2, ("weights",))
