"""All that is wrong with a script is told in one go, whatever else is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.source import Source

NAMES_NOTHING = "phrases: none.yaml\nmusic: none.mp3\nrecordings: none\nvoice: {name: nobody}\n"


@pytest.mark.parametrize("steps", ["[{exercise: squat, reps: x}]", "[]", "squat", ""])
def test_what_the_header_names_is_looked_for_though_no_step_is_sound(steps: str) -> None:
    text = f"voiceguide: 1\ntitle: T\n{NAMES_NOTHING}steps: {steps}\n"
    faults = pipeline.check(Source(text.encode(), "run.yaml", Path())).faults
    assert [fault.line for fault in faults] == [3, 4, 5, 6, 7]


def test_a_fault_of_a_step_hides_no_sound_that_it_names() -> None:
    text = """\
voiceguide: 1
title: T
steps:
  - {exercise: squat, reps: 4, sounds: clap, cues: [{at: 3s, sound: gong}, {at: half, say: On}]}
  - {sound: gong, loud: true}
  - {amrap: 5m, steps: [{exercise: squat, reps: x, cues: [{at: 3s, sound: gong}]}]}
"""
    faults = pipeline.check(Source(text.encode(), "run.yaml", Path())).faults
    assert [fault.path for fault in faults] == [
        "steps[0].sounds", "steps[0].cues[0].sound", "steps[1].sound", "steps[1].loud",
        "steps[2].steps[0].reps", "steps[2].steps[0].cues",
    ]  # fmt: skip


def test_the_name_of_a_level_that_no_exercise_has_is_told_wherever_it_is_written(
    tmp_path: Path,
) -> None:
    part = "voiceguide: 1\ntitle: P\ndefaults: {level: nowhere}\nsteps: [{exercise: squat}]\n"
    (tmp_path / "part.yaml").write_text(part, encoding="utf-8")
    text = """\
voiceguide: 1
title: T
level: weigthed
defaults: {level: weigthed}
steps:
  - {block: A, defaults: {level: weigthed}, steps: [{exercise: squat}]}
  - include: part.yaml
"""
    faults = pipeline.check(Source(text.encode(), "run.yaml", tmp_path)).faults
    assert [(Path(fault.origin).name, fault.line) for fault in faults] == [
        ("run.yaml", 3), ("run.yaml", 4), ("run.yaml", 6), ("part.yaml", 3)
    ]  # fmt: skip
    assert [fault.hint for fault in faults][:3] == ["Did you mean `weighted`?"] * 3


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("fit: 10s\nsteps: [{exercise: hop, duration: 40s}]", 3),
        ("coach: {talk: beeps}\nsteps:\n- say: Hello", 5),
    ],
)
def test_what_is_sure_without_a_word_measured_is_a_fault_for_check_too(
    body: str, line: int
) -> None:
    report = pipeline.check(
        Source(f"voiceguide: 1\ntitle: T\n{body}\n".encode(), "run.yaml", Path())
    )
    assert [fault.line for fault in report.faults] == [line]
    assert not report.warnings


def test_a_length_that_depends_on_words_is_a_doubt_until_they_are_measured() -> None:
    text = "voiceguide: 1\ntitle: T\nfit: 10s\nsteps: [{say: Hi}, {exercise: hop, duration: 40s}]\n"
    report = pipeline.check(Source(text.encode(), "run.yaml", Path()))
    assert not report.faults
    (doubt,) = report.warnings
    assert doubt.line == 3
    assert doubt.hint.endswith("`render` measures the words, and refuses the script if this holds.")


def test_the_numbers_of_levels_are_among_the_choices_for_a_name_that_is_none() -> None:
    text = "voiceguide: 1\ntitle: T\nlevel: hard\nsteps: [{exercise: squat, reps: 4}]\n"
    (fault,) = pipeline.check(Source(text.encode(), "run.yaml", Path())).faults
    assert fault.hint.startswith("Write 1 to 3, or a name: ")
