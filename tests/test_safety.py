"""A safety line is bound to its move: however a script is made, it is heard, once, in time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shipped import NAMES, planned, work

from voiceguide import coach, pipeline
from voiceguide.library import at_level, load
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline

LIBRARY = load()
LINE = LIBRARY.moves["deadlift"].safety or ""
PART = "voiceguide: 1\ntitle: Part\nsteps:\n  - {exercise: deadlift, reps: 5}\n"

CUSTOM = {
    "alone, without time to get ready": "  - {exercise: deadlift, reps: 5, prepare: 0s}",
    "by another of its names": "  - {exercise: Conventional deadlifts, reps: 5}",
    "after other work": "  - {exercise: squat, reps: 5}\n  - {exercise: deadlift, reps: 5}",
    "with words of its own": '  - {exercise: deadlift, reps: 5, say: "Up and down."}',
    "in three sets": "  - {exercise: deadlift, sets: 3, reps: 5, rest: 20s}",
    "in rounds": """
  - repeat: 3
    rest: 20s
    steps:
      - {exercise: squat, reps: 5}
      - {exercise: deadlift, reps: 5}""",
    "in slots": """
  - every: 1m
    rounds: 4
    steps:
      - {exercise: deadlift, reps: 5}""",
    "as many rounds as possible": """
  - amrap: 5m
    steps:
      - {exercise: squat, reps: 10}
      - {exercise: deadlift, reps: 5}""",
    "in another script": "  - include: part.yaml",
    "in another script, twice": "  - include: part.yaml\n  - {rest: 1m}\n  - include: part.yaml",
    "in a block that says names only": """
  - block: Heavy
    coach: {talk: names, countdown: 0, starts: false, tips: false}
    steps:
      - {exercise: deadlift, reps: 5}""",
    "as a step that may be left out": """
  - {exercise: squat, reps: 5}
  - {exercise: deadlift, reps: 5, optional: true}""",
    "twice, at two places": """
  - {exercise: deadlift, reps: 5}
  - {rest: 2m}
  - {exercise: deadlift, reps: 5}""",
}


def plan(steps: str, folder: Path, **options: object) -> Timeline:
    (folder / "part.yaml").write_text(PART, encoding="utf-8")
    text = f"voiceguide: 1\ntitle: Custom\nsteps:\n{steps}\n"
    source = Source(text.encode(), "custom.yaml", folder)
    return pipeline.plan(source, Options(engine="silent", **options), estimate=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("talk", ["full", "short", "names", "beeps"])
@pytest.mark.parametrize("made", CUSTOM)
def test_the_line_of_a_deadlift_is_heard_once_before_its_first_rep(
    made: str, talk: str, tmp_path: Path
) -> None:
    timeline = plan(CUSTOM[made], tmp_path, talk=talk)
    (told,) = (cue for cue in timeline.speech if cue.role == "safety")
    assert told.text == LINE
    assert told.form == "full"
    lifts = [segment for segment in work(timeline)
             if segment.exercise == "deadlift" or segment.exercise is None]  # fmt: skip
    assert told.end_ms <= lifts[0].start_ms


def test_it_goes_with_a_step_that_is_left_out(tmp_path: Path) -> None:
    steps = (
        "  - {exercise: squat, duration: 60s}\n  - {exercise: deadlift, reps: 5, optional: true}"
    )
    timeline = plan(steps, tmp_path, fit_ms=65_000)
    assert {segment.exercise for segment in work(timeline)} == {"squat"}
    assert not [cue for cue in timeline.speech if cue.role == "safety"]


@pytest.mark.parametrize(
    ("move", "level"),
    [("romanian-deadlift", 2), ("romanian-deadlift", 3), ("single-leg-deadlift", 2),
     ("deadlift", 1), ("sumo-deadlift", 1), ("band-deadlift", 1), ("bent-over-row", 1)],
)  # fmt: skip
def test_a_hinge_with_a_load_keeps_the_back_straight(move: str, level: int) -> None:
    safety = at_level(LIBRARY.moves[move], level).safety or ""
    assert "start light" in safety.lower()
    assert "back straight" in safety


@pytest.mark.parametrize("name", NAMES)
def test_before_a_loaded_hinge_the_hinge_is_practised_or_its_line_is_heard(name: str) -> None:
    timeline = planned(name)
    practised = False
    for segment in work(timeline):
        practised |= segment.exercise == "hip-hinge"
        move = LIBRARY.moves.get(segment.exercise or "")
        if move is None or "deadlift" not in move.id:
            continue
        lines = at_level(move, segment.level or 1).safety_lines
        heard = " ".join(cue.text for cue in timeline.speech if cue.end_ms <= segment.start_ms)
        assert practised
        assert all(line in heard for line in lines)


def test_what_was_said_of_the_safety_of_one_move_is_not_said_again_of_another(
    tmp_path: Path,
) -> None:
    """Each sentence once: before the row there is only its back to speak of."""
    steps = """
  - {exercise: goblet squat, prepare: 20s, reps: 5}
  - {exercise: dumbbell row, prepare: 20s, reps: 5}
  - {exercise: bent-over row, prepare: 20s, reps: 5}"""
    assert [cue.text for cue in plan(steps, tmp_path).speech if cue.role == "safety"] == [
        "Start light, and add weight only when it feels easy.",
        "Keep your back straight.",
    ]


@pytest.mark.parametrize(
    "name", [name for name in NAMES if {"weights", "a weight"} & set(planned(name).equipment)]
)
def test_start_light_is_heard_before_the_first_weighted_set(name: str) -> None:
    timeline = planned(name)
    weighted = next(
        segment for segment in work(timeline)
        if segment.exercise and any(
            "weight" in item
            for item in at_level(LIBRARY.moves[segment.exercise], segment.level or 1).equipment
        )
    )  # fmt: skip
    told = " ".join(cue.text for cue in timeline.speech if cue.end_ms <= weighted.start_ms)
    assert "Start light" in told


def test_no_load_goes_up_by_itself(tmp_path: Path) -> None:
    """The level and the target of a set are those that are written, in every round and set."""
    steps = """
  - repeat: 3
    rest: 20s
    steps:
      - {exercise: squat, level: 2, sets: 2, reps: 5, rest: 10s, target: 10 kg}"""
    efforts = work(plan(steps, tmp_path))
    assert {(segment.level, segment.target) for segment in efforts} == {(2, "10 kg")}


def test_without_a_level_it_is_the_first_of_each_move(tmp_path: Path) -> None:
    steps = "\n".join(f"  - {{exercise: {move}}}" for move in LIBRARY.moves)
    assert {segment.level for segment in work(plan(steps, tmp_path))} <= {1, None}


def test_the_notes_of_a_file_and_the_readme_say_whom_to_ask() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert "no doctors and no physical therapists" in readme
    assert "Ask a professional before you begin a new programme" in readme
    for text in (readme, coach.load("en").note):
        assert re.search("stop (if|when) something hurts", text, re.IGNORECASE)
        assert re.search("doctor or a\\s+physical\\s+therapist", text)
