"""As many rounds as possible: one timed effort, whose steps are told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.errors import Fault, ScriptError
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech, Timeline

HEAD = "voiceguide: 1\ntitle: T\nsteps:\n"


def source(body: str) -> Source:
    return Source((HEAD + body).encode(), "amrap.yaml", Path())


def plan(body: str, talk: Talk | None = None) -> Timeline:
    return pipeline.plan(source(body), Options(engine="silent", talk=talk), estimate=True)


def said(timeline: Timeline, role: str) -> list[Speech]:
    return [cue for cue in timeline.speech if cue.role == role]


def told(steps: str) -> str:
    (cue,) = said(plan(f"- {{amrap: 5m, prepare: auto, steps: [{steps}]}}\n"), "script")
    return cue.text


def faults(body: str) -> list[str]:
    return [_shown(fault) for fault in pipeline.check(source(body)).faults]


def warnings(body: str) -> list[str]:
    return [_shown(fault) for fault in pipeline.check(source(body)).warnings]


def _shown(fault: Fault) -> str:
    return f"{fault.line}:{fault.column} {fault.message}"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("{exercise: hop, reps: 10}", "Hop. 10 reps."),
        ("{exercise: hop, reps: 1, unit: steps}", "Hop. 1 step."),
        ("{exercise: hop, reps: 6-8}", "Hop. 6 to 8 reps."),
        ("{exercise: hop, reps: 8, sides: left-right}", "Hop. 8 reps each side."),
        ("{exercise: hop, reps: 8, sides: left}", "Hop, left side. 8 reps."),
        ("{exercise: hop, reps: 8, sides: alternate}", "Hop, alternating sides. 8 reps."),
        ("{exercise: hop, duration: 90s}", "Hop. 1 minute 30 seconds."),
        ("{exercise: hop, hold: 10s}", "Hop. Hold for 10 seconds."),
        ("{exercise: hop, hold: 10s, reps: 3}", "Hop. 3 holds of 10 seconds."),
        ("{exercise: row, distance: 200 m}", "Row. 200 m."),
        ("{exercise: deadlift, distance: 20 m}", "Deadlift. 20 m."),
        ("{exercise: row, distance: 200 m, duration: 1m}", "Row. 1 minute. 200 m."),
        ("{exercise: hop, reps: 5, target: 20 kg}", "Hop. 5 reps. 20 kg."),
        ("{exercise: hop, reps: 10, sets: 3}", "Hop. 10 reps. 3 sets."),
        ("{exercise: hop, reps: [3, 5]}", "Hop. 3 reps. 5 reps."),
        ("{exercise: reverse lunge}", "Reverse lunge. 10 reps each side. 3 sets."),
        ("{rest: 30s}, {rest: 20s, label: walk}", "Rest. 30 seconds. Walk. 20 seconds."),
    ],
)
def test_a_step_is_told_in_the_words_of_the_phrase_book(step: str, words: str) -> None:
    assert told(step) == words


ROUND = "{exercise: hop, reps: 10}, {exercise: row, distance: 200 m}"


def test_it_is_one_segment_of_work_of_exactly_its_time() -> None:
    timeline = plan(f"- {{amrap: 2m, steps: [{ROUND}]}}\n- {{rest: 10s}}\n")
    assert [(s.kind, s.start_ms, s.end_ms) for s in timeline.segments] == [
        ("prepare", 0, 5_000),
        ("work", 5_000, 125_000),
        ("rest", 125_000, 135_000),
    ]
    work = timeline.segments[1]
    assert (work.label, work.reps, work.marks_ms) == ("As many rounds as possible", None, ())
    assert [chapter.title for chapter in timeline.chapters] == ["As many rounds as possible"]


@pytest.mark.parametrize("talk", ["full", "short", "names"])
def test_a_round_that_finds_no_room_before_runs_on_into_the_work_and_loses_no_step(
    talk: Talk,
) -> None:
    steps = ", ".join([ROUND] * 4)
    timeline = plan(f"- {{amrap: 2m, steps: [{steps}]}}\n", talk)
    (cue,) = said(timeline, "script")
    work = timeline.segments[1]
    assert work.start_ms < cue.start_ms < work.start_ms + 1_000
    assert cue.text == " ".join(["Hop. 10 reps. Row. 200 m."] * 4)
    assert not timeline.warnings


def test_at_beeps_it_is_not_told() -> None:
    timeline = plan(f"- {{amrap: 2m, steps: [{ROUND}]}}\n", "beeps")
    assert timeline.speech == ()


def test_its_name_fills_the_place_of_the_next_exercise() -> None:
    timeline = plan(f'- {{rest: 20s, say: "Next: {{next}}."}}\n- {{amrap: 2m, steps: [{ROUND}]}}\n')
    assert said(timeline, "script")[0].text == "Next: As many rounds as possible."


def test_safety_lines_of_all_its_moves_come_before_it_once_a_session() -> None:
    steps = "{exercise: deadlift}, {exercise: squat, level: 2}, {exercise: deadlift}"
    body = f"- {{amrap: 2m, prepare: 40s, steps: [{steps}]}}\n- {{exercise: deadlift}}\n"
    for talk in ("full", "beeps"):
        timeline = plan(body, talk)
        (cue,) = said(timeline, "safety")
        assert cue.end_ms <= timeline.segments[0].end_ms
        assert "hip hinge" in cue.text
        assert "only when it feels easy" in cue.text
        assert timeline.segments[1].kind == "work"


def test_safety_lines_without_room_get_time_of_their_own() -> None:
    timeline = plan("- {amrap: 1m, steps: [{exercise: deadlift}, {exercise: squat, level: 2}]}\n")
    talk, prepare, work = timeline.segments
    assert [talk.kind, prepare.kind, work.kind] == ["talk", "prepare", "work"]
    assert (prepare.length_ms, work.length_ms) == (5_000, 60_000)
    (cue,) = said(timeline, "safety")
    assert cue.segment == 0
    assert len(timeline.warnings) == 1


def test_equipment_of_all_its_moves_counts() -> None:
    timeline = plan("- {amrap: 1m, steps: [{exercise: deadlift}, {exercise: crab walk}]}\n")
    assert timeline.equipment == ("weights or a bar", "a loop band")


def test_level_and_defaults_reach_its_steps() -> None:
    body = """\
