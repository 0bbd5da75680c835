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
