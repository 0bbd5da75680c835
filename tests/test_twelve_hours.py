"""Slots do not drift: after twelve hours each still begins to the millisecond and the frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voiceguide import pipeline
from voiceguide.model.errors import ScriptError
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.units import RATE_HZ

SILENT = Options(engine="silent")


def slots(every: str, rounds: int, talk: Talk = "full") -> Source:
    text = f"""\
voiceguide: 1
title: T
coach: {{praise: false, talk: {talk}}}
defaults: {{prepare: 0}}
steps: [{{every: {every}, rounds: {rounds}, steps: [{{exercise: hop, reps: 2, pace: 1.1s}}]}}]
"""
    return Source(text.encode(), "slots.yaml", Path())


@pytest.mark.parametrize(
    ("every", "slot_ms", "rounds"),
    [
        ("36s", 36_000, 1_200),
        ("7.3s", 7_300, 5_917),
        ("1:00", 60_000, 720),
    ],
)
def test_the_last_slot_of_twelve_hours_begins_where_it_must(
    every: str, slot_ms: int, rounds: int
) -> None:
    timeline = pipeline.plan(slots(every, rounds), SILENT, estimate=True)
    assert timeline.duration_ms == rounds * slot_ms
    work = [segment for segment in timeline.segments if segment.kind == "work"]
    assert [segment.start_ms for segment in work] == [turn * slot_ms for turn in range(rounds)]
    starts = [tone.start_ms for tone in timeline.tones if tone.role == "start"]
    assert starts == [segment.start_ms for segment in work]


def test_twelve_hours_and_one_slot_are_refused() -> None:
    with pytest.raises(ScriptError) as refused:
        pipeline.plan(slots("36s", 1_201), SILENT, estimate=True)
    assert "at most 12 h" in refused.value.faults[0].message
    assert "lasts 12:00:36" in refused.value.faults[0].message


def test_words_that_go_past_twelve_hours_are_refused_once_their_length_is_known() -> None:
    steps = "[{exercise: hop, duration: 12h, prepare: 0}, {say: Done}]"
    source = Source(f"voiceguide: 1\ntitle: T\nsteps: {steps}\n".encode(), "long.yaml", Path())
    with pytest.raises(ScriptError) as refused:
        pipeline.plan(source, SILENT, estimate=True)
    assert "with its words this routine lasts 12:00:0" in refused.value.faults[0].message
    assert "at most 12 h" in pipeline.check(source).warnings[0].message


def test_the_last_slot_sounds_as_the_second_frame_by_frame() -> None:
    _, mix = pipeline.prepare(slots("36s", 1_200, talk="beeps"), SILENT)
    second, last = (next(mix.blocks(turn * 36 * RATE_HZ, RATE_HZ)) for turn in (1, 1_199))
    assert np.abs(second.samples).max() > 0
    assert np.array_equal(second.samples, last.samples)
