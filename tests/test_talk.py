"""How much of a session is speech, with a voice that is measured ("How much is said")."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline
from voiceguide.model.wording import spoken_ms

_SPEC = importlib.util.spec_from_file_location(
    "talk", Path(__file__).parents[1] / "benchmarks" / "talk.py"
)
assert _SPEC
assert _SPEC.loader
measured = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(measured)
LEVELS, SHIPPED, SPOKEN = measured.LEVELS, measured.SHIPPED, measured.SPOKEN
later_share, share = measured.later_share, measured.share

MOST_OF_STRENGTH = 0.35
"""After the first round."""
MOST_OF_RUN = 0.10
LONG_RUN_MS = 40 * 60_000

MEASURED = "pyttsx3"
EACH_KIND = {
    "run-warmup", "upper-glutes-10", "dumbbell-30", "full-body-20", "run-walk-week-1", "long-run",
}  # fmt: skip
"""Of the sessions in `scripts/`; the others are spoken among the slow tests."""

STRENGTH = {
    "a dense circuit": """
  - repeat: 3
    steps:
      - {exercise: squat, duration: 30s}
      - {rest: 15s}
      - {exercise: side plank, duration: 20s, sides: left-right}
      - {rest: 15s}
      - {exercise: Bulgarian split squat, duration: 30s, sides: left-right}
      - {rest: 15s}
""",
    "sides, short sets and short rests": """
  - {exercise: Bulgarian split squat, sets: 3, reps: 6, rest: 15s}
  - {rest: 15s}
  - {exercise: Romanian deadlift, level: 2, sets: 3, reps: 8, target: 10 kg, rest: 15s}
  - {rest: 15s}
  - {exercise: side leg lift, sets: 3, reps: 6, rest: 15s}
""",
}
RUNS = {
    "intervals": """
  - {exercise: easy jog, duration: 10m}
  - repeat: 20
    rest: 45s
    rest_label: Walk
    steps: [{exercise: stride, duration: 45s}]
  - {exercise: easy jog, duration: 5m}
""",
    "a change every 20 s": """
  - repeat: 60
    steps:
      - {exercise: stride, duration: 20s}
      - {exercise: easy jog, duration: 20s}
""",
    "hard minutes": """
  - {exercise: easy jog, duration: 10m}
  - {exercise: fast, sets: 15, duration: 1m, rest: 1m, target: 4:22 per km}
""",
}


def marks(script: Path, engine: str) -> pytest.MarkDecorator | tuple[()]:
    if engine != MEASURED:
        return pytest.mark.long
    quick = script.parent.name != "scripts" or script.stem in EACH_KIND
    return () if quick else pytest.mark.slow


SPOKEN_BY = [
    pytest.param(
        script,
        engine,
        id=f"{engine}-{script.parent.name}-{script.stem}",
        marks=marks(script, engine),
    )
    for script in SHIPPED
    for engine in (MEASURED, "hibari")
]


@cache
def shipped(script: Path, talk: Talk, engine: str) -> Timeline:
    pytest.importorskip(engine)
    return measured.plan(script, talk, engine)


def invented(steps: str, talk: Talk) -> Timeline:
    script = f"voiceguide: 1\ntitle: Invented\nsteps:{steps}"
    source = Source(script.encode(), "invented.yaml", Path())
    return pipeline.plan(source, Options(engine=MEASURED, talk=talk))


@pytest.mark.parametrize(("script", "engine"), SPOKEN_BY)
def test_what_we_ship_keeps_within_the_shares(script: Path, engine: str) -> None:
    for talk in LEVELS:
        timeline = shipped(script, talk, engine)
        assert (later_share(timeline) or 0) <= MOST_OF_STRENGTH
        if timeline.duration_ms >= LONG_RUN_MS:
            assert share(timeline) <= MOST_OF_RUN


@pytest.mark.parametrize(("script", "engine"), SPOKEN_BY)
def test_each_level_of_talk_says_less_than_the_one_above(script: Path, engine: str) -> None:
    spoken = [spoken_ms(shipped(script, talk, engine)) for talk in LEVELS]
    assert spoken == sorted(set(spoken), reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("script", SPOKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_in_other_languages_too(script: Path) -> None:
    timelines = [shipped(script, talk, MEASURED) for talk in LEVELS]
    assert all((later_share(timeline) or 0) <= MOST_OF_STRENGTH for timeline in timelines)
    spoken = [spoken_ms(timeline) for timeline in timelines]
    assert spoken == sorted(set(spoken), reverse=True)


@pytest.mark.parametrize("talk", LEVELS)
@pytest.mark.parametrize("name", STRENGTH)
def test_dense_strength_keeps_within_its_share_after_the_first_round(name: str, talk: Talk) -> None:
    assert (later_share(invented(STRENGTH[name], talk)) or 0) <= MOST_OF_STRENGTH


@pytest.mark.parametrize("talk", LEVELS)
@pytest.mark.parametrize("name", RUNS)
def test_a_run_of_many_changes_keeps_within_its_share(name: str, talk: Talk) -> None:
    timeline = invented(RUNS[name], talk)
    assert timeline.duration_ms >= LONG_RUN_MS - 5 * 60_000
    assert share(timeline) <= MOST_OF_RUN


def test_the_time_after_the_first_round_is_that_of_known_efforts() -> None:
    timeline = invented(
        "\n  - {exercise: hop, duration: 20s, sets: 2, rest: 10s, sides: left-right, prepare: 10s}"
        "\n  - {exercise: jump, duration: 20s}",
        "full",
    )
    # Left again after a rest of 10 s, right again after 5 s to change: 30 and 25 s from 0:55 on.
    known = [segment for segment in timeline.segments if 55_000 <= segment.start_ms < 110_000]
    inside = {segment.index for segment in known}
    spoken = sum(cue.end_ms - cue.start_ms for cue in timeline.speech if cue.segment in inside)
    assert sum(segment.length_ms for segment in known) == 55_000
    assert later_share(timeline) == pytest.approx(spoken / 55_000)
