"""`coach: {earcon: true}`: a soft signal before words that come out of quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline

SCRIPT = """\
voiceguide: 1
title: Quiet
coach: {{earcon: {earcon}, count_reps: all, tips: false, praise: false}}
steps:
  - {{say: Welcome to this session}}
  - {{exercise: hop, duration: 40s, cues: [{{at: 12s, say: Keep your shoulders low}}]}}
  - {{rest: 30s}}
  - {{exercise: step, reps: 4, pace: 4s}}
"""


def planned(earcon: str) -> Timeline:
    source = Source(SCRIPT.format(earcon=earcon).encode(), "quiet.yaml", Path())
    return pipeline.plan(source, Options(), estimate=True)


def test_words_out_of_quiet_have_one_and_numbers_have_none() -> None:
    timeline = planned("true")
    signals = [cue for cue in timeline.tones if cue.role == "earcon"]
    led = {signal.end_ms + 100 for signal in signals}
    words = {cue.start_ms: cue for cue in timeline.speech}
    assert led <= words.keys()
    assert "Keep your shoulders low" in {words[at].text for at in led}
    assert not {words[at].role for at in led} & {"rep", "countdown"}
    first = timeline.speech[0]
    assert first.start_ms not in led, "nothing sounds in the first half second"


@pytest.mark.parametrize("earcon", ["true", "false"])
def test_it_takes_no_time_and_moves_no_word(earcon: str) -> None:
    timeline, plain = planned(earcon), planned("false")
    assert [cue for cue in timeline.cues if cue in timeline.speech or cue.role != "earcon"] == list(
        plain.cues
    )
    assert timeline.duration_ms == plain.duration_ms


def test_there_is_none_unless_it_is_asked_for() -> None:
    assert not [cue for cue in planned("false").tones if cue.role == "earcon"]
