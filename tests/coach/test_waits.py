"""What comes after a wait is told where it is still remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source


@pytest.mark.parametrize("rest", ["90s", "12s", "3s"])
def test_what_follows_a_wait_is_told_in_the_last_20_s_before_it_or_in_it(rest: str) -> None:
    text = f"""\
voiceguide: 1
title: T
steps:
  - {{exercise: hop, duration: 20s}}
  - rest: {rest}
  - {{wait: Press a key when you are ready}}
  - {{exercise: heavy thing, reps: 5}}
"""
    source = Source(text.encode(), "t.yaml", Path())
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    wait, work = timeline.segments[-2:]
    told = {cue.role: cue for cue in timeline.speech if cue.about == work.index}
    assert wait.start_ms - 20_500 <= told["name"].start_ms < told["amount"].start_ms
    assert told["amount"].end_ms < work.start_ms