- block: B
  defaults: {level: single-leg, sides: right, prepare: 8s}
  steps: [{amrap: 1m, steps: [{exercise: hip thrust, reps: 5}, {exercise: hop, reps: "{round}"}]}]
"""
    timeline = plan(body)
    assert timeline.segments[0].length_ms == 8_000
    (cue,) = said(timeline, "script")
    assert cue.text == "Single-leg hip thrust, right side. 5 reps. Hop, right side. 1 rep."


def test_rounds_are_counted_in_its_steps() -> None:
    steps = '{exercise: "hop {round}", reps: "{round}"}'
    timeline = plan(f"- {{repeat: 3, rest: 20s, steps: [{{amrap: 20s, steps: [{steps}]}}]}}\n")
    assert [cue.text for cue in said(timeline, "script")] == [
        "Hop 1. 1 rep.",
        "Hop 2. 2 reps.",
        "Hop 3. 3 reps.",
    ]
    assert [s.round for s in timeline.segments if s.kind == "work"] == [1, 2, 3]


def test_in_a_slot_it_leaves_over_rest_and_must_fit() -> None:
    slot = f"- {{every: 1m, rounds: 2, steps: [{{amrap: 40s, steps: [{ROUND}]}}]}}\n"
    kinds = [(s.kind, s.length_ms) for s in plan(slot).segments]
    assert kinds == [("prepare", 5_000), *[("work", 40_000), ("rest", 20_000)] * 2]
    assert faults(slot.replace("1m", "30s")) == [
        "4:11 the steps of this slot last 40 s, longer than the slot's 30 s"
    ]


def test_it_may_be_left_out() -> None:
    body = (
        f"- {{exercise: hop, duration: 30s}}\n- {{amrap: 2m, optional: true, steps: [{ROUND}]}}\n"
    )
    options = Options(engine="silent", fit_ms=35_000)
    timeline = pipeline.plan(source(body), options, estimate=True)
    assert [s.label for s in timeline.segments if s.kind == "work"] == ["hop"]
    assert timeline.warnings == ("line 5: left out to fit the length",)


def test_what_would_time_its_steps_has_no_effect_and_that_is_told() -> None:
    body = """\
- amrap: 1m
  steps:
    - {exercise: hop, reps: 5, pace: 2s, sets: 2, rest: 10s, prepare: 0, optional: true}
    - {exercise: row, distance: 200 m, pace: own}
    - {rest: 20s, rest_range: [10s, 30s]}
"""
    end = "has no effect in an `amrap`: its steps are told, not timed"
    assert warnings(body) == [
        f"6:38 `pace` {end}",
        f"6:57 `rest` {end}",
        f"6:71 `prepare` {end}",
        f"6:84 `optional` {end}",
        f"7:46 `pace` {end}",
        f"8:31 `rest_range` {end}",
    ]


def test_a_step_of_it_needs_an_amount_like_any_other() -> None:
    (fault,) = faults("- {amrap: 1m, steps: [{exercise: deadlfit}]}\n")
    assert fault.startswith("4:34 expected `duration`, `reps` or `hold` beside a name")


def test_a_bomb_of_told_steps_is_refused() -> None:
    steps = ", ".join(["{exercise: hop, reps: 1}"] * 100)
    body = f"- {{repeat: 20000, steps: [{{amrap: 2s, steps: [{steps}]}}]}}\n"
    with pytest.raises(ScriptError) as refused:
        plan(body)
    assert "20,000 segments" in refused.value.faults[0].message
